"""How a rule is made that holds for every collection and needs no schema. Loads no pandas."""

from __future__ import annotations

from peelcheck.model import CheckSpec, Severity, Subject

_BUILT_IN = "built in"


def rule(
    code: str,
    severity: Severity,
    title: str,
    ask: str,
    why: str,
    source: str = "peelcheck",
    *,
    about: Subject = Subject.ROW,
    acceptable: bool = True,
) -> CheckSpec:
    """A rule that holds for every collection; `source` says where it comes from.

    It is not `acceptable` if it is about files, rows or cells that are not used. Accepting it would not make them usable.
    """
    return CheckSpec(
        code, _BUILT_IN, severity, title, ask, why, source, file="", about=about, acceptable=acceptable
    )
