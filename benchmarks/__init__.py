"""Speed, detection and reading, measured against others."""
