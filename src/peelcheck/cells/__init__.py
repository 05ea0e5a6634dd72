"""Parse a column of cells: values, states, and an issue for each cell that was corrected or could not be parsed."""
