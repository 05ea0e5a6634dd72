"""The version of peelcheck."""

__version__ = "0.1.0"
