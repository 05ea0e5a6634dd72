"""How long whole runs take, as ratios to floors and peers measured in the same run."""
