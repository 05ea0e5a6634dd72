"""YAML as the schemas use it: plain tables, lists and values. Everything in which YAML surprises people is refused.

Refused with its line: anchors, aliases and tags (and with them every YAML bomb), a key that stands twice, unquoted words
that YAML reads as yes or no (`NO`, `on`), numbers that it reads in base 8 or 60 (`01`, `12:30`), and files of a size or
depth that no person writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.events import DocumentStartEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from peelcheck.errors import SchemaError
from peelcheck.schema.entries import shown
from peelcheck.schema.textfile import Digests, read_text

DEEPEST = 20
_TOO_DEEP = f"is nested more than {DEEPEST} deep"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_YES_AND_NO = frozenset({"y", "n", "yes", "no", "on", "off"})
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_ODD_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+(\.[0-9_]*)?|[0-9][0-9.]*_[0-9_.]*|[0-9]+(:[0-9]+)+(\.[0-9_]*)?|0[xob][0-9a-f_]+"
    r"|[0-9.]+e[-+]?[0-9]+|\.inf|\.nan)",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile("^%", re.MULTILINE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLON = "a text that contains a colon and a space must be in quotation marks"
_INDENTED = "a line is not indented like those above it"
_MEANT = {
    "mapping values are not allowed": f"{_COLON}, or {_INDENTED}",
    "'-' indicator": f"{_INDENTED}, or a “- ” is missing",
    "expected key": f"{_INDENTED}, or a text goes on after its closing quotation mark",
    "expected ',' or": f"a bracket is not closed, or {_COLON}",
    "expected ':'": "a line is neither “key: value” nor begins with “- ”",
    "block sequence entries are not allowed": "a list must begin on the line below its key",
    "cannot start any token": "a text that begins with @, % or ` must be in quotation marks",
    "unexpected end of stream": "a quotation mark is not closed",
}
"""What is most likely wrong where the parser, which knows no more than its grammar, says this."""


def load_yaml(
    path: Path, name: str | None = None, when_empty: str = "is empty", digests: Digests | None = None
) -> Any:
    """What a YAML file holds: tables, lists, texts, whole and decimal numbers, dates, true, false and null.

    Args:
        path: the file.
        name: what messages call it, if not by its path.
        when_empty: what is said of a file that holds nothing.
        digests: takes the file's.

    Raises:
        SchemaError: the file cannot be read, is empty or not YAML, or holds what is refused; the key names the line.
    """
    name = name or str(path)
    text = read_text(path, name, digests)
    if directive := _DIRECTIVE.search(text):
        line = text.count("\n", 0, directive.start()) + 1
        raise SchemaError(name, f"line {line}", "directives (lines that begin with %) are not allowed")
    loader = None
    try:
        loader = _Loader(text)
        return _Builder(name, when_empty).build(iter(loader.get_event, None))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else ""
        problem = error.problem or error.context
        if "nesting depth" in (problem or ""):  # newer parsers have a bound of their own, far beyond ours
            raise SchemaError(name, where, _TOO_DEEP) from None
        if mark and text[mark.index : mark.index + 1] == "\t":
            problem = "the line is indented with a tab; please use spaces"
        raise SchemaError(name, where, f"is not YAML: {problem}{_most_likely(problem)}") from None
    except yaml.reader.ReaderError as error:
        raise SchemaError(name, f"byte {error.position}", f"is not YAML: {error.reason}") from None
    finally:
        if loader is not None:
            loader.dispose()


def _most_likely(problem: str | None) -> str:
    """What the parser means, in plain words."""
    return next((f" (most likely {words})" for said, words in _MEANT.items() if said in (problem or "")), "")


class _Builder:
    """Builds the values of one document from the parser's events, which hold no surprises yet."""

    def __init__(self, file: str, when_empty: str) -> None:
        self._file, self._when_empty = file, when_empty

    def build(self, events: Iterator[Any]) -> Any:
        """The value of the one document of a file."""
        held = []
        for event in events:
            if isinstance(event, DocumentStartEvent):
                held.append(self._value(next(events), events, 0))
        if not held:
            raise SchemaError(self._file, "", self._when_empty)
        if len(held) > 1:
            raise SchemaError(self._file, "", f"contains {len(held)} documents; expected one")
        return held[0]

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        if event.anchor is not None:  # of an alias, the name of what it stands for
            self._refuse(event, "anchors and aliases (& and *) are not allowed; please write the value out")
        if event.tag is not None:
            self._refuse(event, f"tags are not allowed ({shown(event.tag)}); please write the plain value")
        if depth > DEEPEST:
            self._refuse(event, _TOO_DEEP)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, SequenceStartEvent):
            values = []
            while not isinstance(item := next(events), SequenceEndEvent):
                values.append(self._value(item, events, depth + 1))
            return values
        table: dict[Any, Any] = {}
        while not isinstance(key_event := next(events), MappingEndEvent):
            key = self._value(key_event, events, depth + 1)
            if not isinstance(key, (str, int)) or isinstance(key, bool):
                self._refuse(key_event, f"{shown(key)} cannot be a key; a key is a text or a whole number")
            if key in table:
                self._refuse(key_event, f"the key {shown(key)} appears twice")
            table[key] = self._value(next(events), events, depth + 1)
        return table

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style:  # quoted, or a block of text
            return text
        word = text.lower()
        if word in _WORDS:
            return _WORDS[word]
        if word in _YES_AND_NO:
            self._refuse(
                event,
                f"some programs read {text} in YAML as yes or no; write '{text}' in quotes, or true or false",
            )
        if text[0].isalpha():
            return text
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _ODD_NUMBER.fullmatch(text):
            self._refuse(
                event,
                f"some programs read {text} in YAML as a number and others do not; write it in plain digits, "
                "or in quotes if it is a text",
            )
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._refuse(event, f"{text} is not a date")
        return text

    def _refuse(self, event: Any, problem: str) -> NoReturn:
        raise SchemaError(self._file, f"line {event.start_mark.line + 1}", problem)


def line_of(path: Path, key: str) -> int | None:
    """The line, from 1, in which a key of a YAML file stands, or the nearest one above it that is there.

    Args:
        path: the file.
        key: the key as a dotted path (`fields[3].constraints.minimum`).

    Returns:
        The line; None for the file as a whole, a file that is not YAML, or one that cannot be read.
    """
    if not key or path.suffix not in (".yaml", ".yml"):
        return None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return None
    line = None
    for name, index in re.findall(r"([^.\[\]]+)|\[([0-9]+)\]", key):
        node, at = _below(node, name, index)
        if node is None:
            return line
        line = int(at) + 1
    return line


def _below(node: Any, name: str, index: str) -> tuple[Any, int]:
    """What stands under a key or at a place of a list, and its line from 0."""
    if isinstance(node, yaml.MappingNode) and name:
        for key, value in node.value:
            if key.value == name:
                return value, key.start_mark.line
    if isinstance(node, yaml.SequenceNode) and index and int(index) < len(node.value):
        value = node.value[int(index)]
        return value, value.start_mark.line
    return None, 0
