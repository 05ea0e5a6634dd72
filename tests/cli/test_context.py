"""A force checks its own files with its context: the file, what it refuses, and the queries that come."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peelcheck import engine
from peelcheck.errors import SchemaError
from peelcheck.model import Query, Severity
from peelcheck.rounds.context import read_context
from peelcheck.rounds.self_check import Material
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import SAMPLE
from tests.support.running import peelcheck
from tests.support.sample import sample_result


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contexts")
    assert peelcheck("context", SAMPLE, "--all", "--output", folder).exit_code == 0
    return folder


def asked(queries: tuple[Query, ...], force: str) -> set[tuple[object, ...]]:
    return {
        (q.id, q.code)
        for q in queries
        if q.force == q.asked_of == force and q.severity is not Severity.NOTE and not compared(q)
    }


def compared(query: Query) -> bool:
    """Whether a query rests on the other forces' figures, which no context has, or on what they are compared with."""
    return query.measure is not None or query.code in {"RO113", "XR104", "IN102", "MA101", "MA106"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "force", ["Kent", "Durham", "Northumbria", "Bedfordshire", "Gwent", "West Mercia", "Suffolk"]
)
def test_the_queries_are_those_of_the_round(force: str, contexts: Path) -> None:
    slug = force.lower().replace(" ", "-")
    material = Material(context=contexts / f"{slug}.json")
    alone = engine.validate([SAMPLE / "returns" / slug], material=material)
    assert asked(alone.queries, force) == asked(sample_result().queries, force)
    assert (alone.returns_expected, len(alone.returns_received)) == (7, 6 if force == "Bedfordshire" else 7)
    assert {q.force for q in alone.queries} <= {force, None}


