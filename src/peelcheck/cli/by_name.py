"""Some of a result: the forces, measures and rules that were asked for by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import CheckRun, CheckSpec, Collection, FigureSet, Query, ReadFile, Result, Severity
from peelcheck.rounds.forces import named_force, nearest
from peelcheck.wording import count, listed


def only_forces(result: Result, names: Sequence[str]) -> Result:
    """The files and returns of these forces, and what is asked of them; how often checks held and failed is still of all.

    Queries about tables that others supply are only counted. Of files checked on their own, those of which no force is
    known, and what is asked about them, stay: they may be of these forces.

    Raises:
        UsageError: a name is none of the collection's forces, in no spelling; or files were checked on their own, and none
            is of these forces.
    """
    if not names:
        return result
    chosen = sorted({named_force(name, result.collection) for name in names})
    alone = result.alone or bool(result.given)
    files = tuple(file for file in result.files if _may_be_of(file, chosen, alone=alone))
    shown = (*chosen, None) if alone else tuple(chosen)
    received = {(file.force, file.return_name) for file in files}
    about = [
        query
        for query in result.queries
        if query.force in shown and (query.force or _is_about(query, files, result.files))
    ]
    if alone and not any(_is_of(file, chosen) for file in files) and not any(map(_is_error, about)):
        raise UsageError(_none_of(result, chosen))
    share = _share(result.collection, len(chosen))
    others = Counter(query.asked_of for query in about if query.asked_of != query.force)
    return replace(
        result,
        title=f"{result.title}; returns and queries for {listed(chosen)}, checks for all {result.collection.nouns.many}",
        files=files,
        proposals=tuple(one for one in result.proposals if one.force in chosen),
        files_left_out=(*result.files_left_out, *(file for file in result.files if file not in files)),
        checks=tuple(_of_forces(check, chosen) for check in result.checks),
        queries=tuple(query for query in about if query.asked_of == query.force),
        returns_expected=result.returns_expected // len(result.collection.forces) * len(chosen),
        returns_received=tuple(
            pair for pair in result.returns_received if pair in received or pair[0] in chosen
        ),
        returns_missing=tuple(pair for pair in result.returns_missing if pair[0] in chosen),
        forces=tuple(force for force in result.forces if force in chosen),
        expected_false_queries=result.expected_false_queries * share,
        expected_false_range=(result.expected_false_range[0] * share, result.expected_false_range[1] * share),
        awaited=tuple(force for force in result.awaited if force in chosen),
        accepted=tuple(query for query in result.accepted if query.force in shown),
        left_out=tuple((who or "nobody", n) for who, n in others.most_common()),
    )


def _is_of(file: ReadFile, chosen: Sequence[str]) -> bool:
    """Whether a file, or some row in it, is of one of these forces."""
    return file.force in chosen or not set(chosen).isdisjoint(file.forces)


def _may_be_of(file: ReadFile, chosen: Sequence[str], *, alone: bool) -> bool:
    """Whether a file is shown: in a round those of these forces, of others also those that may hold rows of theirs."""
    if not alone:
        return file.force in chosen
    return _is_of(file, chosen) or (file.force is None and not file.forces)


def _is_about(query: Query, files: Sequence[ReadFile], every: Sequence[ReadFile]) -> bool:
    """Whether a query that is about no force is about these files: one that names no other is."""
    left_out = {file.path for file in every} - {file.path for file in files}
    places = {place.file for place in query.locations}
    return not places or not places <= left_out


def _is_error(query: Query) -> bool:
    return query.severity is Severity.ERROR


def _none_of(result: Result, chosen: Sequence[str]) -> str:
    """That there is nothing to check, and whose the files are."""
    owners = sorted({force for file in result.files for force in (file.force, *file.forces) if force})
    files = count(len(result.files), "file was", "files were")
    theirs = f"; found files of {listed(owners)}" if owners else ""
    return f"nothing to check for {listed(chosen)}: {files} read, and none is from {listed(chosen, 'or')}{theirs}"


def _share(collection: Collection, forces: int) -> float:
    """The share of all comparisons that so many forces are asked about: those of counts that they send themselves."""
    own = sum(m.numerator.return_name not in collection.suppliers for m in collection.measures)
    return own / max(len(collection.measures), 1) * forces / len(collection.forces)


def _of_forces(check: CheckRun, forces: Sequence[str]) -> CheckRun:
    """The outcome of a check, without the reasons that are about other forces' figures."""
    own = {skipped: n for skipped, n in check.not_run.items() if skipped.force in (None, *forces)}
    return replace(check, not_run=own)


def only_measure(figures: FigureSet, measure: str | None) -> FigureSet:
    """The figures of one measure, without the items that a force sent; all figures if no measure is named.

    Raises:
        UsageError: there is no such measure.
    """
    if measure is None:
        return figures
    measures = [area.measure for area in figures.area]
    if measure not in measures:
        near = nearest(measure, measures) or f"; the measures are {listed(measures)}"
        raise UsageError(f"{measure!r} is not one of the measures{near}")
    return replace(
        figures,
        figures=tuple(f for f in figures.figures if f.measure == measure),
        area=tuple(f for f in figures.area if f.measure == measure),
        out={measure: figures.out[measure]},
        items=(),
    )


def find_rule(code: str, rules: Iterable[CheckSpec]) -> CheckSpec:
    """The rule with this code, however it is written.

    Raises:
        UsageError: there is none.
    """
    known = {rule.code: rule for rule in rules}
    if code.upper() not in known:
        near = nearest(code.upper(), list(known))
        raise UsageError(f"there is no rule {code!r}{near or '; `peelcheck rules` lists them all'}")
    return known[code.upper()]
