"""A round's folder: its files, forces, declarations, and results of earlier runs."""
