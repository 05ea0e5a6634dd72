"""Makes the sample round: published figures where there are any, illustrative ones for all else, always the same for a seed.

`python -m tools.make_sample sample_returns` writes the round with its planted faults; `--clean` the one without.
"""
