"""Some of a result: the forces, measures and rules that were asked for by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from peelcheck.errors import UsageError
from peelcheck.model import CheckRun, CheckSpec, Collection, Figure, FigureSet, Force, Result
from peelcheck.wording import listed


def only_forces(result: Result, names: Sequence[str]) -> Result:
    """The files and returns of these forces, and what is asked of them; how often checks held and failed is still of all.

    Queries about tables that others supply are only counted.

    Raises:
        UsageError: a name is none of the collection's forces, in no spelling.
    """
    if not names:
        return result
    chosen = sorted({find_force(name, result.collection.forces) for name in names})
    about = [query for query in result.queries if query.force in chosen]
    others = Counter(query.asked_of for query in about if query.asked_of != query.force)
    return replace(
        result,
        title=f"{result.title}; returns and queries of {listed(chosen)}, checks of all forces",
        files=tuple(file for file in result.files if file.force in chosen),
        checks=tuple(_of_forces(check, chosen) for check in result.checks),
        queries=tuple(query for query in about if query.asked_of == query.force),
        returns_expected=result.returns_expected // len(result.collection.forces) * len(chosen),
        returns_received=tuple(pair for pair in result.returns_received if pair[0] in chosen),
        returns_missing=tuple(pair for pair in result.returns_missing if pair[0] in chosen),
        forces=tuple(force for force in result.forces if force in chosen),
        expected_false_queries=result.expected_false_queries * _share(result.collection, len(chosen)),
        left_out=tuple((who or "nobody", n) for who, n in others.most_common()),
    )


def _share(collection: Collection, forces: int) -> float:
    """The share of all comparisons that so many forces are asked about: those of counts that they send themselves."""
    own = sum(m.numerator.return_name not in collection.suppliers for m in collection.measures)
    return own / max(len(collection.measures), 1) * forces / len(collection.forces)


def _of_forces(check: CheckRun, forces: Sequence[str]) -> CheckRun:
    """What became of a check, without what other forces' figures lacked."""
    own = {skipped: n for skipped, n in check.not_run.items() if skipped.force in (None, *forces)}
    return replace(check, not_run=own)


def find_force(name: str, forces: Sequence[Force]) -> str:
    """The force's proper name, from any spelling, its code or its folder's name."""
    for force in forces:
        if _plain(name) in {
            _plain(known) for known in (force.name, force.code, force.slug, *force.spellings)
        }:
            return force.name
    raise UsageError(f"{name!r} is not one of the forces{_nearest(name, [force.name for force in forces])}")


def only_figures(figures: FigureSet, force: str | None, measure: str | None) -> FigureSet:
    """The figures of one force, with what it sent; of one measure; or of both.

    Raises:
        UsageError: there is no such force or measure.
    """
    measures = [national.measure for national in figures.national]
    forces = list(dict.fromkeys(figure.force for figure in figures.figures))
    if measure is not None and measure not in measures:
        near = _nearest(measure, measures) or f"; there are {listed(measures)}"
        raise UsageError(f"{measure!r} is not one of the measures{near}")
    named = {_plain(known): known for known in forces}
    if force is not None and _plain(force) not in named:
        raise UsageError(f"{force!r} is not one of the forces{_nearest(force, forces)}")

    def chosen(row: Figure) -> bool:
        return measure in (None, row.measure)

    return replace(
        figures,
        figures=tuple(
            f for f in figures.figures if chosen(f) and (force is None or f.force == named[_plain(force)])
        ),
        national=tuple(f for f in figures.national if chosen(f)),
        out={name: out for name, out in figures.out.items() if measure in (None, name)},
        items=tuple(
            item
            for item in figures.items
            if measure is None and force is not None and item.force == named[_plain(force)]
        ),
    )


def find_rule(code: str, rules: Iterable[CheckSpec]) -> CheckSpec:
    """The rule with this code, however it is written.

    Raises:
        UsageError: there is none.
    """
    known = {rule.code: rule for rule in rules}
    if code.upper() not in known:
        near = _nearest(code.upper(), list(known))
        raise UsageError(f"there is no rule {code!r}{near or '; `peelcheck rules` lists them all'}")
    return known[code.upper()]


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ").strip()


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=3)
    return f"; did you mean {listed(near, 'or')}?" if near else ""
