"""Mutate a whole round with its schemas, and hold what the program says of it to its promises."""
