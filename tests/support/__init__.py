"""What several tests share: rounds to build, the program to run, and what it is held against."""
