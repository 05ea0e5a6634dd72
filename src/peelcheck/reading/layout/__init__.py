"""Rows of cells to a table: where the headings are and what the other rows are."""
