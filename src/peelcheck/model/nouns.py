"""What a collection calls the bodies that it asks and the area that they make up: every text takes its nouns from here."""

from __future__ import annotations

import re

from msgspec import Struct

_WORD = r"\{([a-zA-Z_]+)\}"


class Nouns(Struct, frozen=True):
    """The nouns of a collection, in the singular and the plural, and how many bodies there are.

    `area` is what they make up together; None where the collection gives it no name. A text may hold the placeholders of
    `words`.
    """

    one: str = "force"
    many: str = "forces"
    area: str | None = None
    number: int | None = None

    @property
    def area_name(self) -> str:
        """The area as a noun: `Northshire`, or `the whole area`."""
        return self.area or "the whole area"

    @property
    def area_kind(self) -> str:
        """The area before a noun: the `Northshire` rate, or the `overall` rate."""
        return self.area or "overall"

    @property
    def own(self) -> str:
        """The plural possessive: `forces'`, but `children's`."""
        return f"{self.many}'" if self.many.endswith("s") else f"{self.many}'s"

    @property
    def words(self) -> dict[str, str]:
        """What each placeholder stands for."""
        an_one = f"{'an' if self.one[:1].lower() in 'aeiou' else 'a'} {self.one}"
        return {
            "force": self.one,
            "forces": self.many,
            "a_force": an_one,
            "A_force": f"A{an_one[1:]}",
            "number": "all" if self.number is None else f"{self.number:,}",
            "area": self.area_name,
        }

    def fill(self, text: str) -> str:
        """A text with these nouns for its placeholders; what is no placeholder of theirs stays as it is."""
        words = self.words
        return re.sub(_WORD, lambda found: words.get(found[1], found[0]), text)

    def unknown(self, text: str) -> str | None:
        """The first placeholder of a text that is none of these; None where all are known."""
        return next((found[1] for found in re.finditer(_WORD, text) if found[1] not in self.words), None)


NEUTRAL = Nouns()
"""The words of a collection that gives none."""
