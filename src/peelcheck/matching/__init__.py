"""Which return a file is, and how its columns fit that return."""
