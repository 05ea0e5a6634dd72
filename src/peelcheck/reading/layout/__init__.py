"""Find the table in rows of cells: where its headings are, and what the other rows are."""
