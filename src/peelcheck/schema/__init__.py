"""YAML → `Collection`, strictly: a key, kind, column or word that is not known is refused by file and key."""

from peelcheck.schema.collections import find_collection, load_collection, within

__all__ = ["find_collection", "load_collection", "within"]
