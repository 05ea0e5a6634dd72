"""Findings gathered into the queries that are sent back."""
