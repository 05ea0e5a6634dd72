"""What a round should hold and does not: returns, files, periods, blanks, and rows that stand twice."""
