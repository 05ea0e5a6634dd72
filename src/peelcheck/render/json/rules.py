"""The rules as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from peelcheck.model import CheckSpec
from peelcheck.render.fields import RULE
from peelcheck.render.forms import Json
from peelcheck.render.json import VERSION, written
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered


def rules_json(rules: Sequence[CheckSpec], look: Look) -> str:
    """Everything about every rule."""
    return written({key: of(rules) for key, of in _KEYS.items()})


_KEYS: Mapping[str, Callable[[Sequence[CheckSpec]], Any]] = {
    "version": lambda rules: VERSION,
    "rules": lambda rules: [{name: of(rule) for name, of in RULE.items()} for rule in rules],
}

RULES = Rendered("json", (".json",), Json(tuple(_KEYS)), rules_json)
