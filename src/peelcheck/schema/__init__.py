"""YAML → `Collection`, strictly: a key, kind, column or word that is not known is refused by file and key."""

from peelcheck.schema.collections import (
    collections_in,
    find_collection,
    load_collection,
    nearest_collection,
    within,
)

__all__ = ["collections_in", "find_collection", "load_collection", "nearest_collection", "within"]
