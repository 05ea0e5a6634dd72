"""Short ways to read files that are as the template asks."""
