"""Checks the data returns of police forces, compares the forces, and words the queries to send back."""

from __future__ import annotations

__version__ = "0.1.0"
