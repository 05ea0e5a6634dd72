"""Cells to one typed table for each return, and the figures in it."""