@pytest.mark.slow
def test_a_folder_with_another_name_is_taken_for_the_forces(contexts: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(SAMPLE / "returns" / "durham", mine)
    for chosen in (contexts, contexts / "durham.json"):
        done = peelcheck("validate", mine, "--context", chosen, "--format", "json")
        found = json.loads(done.stdout)
        assert [(q["code"], q["force"]) for q in found["queries"] if q["severity"] != "note"] == [
            ("RO114", "Durham")
        ]
    (mine / "marac.csv").unlink()
    done = peelcheck("validate", mine, "--context", contexts, "--format", "json")
    missing = [q["message"] for q in json.loads(done.stdout)["queries"] if q["code"] == "RO101"]
    assert missing == [
        "Durham has not submitted the return “Multi-agency risk assessment conferences” (marac.csv)."
    ]


@pytest.mark.slow
def test_another_forces_context_is_refused(contexts: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(SAMPLE / "returns" / "essex", mine)
    for path in (mine, SAMPLE / "returns" / "essex"):
        done = peelcheck("validate", path, "--context", contexts / "kent.json")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "kent.json: is the context of Kent, but the files are of Essex" in done.stderr


def test_a_context_has_nothing_of_other_forces(contexts: Path) -> None:
    names = sample_result().collection.force_names
    assert len(list(contexts.iterdir())) == len(names)
    text = (contexts / "kent.json").read_text(encoding="utf-8")
    assert [name for name in names if name in text] == ["Kent"]
    partner = json.loads((contexts / "west-mercia.json").read_text(encoding="utf-8"))
    combined = [one for one in partner["declarations"] if one["with"] == "West Mercia"]
    assert {(one["force"], one["reason"], one["source"]) for one in combined} == {
        ("Warwickshire", "one figure for both", None)
    }


def test_only_earlier_output_is_overwritten(contexts: Path, tmp_path: Path) -> None:
    arguments = ("context", SAMPLE, "--force", "Kent", "--output", tmp_path / "new" / "folder")
    assert [peelcheck(*arguments).exit_code for _ in range(2)] == [0, 0]
    file = tmp_path / "new" / "folder" / "kent.json"
    assert file.read_bytes() == (contexts / "kent.json").read_bytes()
    assert [path.name for path in file.parent.iterdir()] == ["kent.json"]
    file.write_text("mine", encoding="utf-8")
    done = peelcheck(*arguments)
    assert (done.exit_code, file.read_text(encoding="utf-8")) == (2, "mine")
    assert "is not peelcheck output" in done.stderr


def test_what_a_command_refuses(contexts: Path, tmp_path: Path) -> None:
    kent = SAMPLE / "returns" / "kent"
    context = contexts / "kent.json"
    refused = {
        "give either --force NAME or --all": ("context", SAMPLE, "--output", tmp_path),
        "is not a round (it has no round.yaml)": ("context", kent, "--all", "--output", tmp_path),
        "'Kant' is not one of the forces; did you mean Kent?": (
            *("context", SAMPLE, "--force", "Kant", "--output"),
            tmp_path,
        ),
        "is a round, which has its own history": ("validate", SAMPLE, "--context", context),
        "--context already contains what --history would add": (
            *("validate", kent, "--context", context, "--history"),
            SAMPLE / "history",
        ),
        "contains no context of Kent (kent.json)": ("validate", kent, "--context", tmp_path),
        "there is no such file": ("validate", kent, "--declarations", tmp_path / "none.csv"),
        "is not a folder": ("validate", kent, "--history", tmp_path / "none"),
    }
    for message, arguments in refused.items():
        done = peelcheck(*arguments)
        assert done.exit_code == 2, arguments
        assert message in " ".join(done.stderr.split()), done.stderr


def set_to(*keys: str | int, value: object) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = value

    return change


ARRESTS = ("history", "domestic_abuse", 0, "arrests")


@pytest.mark.parametrize(
    ("change", "key", "problem"),
    [
        (set_to("version", value=2), "version", "expected 1, not 2"),
        (set_to("force", value="Kant"), "force", "there is no force 'Kant'; did you mean 'Kent'?"),
        (set_to("collection", value="peel-2018"), "collection", "this is a context of 'peel-2018', not of 'peel-2017'"),
        (set_to("schemas", value="sha256:0"), "schemas", "another edition"),
        (set_to("others", value=[]), "others", "unknown key"),
        (set_to("history", "arrests", value=[]), "history", "there is no table 'arrests'"),
        (set_to("reference", "domestic_abuse", value=[]), "reference", "there is no table 'domestic_abuse'"),
        (set_to(*ARRESTS, value="8772"), "history.domestic_abuse[0].arrests", "expected a whole number, not '8772'"),
        (set_to(*ARRESTS, value=True), "history.domestic_abuse[0].arrests", "expected a whole number, not true"),
        (set_to(*ARRESTS, value=-1), "history.domestic_abuse[0].arrests", "expected at least 0, not -1"),
        (set_to(*ARRESTS, value=10**400), "history.domestic_abuse[0].arrests", "the number is too large"),
        (set_to(*ARRESTS[:3], "arrest", value=1), "history.domestic_abuse[0].arrest", "unknown key"),
        (set_to(*ARRESTS[:3], "period_end", value="30/06/2016"), "history.domestic_abuse[0].period_end", "such as"),
        (set_to(*ARRESTS[:3], "period_end", value="1999-06-30"), "history.domestic_abuse[0].period_end", "a year from"),
        (set_to(*ARRESTS[:3], "period_end", value="2016-06-29"), "history.domestic_abuse[0].arrests", "not a period"),
        (set_to("history", "domestic_abuse", 1, value={}), "history.domestic_abuse[1]", "the key 'period_start' is missing"),
        (set_to("declarations", value=[{"force": "Kent"}]), "declarations[0]", "the key 'with' is missing"),
    ],
)  # fmt: skip
def test_a_context_is_checked_strictly(
    change: Callable[[Any], None], key: str, problem: str, contexts: Path, tmp_path: Path
) -> None:
    content = json.loads((contexts / "kent.json").read_text(encoding="utf-8"))
    change(content)
    file = tmp_path / "kent.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SchemaError) as error:
        read_context(file, load_collection(find_collection("peel-2017")))
    assert (error.value.file, error.value.key) == (str(file), key)
    assert problem in error.value.problem


def test_a_declaration_of_another_force_is_refused(contexts: Path, tmp_path: Path) -> None:
    content = json.loads((contexts / "durham.json").read_text(encoding="utf-8"))
    content["force"] = "Kent"
    file = tmp_path / "kent.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SchemaError, match="this is a context of Kent, and the declaration is about Durham"):
        read_context(file, load_collection(find_collection("peel-2017")))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON"),
        ("[]", "expected a table"),
        ("[" * 100_000, "nested too deep"),
        ('{"version": 1, "version": 1}', "the key 'version' appears twice"),
        ('{"version": NaN}', "NaN is not a number that can be used"),
        ("9" * 5000, "a number too long"),
    ],
)
def test_a_file_that_is_no_context_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "kent.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=problem):
        read_context(file, load_collection(find_collection("peel-2017")))
