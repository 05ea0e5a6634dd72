"""One value of a schema file with its place, so that every refusal names file and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

from peelcheck.errors import SchemaError

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
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
            self.refuse(f"expected a table with the keys {', '.join(known)}, not {self.value!r}")
        for key in self.value:
            if key not in known:
                self.at(str(key)).refuse(f"unknown key{did_you_mean(str(key), known)}")
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
            self.refuse(f"expected a text, not {self.value!r}{_quotes(self.value)}")
        return " ".join(self.value.split())

    def whole(self, least: int | None = None) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse(f"expected a whole number, not {self.value!r}")
        if least is not None and self.value < least:
            self.refuse(f"expected at least {least}, not {self.value}")
        return self.value

    def number(self) -> float:
        """A number."""
        if not isinstance(self.value, (int, float)) or isinstance(self.value, bool):
            self.refuse(f"expected a number, not {self.value!r}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"expected true or false, not {self.value!r}")
        return self.value

    def number_or_date(self) -> float | date:
        """A number, or a date written as 2017-06-30."""
        if isinstance(self.value, date):
            return self.value
        return self.number()

    def entries(self) -> Iterator[Entry]:
        """The items of a list."""
        if not isinstance(self.value, list):
            self.refuse(f"expected a list, not {self.value!r}")
        for i, item in enumerate(self.value):
            yield Entry(self.file, f"{self.key}[{i}]", item)

    def texts(self, blank: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        return tuple("" if blank and entry.value == "" else entry.text() for entry in self.entries())

    def pairs(self) -> Iterator[tuple[str, Entry]]:
        """The keys of a table whose keys are names, with their values."""
        if not isinstance(self.value, dict):
            self.refuse(f"expected a table, not {self.value!r}")
        for key, value in self.value.items():
            if not isinstance(key, str):
                self.at(str(key)).refuse("expected a name as the key; please put it in quotes")
            yield key, self.at(key, value)

    def one_of(self, known: Mapping[str, T]) -> T:
        """What a word stands for."""
        if not isinstance(self.value, str) or self.value not in known:
            self.refuse(f"{self.value!r} is none of those known{did_you_mean(str(self.value), known)}")
        return known[self.value]


@dataclass(frozen=True)
class Table:
    """A table whose keys are known to be right."""

    entry: Entry
    held: Mapping[str, Any]

    def __getitem__(self, key: str) -> Entry:
        """The value under a key; None where it is not given."""
        return self.entry.at(key, self.held.get(key))

    def __contains__(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.held

    def maybe_text(self, key: str) -> str | None:
        """A text, or None where the key is not given."""
        return self[key].text() if key in self else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest word that is known, or else all of them."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(words)}"


def _quotes(value: Any) -> str:
    return "" if value is None or isinstance(value, (str, list, dict)) else "; please put it in quotes"
