"""Rates compared with other forces and with the past: measures, scores, outliers, and the sentences about them."""
