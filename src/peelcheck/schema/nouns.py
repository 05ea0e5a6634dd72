"""The nouns in `collection.yaml`: names of the bodies and their area, the form of codes, and texts for built-in rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from peelcheck.model import CodeForm, Nouns
from peelcheck.schema.entries import Entry, Table, shown

NOUNS = ("bodies", "area", "codes", "rules")
"""The keys; all are optional."""
RULE_WORDS = ("why", "source")
"""What a collection may say of a built-in rule."""
_LONGEST = 40
_BUILT_IN = re.compile("[A-Z]{2}[0-9]{3}")


def load_nouns(table: Table, number: int) -> Nouns:
    """The collection's nouns; `number` is how many bodies there are. Without the keys the words are neutral."""
    area = _noun(table["area"]) if "area" in table else None
    if "bodies" not in table:
        return Nouns(area=area, number=number)
    bodies = table["bodies"].table(("one", "many"))
    return Nouns(_noun(bodies["one"]), _noun(bodies["many"]), area, number)


def _noun(entry: Entry) -> str:
    """A short text, as it stands within a sentence."""
    text = entry.text()
    if len(text) > _LONGEST:
        entry.refuse(f"expected at most {_LONGEST} characters, not {len(text)}")
    if "{" in text or "}" in text:
        entry.refuse(f"expected a noun, not {shown(text)}")
    return text


def load_code_form(table: Table) -> CodeForm:
    """How codes are written; without the key each may be written in its own way."""
    if "codes" not in table:
        return CodeForm()
    codes = table["codes"].table(("pattern",), ("words",))
    pattern = codes["pattern"].text()
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        codes["pattern"].refuse(f"{shown(pattern)} is not a pattern ({error})")
    return CodeForm(pattern, codes.maybe_text("words"))


def load_rule_words(table: Table, nouns: Nouns) -> Mapping[str, Mapping[str, str]]:
    """What the collection says of built-in rules, by code: why each is asked, and its source."""
    if "rules" not in table:
        return {}
    said = {}
    for code, entry in table["rules"].pairs():
        if not _BUILT_IN.fullmatch(code):
            entry.refuse(
                f"{shown(code)} is not the code of a rule (two capital letters and three digits, such as RO107)"
            )
        own = entry.table(optional=RULE_WORDS)
        said[code] = {name: _filled(own[name], nouns) for name in own.given}
    return said


def _filled(entry: Entry, nouns: Nouns) -> str:
    """A text that holds no placeholders but those that are known."""
    text = entry.text()
    if unknown := nouns.unknown(text):
        known = ", ".join(f"{{{word}}}" for word in nouns.words)
        entry.refuse(f"there is no placeholder {{{unknown}}}; known: {known}")
    return nouns.fill(text)
