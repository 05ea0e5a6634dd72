"""docs/writing-a-schema.md: every example on it is loaded, in the order of the page, and what it promises is what is said.

The first line of an example says where it belongs: `# burglary.yaml` is the whole file, `# in burglary.yaml, under fields`
is put there, and `# wrong, in …` is refused with the message that stands beneath it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from peelcheck.checks import KINDS
from peelcheck.engine import compile_checks
from peelcheck.schema import load_collection
from tests.support.collections import altered, refused
from tests.support.rounds import ROOT
from tests.support.running import peelcheck
from tools.docs import KINDS_BEGIN, KINDS_END

PAGE = (ROOT / "docs" / "writing-a-schema.md").read_text(encoding="utf-8")
BY_HAND, GENERATED = PAGE.split(KINDS_BEGIN)
FOLDER = Path("my_schemas", "burglary-2018")
PLACE = re.compile(r"# (?P<wrong>wrong, )?(?P<inside>in )?(?P<file>\w+\.yaml)(?:, under (?P<under>[\w.-]+))?")


@dataclass(frozen=True)
class Example:
    """A block of the page: its language, the file that its fence names, and what stands in it."""

    language: str
    name: str
    text: str

    @property
    def place(self) -> dict[str, str | None]:
        """Where the first line says that it belongs."""
        found = PLACE.fullmatch(self.text.splitlines()[0])
        assert found, f"the first line does not say where this belongs:\n{self.text}"
        return found.groupdict()


def examples(page: str) -> list[Example]:
    found = re.finditer(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [Example(*match.groups()) for match in found]


def put(example: Example, folder: Path) -> None:
    """Write a whole file, or put an example into one: a list at the end of the list, a table among its keys."""
    place = example.place
    file = folder / str(place["file"])
    if not place["inside"]:
        file.write_text(example.text, encoding="utf-8")
        return
    held, new = yaml.safe_load(file.read_text(encoding="utf-8")), yaml.safe_load(example.text)
    inner: Any = held
    for key in place["under"].split(".") if place["under"] else ():
        inner = inner.setdefault(key, type(new)())
    if isinstance(inner, list):
        inner.extend(new)
    else:
        inner.update(new)
    file.write_text(yaml.safe_dump(held, sort_keys=False), encoding="utf-8")


def is_whole(folder: Path) -> bool:
    """Whether every return that is listed so far has its file, and the other way round."""
    listed = yaml.safe_load((folder / "collection.yaml").read_text(encoding="utf-8"))["returns"]
    files = {path.stem for path in folder.glob("*.yaml")} - {"collection", "across", "measures"}
    return set(listed) == files


def built(folder: Path) -> Iterator[Example]:
    """Build the collection example by example; each is given once it has been put in its place."""
    folder.mkdir(parents=True)
    for name in ("across.yaml", "measures.yaml"):
        (folder / name).write_text("[]\n", encoding="utf-8")
    for example in examples(BY_HAND):
        if example.language == "csv":
            (folder / example.name).write_text(example.text, encoding="utf-8")
        elif example.language == "yaml" and not example.place["wrong"]:
            put(example, folder)
        yield example


def said(*arguments: str) -> tuple[int, str, str]:
    ran = peelcheck(*arguments)
    return ran.exit_code, ran.stdout, ran.stderr


def test_every_example_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = 0
    for example in built(FOLDER):
        if example.language == "yaml" and is_whole(FOLDER):
            compile_checks(load_collection(FOLDER))
            loaded += 1
    assert loaded == 13
    collection = load_collection(FOLDER)
    assert list(collection.returns) == ["burglary", "population", "burglary_records"]
    assert collection.groups == {"Kent": ("Essex", "Surrey"), "Essex": ("Kent",)}
    assert [field.name for field in collection.returns["burglary"].items][-1] == "value_stolen"


def test_what_is_wrong_is_refused_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = []
    for example in built(FOLDER):
        if example.language == "yaml" and example.place["wrong"]:
            shutil.copytree(FOLDER, "kept")
            put(example, FOLDER)
        elif example.text.startswith("Error: "):
            assert said("schema", "check", str(FOLDER)) == (2, "", example.text)
            refused.append(example.text)
            shutil.rmtree(FOLDER)
            shutil.move("kept", FOLDER)
    assert len(refused) == 1


def test_commands_say_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = []
    for example in built(FOLDER):
        if example.text.startswith("$ peelcheck "):
            command, expected = example.text.split("\n", 1)
            code, out, err = said(*command.split()[2:])
            assert (code, err) == (0, "")
            assert re.fullmatch(re.escape(expected) + "sha256:[0-9a-f]{64}\n", out)
            ran.append(command)
    assert ran == ["$ peelcheck schema check my_schemas/burglary-2018"]


def test_a_round_is_checked_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two commands of the beginning, on a round with one mistake in it."""
    monkeypatch.chdir(tmp_path)
    assert list(built(FOLDER))
    kent = Path("my_round", "returns", "kent")
    kent.mkdir(parents=True)
    Path("my_round", "round.yaml").write_text("collection: burglary-2018\ntitle: Mine\n", encoding="utf-8")
    heading = "force,period_start,period_end,burglaries,burglaries_of_homes,burglaries_of_other_buildings,counted_on\n"
    row = "Kent,2017-04-01,2018-03-31,900,500,300,02.05.2018\n"
    (kent / "burglary.csv").write_text(heading + row, encoding="utf-8")
    code, out, _ = said("validate", "my_round", "--schemas", "my_schemas", "--format", "json")
    assert code == 1
    codes = {query["code"] for query in json.loads(out)["queries"]}
    assert "BU101" in codes
    assert not [code for code in codes if code[:2] in ("CE", "TY")], "the date is in the field's own format"


