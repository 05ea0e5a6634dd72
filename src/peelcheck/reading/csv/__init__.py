"""Bytes to rows of cells: encoding, delimiter, quotation marks."""
