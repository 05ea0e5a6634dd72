"""A module for each output; none of them computes anything."""
