"""How many wrong figures a rule finds, and how many correct figures it asks about.

Run it from the root of the checkout: `python -m benchmarks.detection --help`. See `benchmarks/README.md`.
"""
