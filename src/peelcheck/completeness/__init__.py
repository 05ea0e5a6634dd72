"""What is missing from a round or is in it twice: returns, files, periods, figures and rows."""
