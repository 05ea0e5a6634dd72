"""A column of cells as written → values, states, and an issue for each cell that was put right or could not be read."""