def test_every_kind_is_on_the_page() -> None:
    assert re.findall(r"^### `(\w+)`$", GENERATED, re.MULTILINE) == list(KINDS)
    assert GENERATED.endswith(f"{KINDS_END}\n")
    for example in examples(GENERATED):
        assert yaml.safe_load(example.text)["kind"] in KINDS


WHERE_KEYS_STAND = {
    "a collection": ("collection.yaml", "year: 2017", "year: 2017\n{}: 1"),
    "cuts": ("collection.yaml", "cuts:\n", "cuts:\n  {}: 1\n"),
    "a period": ("collection.yaml", "{{twelve_months_to: 30 June}}", "{{{}: 30 June}}"),
    "a return": ("incidents.yaml", "primaryKey:", "{}: 1\nprimaryKey:"),
    "a return's own part": ("incidents.yaml", "  owed_by:", "  {}: 1\n  owed_by:"),
    "a field": ("incidents.yaml", "    title: Force\n", "    title: Force\n    {}: 1\n"),
    "a field's own part": ("incidents.yaml", "{{type: force}}", "{{{}: 1}}"),
    "constraints": ("incidents.yaml", "{{required: true}}", "{{{}: 1}}"),
    "a count": ("crime_records.yaml", "records: {{title", "records: {{{}: 1, title"),
    "a measure": ("measures.yaml", "  kind: rate", "  {}: 1\n  kind: rate"),
    "a side": ("measures.yaml", "{{return: incidents", "{{{}: 1, return: incidents"),
}


@pytest.mark.parametrize("where", list(WHERE_KEYS_STAND))
def test_every_key_is_on_the_page(where: str, tmp_path: Path) -> None:
    """A key that nobody knows is refused with those that are known: each is spoken of."""
    file, *texts = WHERE_KEYS_STAND[where]
    old, new = (text.format("zzzzzz") for text in texts)
    _, _, problem = refused(altered(tmp_path, file, old, new))
    known = problem.removeprefix("unknown key; known: ").split(", ")
    assert len(known) > 1
    assert set(known) <= set(re.findall(r"[A-Za-z][\w-]*", BY_HAND))
