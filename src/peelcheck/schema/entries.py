"""One value of a schema file with its place, so that every refusal names file and key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NoReturn, TypeVar

from msgspec import Struct

from peelcheck.errors import SchemaError

T = TypeVar("T")
OWN = "x-peelcheck"
"""The key for peelcheck's own settings in a file that other tools also read."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
_LONGEST_SHOWN = 60

BUILT_IN_CODES = ("FI", "CE", "TY", "RO")
"""With these letters begin the rules about files, cells, types and the round."""


class Entry(Struct, frozen=True):
    """A value, the file it stands in, and its key as a dotted path (`fields[3].constraints.minimum`)."""

    file: str
    key: str
    value: Any

    def refuse(self, problem: str) -> NoReturn:
        """Stop with this entry's file and key."""
        raise SchemaError(self.file, self.key, problem)

    def table(self, required: Iterable[str] = (), optional: Iterable[str] = ()) -> Table:
        """A table that has all required keys and no others than these."""
        required, known = tuple(required), (*required, *optional)
        if not isinstance(self.value, dict):
            self.refuse(f"expected a table with the keys {', '.join(known)}, not {shown(self.value)}")
        for key in self.value:
            if key not in known:
                self.at(_short(str(key))).refuse(f"unknown key{did_you_mean(str(key), known)}")
        for key in required:
            if key not in self.value:
                self.refuse(f"the key {key!r} is missing")
        return Table(self, self.value)

    def at(self, key: str, value: Any = None) -> Entry:
        """What stands under a key of this one."""
        return Entry(self.file, f"{self.key}.{key}" if self.key else key, value)

    def text(self) -> str:
        """A text that is not blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.refuse(f"expected a text, not {shown(self.value)}{_quotes(self.value)}")
        return " ".join(self.value.split())

    def name(self) -> str:
        """A name: small letters, digits and underscores."""
        text = self.text()
        if not _NAME.fullmatch(text):
            self.refuse(
                f"{shown(text)} is not a name (small letters, digits and underscores, beginning with a letter)"
            )
        return text

    def code(self) -> str:
        """The code of a rule: two capital letters and three digits."""
        text = self.text()
        if not _CODE.fullmatch(text):
            self.refuse(f"{shown(text)} is not a code (two capital letters and three digits, such as DA101)")
        if text[:2] in BUILT_IN_CODES:
            self.refuse(f"codes that begin with {text[:2]} are reserved for built-in rules")
        return text

    def whole(self, least: int | None = None, most: int | None = None) -> int:
        """A whole number within bounds."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse(f"expected a whole number, not {shown(self.value)}")
        if least is not None and self.value < least:
            self.refuse(f"expected at least {least}, not {self.value}")
        if most is not None and self.value > most:
            self.refuse(f"expected at most {most}, not {self.value}")
        return self.value

    def year(self) -> int:
        """A year."""
        return self.whole(least=1900, most=2200)

    def years(self) -> tuple[int, ...]:
        """Years, the most recent first."""
        years = tuple(each.year() for each in self.entries())
        if not years or list(years) != sorted(set(years), reverse=True):
            self.refuse("expected the years, the most recent first, each once")
        return years

    def number(self) -> float:
        """A number."""
        if not isinstance(self.value, (int, float)) or isinstance(self.value, bool):
            self.refuse(f"expected a number, not {shown(self.value)}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"expected true or false, not {shown(self.value)}")
        return self.value

    def number_or_date(self) -> float | date:
        """A number, or a date written as 2017-06-30."""
        if isinstance(self.value, date):
            return self.value
        return self.number()

    def entries(self) -> Iterator[Entry]:
        """The items of a list."""
        if not isinstance(self.value, list):
            self.refuse(f"expected a list, not {shown(self.value)}")
        for i, item in enumerate(self.value):
            yield Entry(self.file, f"{self.key}[{i}]", item)

    def texts(self, blank: bool = False) -> tuple[str, ...]:
        """A list of texts, each once; a blank one only where it is allowed."""
        seen: dict[str, None] = {}
        for entry in self.entries():
            text = "" if blank and entry.value == "" else entry.text()
            if text in seen:
                entry.refuse(f"{shown(text)} appears twice")
            seen[text] = None
        return tuple(seen)

    def known(self, words: Iterable[str], what: str) -> str:
        """A text that must be one of the known words."""
        text, words = self.text(), tuple(words)
        if text not in words:
            self.refuse(f"there is no {what} {shown(text)}{did_you_mean(text, words)}")
        return text

    def all_known(self, words: Iterable[str], what: str) -> tuple[str, ...]:
        """A list of at least one known word, each once."""
        words = tuple(words)
        for entry in self.entries():
            entry.known(words, what)
        return self.texts() or self.refuse(f"expected at least one {what}")

    def pairs(self) -> Iterator[tuple[str, Entry]]:
        """The keys of a table whose keys are names, with their values."""
        if not isinstance(self.value, dict):
            self.refuse(f"expected a table, not {shown(self.value)}")
        for key, value in self.value.items():
            if not isinstance(key, str) or not key.strip():
                self.at(str(key)).refuse("expected a name as the key; please put it in quotes")
            yield key, self.at(key, value)

    def one_of(self, known: Mapping[str, T]) -> T:
        """What a word stands for."""
        word = self.text()
        if word not in known:
            self.refuse(f"{shown(word)} is not one of the values allowed{did_you_mean(word, known)}")
        return known[word]


class Table(Struct, frozen=True):
    """A table whose keys are known to be right."""

    entry: Entry
    given: Mapping[str, Any]

    def __getitem__(self, key: str) -> Entry:
        """The value under a key; None where it is not given."""
        return self.entry.at(key, self.given.get(key))

    def __contains__(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.given

    def maybe_text(self, key: str) -> str | None:
        """A text, or None where the key is not given."""
        return self[key].text() if key in self else None


def did_you_mean(word: str, known: Iterable[str], most: int = 100) -> str:
    """The nearest word that is known, or else all of them; nothing where there are more than `most`."""
    words = list(known)
    near = difflib.get_close_matches(_short(word), words, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known: {', '.join(words)}" if 0 < len(words) <= most else ""


def shown(value: Any) -> str:
    """A value as a message quotes it: as it may stand in YAML, and a long one cut short."""
    if value is None:
        return "a blank"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a table"
    if isinstance(value, str):
        return repr(_short(value))
    return str(value).lower()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _quotes(value: Any) -> str:
    return "" if value is None or isinstance(value, (str, list, dict)) else "; please put it in quotes"
