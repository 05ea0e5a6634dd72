"""Queries as JUnit XML, which Jenkins, GitLab and other services show as tests: one for each rule and return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from peelcheck.model import CheckRun, CheckSpec, Nouns, Query, Result
from peelcheck.render.forms import Xml
from peelcheck.render.look import Look
from peelcheck.render.output import Rendered
from peelcheck.render.places import spot
from peelcheck.render.safe import visible
from peelcheck.wording import listed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NO_RETURN = "round"
"""The suite of rules about files and the round as a whole."""
_DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
_BEGINS = _DECLARED + '<testsuites name="peelcheck"'


def as_junit(result: Result, look: Look) -> str:
    """A suite for each return, and in it a test for each rule that was run or has a query.

    A test fails for each of its queries that `--fail-on` names; other queries are its output. A check that could be run
    for no row at all is skipped, with the reason.
    """
    from xml.etree import ElementTree

    from peelcheck.rules.registry import all_rules  # not loaded for --help

    rules = {rule.code: rule for rule in all_rules(result.collection)}
    runs = {run.code: run for run in result.checks}
    queries: dict[tuple[str, str], list[Query]] = {}
    for query in result.queries:
        queries.setdefault((_suite(query.return_name, result), query.code), []).append(query)
    named = {(_suite(rules[code].return_name, result), code) for code in runs.keys() & rules.keys()}
    suites: dict[str, list[Element]] = {}
    for suite, code in sorted(named | queries.keys()):
        case = _case(suite, rules[code], queries.get((suite, code), []), runs.get(code), result, look)
        suites.setdefault(suite, []).append(case)
    root = ElementTree.Element(
        "testsuites", {"name": "peelcheck", **_numbers([*chain.from_iterable(suites.values())])}
    )
    for name, cases in suites.items():
        ElementTree.SubElement(root, "testsuite", {"name": name, **_numbers(cases)}).extend(cases)
    ElementTree.indent(root, " ")
    return _DECLARED + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(return_name: str | None, result: Result) -> str:
    """The return, or the one suite of all that is about no return: files that were not recognised, say."""
    return return_name if return_name and return_name in result.collection.returns else _NO_RETURN


def _numbers(cases: Sequence[Element]) -> dict[str, str]:
    """How many tests there are and how many of them fail; there are no errors, which would be bugs."""
    failed = sum(case.find("failure") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}


def _case(
    suite: str, rule: CheckSpec, queries: Iterable[Query], run: CheckRun | None, result: Result, look: Look
) -> Element:
    from xml.etree import ElementTree

    case = ElementTree.Element("testcase", {"classname": suite, "name": f"{rule.code} {visible(rule.title)}"})
    said: list[str] = []
    for query in queries:
        where = spot(query, result)
        at = ":".join(str(part) for part in (where.file, where.line, where.column) if part)
        words = visible(" ".join(part for part in (at, query.message, query.ask) if part))
        if look.fails(query.severity):
            failure = {"type": query.severity.value, "message": visible(query.message)}
            ElementTree.SubElement(case, "failure", failure).text = words
        else:
            said.append(f"{query.severity}: {words}")
    if not len(case) and not said and run is not None and not run.passed and run.not_run:
        ElementTree.SubElement(case, "skipped", {"message": _why(run, result.collection.nouns)})
    if said:
        ElementTree.SubElement(case, "system-out").text = "\n".join(said)
    return case


def _why(run: CheckRun, nouns: Nouns) -> str:
    return visible(f"not run: {listed(sorted({one.reason.heading(nouns) for one in run.not_run}))}")


QUERIES = Rendered("junit", (".xml",), Xml(_BEGINS), as_junit, shows_lines=True)
