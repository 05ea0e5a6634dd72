"""Every rule: its code, title, question and reason."""
