"""Turn cells into one typed table for each return, and find the figures in it."""
