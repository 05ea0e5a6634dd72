"""The page that people read in a terminal."""
