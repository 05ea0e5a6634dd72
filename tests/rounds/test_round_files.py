"""`round.yaml` and `declarations.csv`: each refusal with its file, its place and what was expected."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from peelcheck.errors import SchemaError
from peelcheck.model import Declaration, Status
from peelcheck.rounds.declarations_file import read_declarations
from peelcheck.rounds.folder import open_round
from peelcheck.schema import find_collection, load_collection
from tests.support.rounds import DECLARATIONS as HEADINGS
from tests.support.rounds import ROUND, a_round
from tests.support.running import peelcheck, refused

COLLECTION = load_collection(find_collection("peel-2017"))
RETURNS = ", ".join(COLLECTION.returns)
OWN = " (for your own collections, give their folder with --schemas)"
SPEC = "{force},{with_},{return_},{item},{measure},{end},{status},{reason},{source}\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: A", "titel: A", "titel: unknown key; did you mean 'title'?"),
        ("title: A", "owner: A", "owner: unknown key; known: collection, title, date, due"),
        ("title: A small round\n", "", "the key 'title' is missing"),
        ("title: A small round", "title: 2017", "title: expected a text, not 2017; please put it in quotes"),
        ("title: A small round", "title: ", "title: expected a text, not a blank"),
        ("collection: peel-2017\n", "", "the key 'collection' is missing"),
        ("peel-2017", "peel-2071", f"collection: there is no collection 'peel-2071'; did you mean 'peel-2017'?{OWN}"),
        ("peel-2017", "../peel-2017", f"collection: there is no collection '../peel-2017'; did you mean 'peel-2017'?{OWN}"),
        ("peel-2017", "/etc", f"collection: there is no collection '/etc'; known: peel-2017{OWN}"),
        ("peel-2017", '"peel-2017\\0"',
         f"collection: there is no collection 'peel-2017\\x00'; did you mean 'peel-2017'?{OWN}"),
        ("peel-2017", "..", f"collection: there is no collection '..'; known: peel-2017{OWN}"),
        ("peel-2017", "2017", "collection: expected a text, not 2017; please put it in quotes"),
        ("2017-10-31", "31 October", "date: expected a date such as 2017-10-31, not '31 October'"),
        ("2017-10-31", "2017-13-31", "line 3: 2017-13-31 is not a date"),
        ("2017-10-31", "", "date: expected a date such as 2017-10-31, not a blank"),
        ("title: A", "title: &a A", "line 2: anchors and aliases (& and *) are not allowed; please write the value out"),
        ("title: A", "collection: A", "line 2: the key 'collection' appears twice"),
        ("title: A", "\ttitle: A", "line 2: is not YAML: the line is indented with a tab; please use spaces"),
        (ROUND, "", "is empty"),
        (ROUND, "- peel-2017\n", "expected a table with the keys collection, title, date, due, not a list"),
    ],
)  # fmt: skip
def test_round_file(old: str, new: str, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "round.yaml").write_text(ROUND.replace(old, new), encoding="utf-8")
    assert refused(root) == f"{root / 'round.yaml'}: {said}"


def test_a_round_file_in_another_encoding(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "round.yaml").write_bytes(b"collection: peel-2017\ntitle: Caf\xe9\n")
    assert refused(root) == f"{root / 'round.yaml'}: byte 32: is not UTF-8; please save the file as UTF-8"


def test_a_collection_that_is_asked_for_by_hand_is_not_the_fault_of_the_round_file(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    ran = peelcheck("validate", root, "--collection", "peel-2071")
    assert ran.exit_code == 2
    assert re.fullmatch(
        r"Error: there is no collection 'peel-2071' in .*; did you mean 'peel-2017'\?"
        r" \(for your own collections, give their folder with --schemas\)\n",
        ran.stderr,
    )


def test_a_round_is_checked_on_its_own(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    said = f"Error: {root}: is a round; please check it on its own, without other files or folders\n"
    assert peelcheck("validate", root / "returns" / "kent" / "domestic_abuse.csv", root).stderr == said


# --- declarations ------------------------------------------------------------------------------------------------------

SOUND = {
    "force": "Kent", "with_": "", "return_": "domestic_abuse", "item": "arrests", "measure": "", "end": "2017-06-30",
    "status": "not_supplied", "reason": "new system", "source": "letter of 3 May",
}  # fmt: skip


def declared(folder: Path, *rows: str, **changed: str) -> tuple[Declaration, ...]:
    file = folder / "declarations.csv"
    file.write_text(HEADINGS + "".join(rows) + SPEC.format(**{**SOUND, **changed}), encoding="utf-8")
    return read_declarations(file, COLLECTION)[0]


def test_a_declaration(tmp_path: Path) -> None:
    (one,) = declared(tmp_path, "\n", ",,,,,,,,\n", force=" Kent ")
    assert (one.force, one.partner, one.return_name, one.item) == ("Kent", None, "domestic_abuse", "arrests")
    assert (one.measure, str(one.period_end), one.status) == (None, "2017-06-30", Status.NOT_SUPPLIED)
    assert (one.reason, one.source, one.row) == ("new system", "letter of 3 May", 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(("head", "tail", "row"), [("", "", 2), ("", 2, 2), ("sep", "", 3)])
def test_declarations_as_a_spreadsheet_saves_them(
    encoding: str, delimiter: str, head: str, tail: str | int, row: int, tmp_path: Path
) -> None:
    reason = "“new” system – café, shared; as is"
    columns = HEADINGS.strip().split(",")
    cells = ["Kent", "", "domestic_abuse", "arrests", "", "30/06/2017", "not_supplied", reason, "letter"]
    written = io.StringIO()
    more = [""] * int(tail or 0)
    csv.writer(written, delimiter=delimiter).writerows([columns + more, cells + more, [""] * 9 + more])
    text = (f"sep={delimiter}\r\n" if head else "") + written.getvalue()
    file = tmp_path / "declarations.csv"
    file.write_bytes(text.encode(encoding))
    (one,) = read_declarations(file, COLLECTION)[0]
    assert (one.force, str(one.period_end), one.reason, one.source, one.row) == (
        "Kent",
        "2017-06-30",
        reason,
        "letter",
        row,
    )


@pytest.mark.parametrize(
    ("end", "read"),
    [
        ("30/06/2017", "2017-06-30"),
        ("30.6.2017", "2017-06-30"),
        ("30-06-2017", "2017-06-30"),
        ("06/30/2017", "expected a date such as 2017-06-30, not '06/30/2017'"),
        ("30/06.2017", "expected a date such as 2017-06-30, not '30/06.2017'"),
        ("30/06/17", "expected a date such as 2017-06-30, not '30/06/17'"),
        ("31/06/2017", "expected a date such as 2017-06-30, not '31/06/2017'"),
    ],
)
def test_a_date_as_a_spreadsheet_writes_it(end: str, read: str, tmp_path: Path) -> None:
    if read[0].isdigit():
        assert str(declared(tmp_path, end=end)[0].period_end) == read
        return
    with pytest.raises(SchemaError) as refused:
        declared(tmp_path, end=end)
    assert (refused.value.key, refused.value.problem) == ("row 2, period_end", read)


def test_a_date_that_may_be_two_where_the_collection_states_no_order(tmp_path: Path) -> None:
    file = tmp_path / "declarations.csv"
    anywhere = replace(COLLECTION, dates=None)
    for end, read in (("30/06/2017", "2017-06-30"), ("06/30/2017", "2017-06-30")):
        file.write_text(HEADINGS + SPEC.format(**{**SOUND, "end": end}), encoding="utf-8")
        assert str(read_declarations(file, anywhere)[0][0].period_end) == read
    records = {"return_": "crime_records", "item": "", "end": "07/06/2017"}
    file.write_text(HEADINGS + SPEC.format(**{**SOUND, **records}), encoding="utf-8")
    with pytest.raises(SchemaError, match="may be 2017-06-07 or 2017-07-06; please write it as 2017-06-07"):
        read_declarations(file, anywhere)


@pytest.mark.parametrize(
    "changed",
    [
        {"end": ""},
        {"item": ""},
        {"return_": "", "item": "", "measure": "da_arrest_rate"},
        {"status": "combined", "with_": "Essex"},
        {"return_": "organised_crime_groups", "item": "", "end": "2016-07-01"},
        {"return_": "organised_crime_groups", "item": "", "end": "2016-06-30"},
        {"return_": "sex_offenders", "item": "", "end": "2017-09-12"},
        {"return_": "crime_records", "item": "", "end": ""},
        {"end": "2007-06-30"},
        {"source": ""},
    ],
)
def test_declarations_that_are_sound(changed: dict[str, str], tmp_path: Path) -> None:
    assert len(declared(tmp_path, **changed)) == 1


@pytest.mark.parametrize(
    ("changed", "key", "problem"),
    [
        ({"force": "Kemt"}, "force", "there is no force 'Kemt'; did you mean 'Kent'?"),
        ({"force": ""}, "force", "expected a text, not a blank"),
        ({"force": "British Transport Police"}, "force",
         f"there is no force 'British Transport Police'; known: {', '.join(COLLECTION.force_names)}"),
        ({"return_": "domestic_abus"}, "return", "there is no return 'domestic_abus'; did you mean 'domestic_abuse'?"),
        ({"return_": "../returns"}, "return", f"there is no return '../returns'; known: {RETURNS}"),
        ({"item": "arests"}, "item", "there is no item 'arests'; did you mean 'arrests'?"),
        ({"item": "note"}, "item", None),
        ({"item": "period_end"}, "item", None),
        ({"return_": "crime_records", "item": "charged"}, "item", "there is no item 'charged'"),
        ({"return_": "", "item": ""}, "return", "expected either a return or a measure"),
        ({"return_": ""}, "return", "expected either a return or a measure"),
        ({"measure": "da_arrest_rate"}, "return", "expected either a return or a measure"),
        ({"return_": "", "measure": "da_arrest_rate"}, "item", "an item is one of a return, not of a measure"),
        ({"return_": "", "item": "", "measure": "da_arests_rate"}, "measure",
         "there is no measure 'da_arests_rate'; did you mean 'da_arrest_rate'?"),
        ({"return_": "", "item": "", "measure": "da_arrest_rate", "with_": "Essex", "status": "combined"}, "with",
         "a combined figure is one of a return, not of a measure"),
        ({"status": "not supplied"}, "status", "there is no status 'not supplied'; did you mean 'not_supplied'?"),
        ({"status": "Caveat"}, "status", "there is no status 'Caveat'; did you mean 'caveat'?"),
        ({"status": "?"}, "status", f"there is no status '?'; known: {', '.join(Status)}"),
        ({"status": ""}, "status", "expected a text, not a blank"),
        ({"status": "combined"}, "with", "expected a text, not a blank"),
        ({"status": "combined", "with_": "Esex"}, "with", "there is no force 'Esex'; did you mean 'Essex'?"),
        ({"status": "combined", "with_": "Kent"}, "with", "expected the other force of the combined figure"),
        ({"with_": "Essex"}, "with", "only a combined figure names another force"),
        ({"end": "20170630"}, "period_end", "expected a date such as 2017-06-30, not '20170630'"),
        ({"end": "2017-W26-5"}, "period_end", "expected a date such as 2017-06-30, not '2017-W26-5'"),
        ({"end": "2017-06-31"}, "period_end", "expected a date such as 2017-06-30, not '2017-06-31'"),
        ({"end": "0000-06-30"}, "period_end", "expected a date such as 2017-06-30, not '0000-06-30'"),
        ({"end": "2017"}, "period_end", "expected a date such as 2017-06-30, not '2017'"),
        ({"end": "2071-06-30"}, "period_end", "expected a year from 2007 to 2017, not 2071"),
        ({"end": "2017-03-31"}, "period_end", "no period ends on 2017-03-31; known: 12 months to 30 June 2017"),
        ({"return_": "organised_crime_groups", "item": "active", "end": "2017-06-30"}, "period_end",
         "no period ends on 2017-06-30; known: as at 1 July 2017"),
        ({"return_": "sex_offenders", "item": "", "end": "2017-12-12"}, "period_end",
         "no period ends on 2017-12-12; known: as at a date from 1 June to 31 October 2017"),
        ({"return_": "", "item": "", "measure": "asb_rate"}, "period_end",
         "no period ends on 2017-06-30; known: 12 months to 31 March 2017"),
        ({"reason": ""}, "reason", "expected a text, not a blank"),
    ],
)  # fmt: skip
def test_declarations_that_are_refused(
    changed: dict[str, str], key: str, problem: str | None, tmp_path: Path
) -> None:
    with pytest.raises(SchemaError) as caught:
        declared(tmp_path, **changed)
    items = ", ".join(item.name for item in COLLECTION.returns["domestic_abuse"].items)
    expected = problem or f"there is no item '{changed['item']}'; known: {items}"
    assert (caught.value.file, caught.value.key) == (str(tmp_path / "declarations.csv"), f"row 2, {key}")
    assert caught.value.problem == expected


@pytest.mark.parametrize("spelling", ["Kent", "kent police", "KENT POLICE", "E23000032"])
def test_a_declaration_names_a_force_in_any_known_spelling(spelling: str, tmp_path: Path) -> None:
    (one,) = declared(tmp_path, force=spelling)
    assert one.force == "Kent"
    (one,) = declared(tmp_path, force="Essex", status="combined", with_=spelling)
    assert one.partner == "Kent"


def test_a_figure_is_declared_once(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        declared(tmp_path, "\n", SPEC.format(**{**SOUND, "status": "caveat"}))
    assert (caught.value.key, caught.value.problem) == (
        "row 4, force",
        "the same figure is declared in row 3",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "row 1: expected the columns force, with, return, item, measure, period_end, status, reason, source"),
        (b"force;with;return\n",
         "row 1: expected the columns force, with, return, item, measure, period_end, status, reason, source"),
        (HEADINGS.encode() + b"Kent,,marac,,,,caveat,a,b,c\n", "row 2: has more cells than there are columns"),
        (HEADINGS.encode() + b"Kent,,marac,,,,caveat,a, comma,c\n", "row 2: has more cells than there are columns"),
        (HEADINGS.encode() + b"K\xe9nt,,marac,,,,caveat,a,b\n",
         "row 2, force: there is no force 'Ként'; did you mean 'Kent'?"),
        (HEADINGS.encode() + b"K\x81nt,,marac,,,,caveat,a,b\n", "byte 64: is not UTF-8; please save the file as UTF-8"),
        (HEADINGS.encode("utf-16") + b"a", "byte 128: is not UTF-8; please save the file as UTF-8"),
        (HEADINGS.encode() + b'Kent,,marac,,,,caveat,"a,b\n', "line 2: is not CSV (unexpected end of data)"),
        (HEADINGS.encode() + b'Kent,,marac,,,,caveat,"a" b,c\n', "line 2: is not CSV (',' expected after '\"')"),
        (HEADINGS.encode() + b"Kent,,marac,,,,caveat," + b"a" * 200_000,
         "line 2: is not CSV (field larger than field limit (131072))"),
        (HEADINGS.encode() * 20_000, "is larger than the limit of 1,000,000 bytes"),
        (HEADINGS.encode() + b"Kent\n", "row 2, status: expected a text, not a blank"),
        (HEADINGS.encode() + b"\x00,,,,,,,,\n",
         "row 2, force: there is no force '\\x00'; known: " + ", ".join(COLLECTION.force_names)),
    ],
    ids=lambda value: repr(value)[-40:],
)  # fmt: skip
def test_a_file_of_declarations_that_is_not_one(content: bytes, said: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "declarations.csv").write_bytes(content)
    assert refused(root) == f"{root / 'declarations.csv'}: {said}"


def test_declarations_with_a_byte_order_mark(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    row = "Kent,,domestic_abuse,arrests,,,caveat,counted anew,letter\r\n"
    (root / "declarations.csv").write_text(HEADINGS + row, encoding="utf-8-sig", newline="")
    assert [each.reason for each in open_round([root]).declarations] == ["counted anew"]


@pytest.mark.parametrize("name", ["round.yaml", "declarations.csv"])
def test_files_of_the_round_that_are_not_opened(name: str, tmp_path: Path) -> None:
    root = a_round(tmp_path)
    file, outside = root / name, tmp_path / "elsewhere"
    outside.write_text(ROUND if name == "round.yaml" else HEADINGS, encoding="utf-8")
    not_a_file = "is not a file (a device, a pipe or a folder)"
    made: list[tuple[Callable[[], None], str]] = [
        (lambda: os.mkfifo(file), not_a_file),
        (lambda: file.mkdir(), not_a_file),
        (lambda: file.symlink_to("/dev/zero"), not_a_file),
        (lambda: file.symlink_to(file), "is a broken link"),
        (lambda: file.symlink_to(tmp_path / "gone"), "is a broken link"),
        (lambda: file.symlink_to(outside), "is a link to a place outside the round's folder"),
    ]
    for make, why in made:
        if file.is_dir():
            file.rmdir()
        file.unlink(missing_ok=True)
        make()
        assert refused(root) == f"{file}: {why}"


def test_a_link_within_the_round_is_followed(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    (root / "round.yaml").rename(root / "round-2.yaml")
    (root / "round.yaml").symlink_to("round-2.yaml")
    assert open_round([root]).title == "A small round"


def test_a_round_knows_its_folder_and_single_files_have_none(tmp_path: Path) -> None:
    root = a_round(tmp_path)
    whole, single = open_round([root]), open_round([root / "returns"])
    assert (whole.folder, whole.whole) == (root, True)
    assert (single.folder, single.whole) == (None, False)
