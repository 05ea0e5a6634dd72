"""The bodies that a collection knows: its forces, and those that are out of scope."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct


class Force(Struct, frozen=True, dict=True):
    """A force: its name, its official code ("" for none), and every spelling by which it is known.

    `formal` is what a publication calls it, `welsh` its name in Welsh; "" where the collection does not say.
    """

    name: str
    code: str
    country: str
    spellings: tuple[str, ...]
    formal: str = ""
    welsh: str = ""

    @cached_property
    def slug(self) -> str:
        """The name of its folder in a round: `west-midlands`."""
        return self.name.lower().replace(" ", "-")


class OutOfScope(Struct, frozen=True):
    """A body that published tables carry and the collection does not, such as a region."""

    name: str
    code: str
    spellings: tuple[str, ...]
    reason: str
