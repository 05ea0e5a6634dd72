"""A collection that is not about police forces, from `schema check` to the pages: its nouns, and bodies without codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from peelcheck.cli import main
from tests.support.collections import refused
from tests.support.libraries import FORCES, NAMES, NOUNS, OUTSIDE, a_round, collection, rows

FOREIGN = ("force", "police", "England", "Wales")


def said(tmp_path: Path, *arguments: str | Path, code: int = 0) -> str:
    """What a command prints, with the tests' folder of schemas where it takes one."""
    ran = CliRunner().invoke(
        main, [*map(str, arguments), "--schemas", str(tmp_path / "schemas")], env={"COLUMNS": "120"}
    )
    assert (ran.exit_code, ran.stderr) == (code, ""), ran.output
    return ran.stdout


def words(page: str) -> str:
    return " ".join(page.split())


def test_schema_check_counts_libraries(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["schema", "check", str(collection(tmp_path))])
    assert ran.stdout.startswith(
        "libraries-2020 (Libraries 2020) contains 1 return, 0 checks, 1 comparison and 12 libraries.\n"
    )


def test_the_queries_speak_of_libraries(tmp_path: Path) -> None:
    collection(tmp_path)
    page = words(said(tmp_path, "validate", a_round(tmp_path), "--fail-on", "never"))
    assert "Old Town 1 query (1 severe)" in page
    assert "highest of the 12 libraries compared, 10 times the Northshire rate of" in page
    assert "The Northshire rate shown excludes this figure." in page
    assert "Based on the library's own earlier figures" in page or "From the other libraries' figures" in page
    assert "≡ more ‹ › off the scale | Northshire ● this library" in page
    assert not [word for word in FOREIGN if word in page]


def test_what_is_wrong_with_a_row_is_said_of_a_library(tmp_path: Path) -> None:
    collection(tmp_path)
    root = a_round(tmp_path)
    (root / "returns" / "annexe").mkdir()
    text = (
        rows("Anexe", (10, 20), (10, 20)).replace("Anexe", "", 1)
        + "Mobile library,2019-04-01,2020-03-31,5,5\n"
    )
    (root / "returns" / "annexe" / "visits.csv").write_text(text, encoding="utf-8")
    found = json.loads(said(tmp_path, "validate", root, "--fail-on", "never", "--format", "json"))["queries"]
    messages = {query["code"]: (query["message"], query["ask"]) for query in found}
    assert messages["CE007"] == (
        "“Force” is “Anexe”, which is not the name of a library.",
        "Please write the library's name as in the template.",
    )
    assert messages["RO116"] == (
        "The row names no library, and the file is not in a library's folder.",
        "Please write the library's name in the row.",
    )
    assert messages["RO122"][0] == (
        "The folder name returns/annexe does not match a library, so every row must name its library."
    )
    assert messages["RO107"][0] == "The row for Mobile library was ignored: it has no building."


def test_figures_speak_of_libraries(tmp_path: Path) -> None:
    collection(tmp_path)
    root = a_round(tmp_path)
    page = words(said(tmp_path, "figures", root))
    assert "Rank Library Count Out of Figure" in page
    assert (
        "The Northshire figure includes the figure of Old Town, which is far from what was expected" in page
    )
    own = words(said(tmp_path, "figures", root, "--force", "larch hill"))
    assert "Larch-Hill Northshire Rank" in own
    assert "Northshire without the library" in own
    assert not [word for word in FOREIGN if word in page + own]
    rate = json.loads(said(tmp_path, "figures", root, "--format", "json"))
    assert [row["force"] for row in rate["england_and_wales"]] == ["Northshire"]


def test_a_page_of_libraries_is_known_as_a_result(tmp_path: Path) -> None:
    """It is written over, and not taken for a return."""
    collection(tmp_path)
    root, page = a_round(tmp_path), tmp_path / "page.txt"
    for columns in ("60", "120"):
        for _ in range(2):
            arguments = ["figures", str(root), "--output", str(page), "--schemas", str(tmp_path / "schemas")]
            arguments.append("--quiet")
            ran = CliRunner().invoke(main, arguments, env={"COLUMNS": columns})
            assert (ran.exit_code, ran.stdout) == (0, ""), ran.stderr
        assert "Library" in page.read_text(encoding="utf-8")


def test_rules_speak_of_libraries(tmp_path: Path) -> None:
    collection(tmp_path)
    rules = json.loads(said(tmp_path, "rules", "--format", "json"))["rules"]
    shown = json.dumps([[r["title"], r["ask"], r["why"], r["source"], r["parameters"]] for r in rules])
    assert not [word for word in FOREIGN if word in shown]
    assert "{" not in shown.replace('{"', "").replace("{}", "")
    page = words(said(tmp_path, "explain", "RO107"))
    assert (
        "The collection covers 12 libraries. Other bodies, regions and totals are in published tables" in page
    )
    assert "Source peelcheck" in page


def test_without_nouns_the_words_are_neutral(tmp_path: Path) -> None:
    collection(tmp_path, nouns="")
    root = a_round(tmp_path)
    queries = words(said(tmp_path, "validate", root, "--fail-on", "never"))
    assert "highest of the 12 forces compared, 10 times the overall rate of" in queries
    assert "The overall rate shown excludes this figure." in queries
    assert "| the whole area ● this force" in queries
    assert "The overall figure includes the figure of Old Town" in words(said(tmp_path, "figures", root))


def test_a_collection_says_more_of_a_built_in_rule(tmp_path: Path) -> None:
    own = "rules:\n  RO107: {why: 'All {number} {forces} of {area}.', source: The charter}\n"
    collection(tmp_path, nouns=NOUNS + own)
    page = words(said(tmp_path, "explain", "RO107"))
    assert "Why All 12 libraries of Northshire. Source The charter" in page


@pytest.mark.parametrize(
    ("nouns", "key", "problem"),
    [
        ("bodys: {one: a, many: b}\n", "bodys", "unknown key; did you mean 'bodies'?"),
        ("bodies: {one: library}\n", "bodies", "the key 'many' is missing"),
        ("bodies: {one: library, mny: x}\n", "bodies.mny", "unknown key; did you mean 'many'?"),
        ("bodies: libraries\n", "bodies", "expected a table with the keys one, many, not 'libraries'"),
        ("bodies: {one: '{area}', many: x}\n", "bodies.one", "expected a noun, not '{area}'"),
        ("area: 2020\n", "area", "expected a text, not 2020; please put it in quotes"),
        (f"area: {'x' * 41}\n", "area", "expected at most 40 characters, not 41"),
        ("codes: {patern: x}\n", "codes.patern", "unknown key; did you mean 'pattern'?"),
        ("codes: {pattern: '['}\n", "codes.pattern",
         "'[' is not a pattern (unterminated character set at position 0)"),
        ("codes: {pattern: 'L(?=x)'}\n", "codes.pattern",
         "'L(?=x)' cannot be used (invalid perl operator: (?=); a pattern cannot look ahead, look behind or refer back"),
        ("rules: {RO107: {ask: x}}\n", "rules.RO107.ask", "unknown key; known: why, source"),
        ("rules: {ro107: {why: x}}\n", "rules.ro107",
         "'ro107' is not the code of a rule (two capital letters and three digits, such as RO107)"),
        ("rules: {RO199: {why: x}}\n", "rules.RO199", "there is no built-in rule 'RO199'; did you mean 'RO129'?"),
        ("rules: {RO107: {why: 'of {aera}'}}\n", "rules.RO107.why",
         "there is no placeholder {aera}; known: {force}, {forces}, {a_force}, {A_force}, {number}, {area}"),
    ],
)  # fmt: skip
def test_what_is_refused(nouns: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(collection(tmp_path, nouns=nouns)) == ("collection.yaml", key, problem)


# --- bodies without codes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", " ", "n/a", "X9"])
def test_where_no_library_has_a_code_the_column_says_nothing(code: str, tmp_path: Path) -> None:
    collection(tmp_path, code_column=True)
    found = json.loads(
        said(tmp_path, "validate", a_round(tmp_path, code), "--fail-on", "never", "--format", "json")
    )
    assert [query["code"] for query in found["queries"] if query["severity"] == "error"] == []
    assert found["summary"]["returns"]["received"] == len(NAMES)


def test_a_library_without_a_code_is_never_recognised_by_one(tmp_path: Path) -> None:
    """Rows that name nobody: one gives the code of the only library that has one, the other gives none."""
    forces = FORCES.replace("Elm Road,,", "Elm Road,L-7,") + OUTSIDE
    collection(tmp_path, forces=forces, code_column=True)
    file = tmp_path / "visits.csv"
    file.write_text(
        "force,force_code,period_start,period_end,visits,loans\n"
        ",l-7,2019-04-01,2020-03-31,10,20\n"
        ",,2019-04-01,2020-03-31,11,21\n"
        "Fir Court,,2019-04-01,2020-03-31,12,22\n"
        "Fir Court,L-8,2018-04-01,2019-03-31,12,22\n"
        "Pine Walk,n/a,2018-04-01,2019-03-31,12,23\n",
        encoding="utf-8",
    )
    found = json.loads(said(tmp_path, "validate", file, "--fail-on", "never", "--format", "json"))["queries"]
    told = [
        (q["code"], q["force"], [place["row"] for place in q["locations"]])
        for q in found
        if q["code"][:2] == "RO"
    ]
    assert sorted(told, key=str) == [("RO116", None, [3]), ("RO120", "Fir Court", [5])]
    assert "The row names Fir Court but gives the code L-8, which does not belong to a library." in [
        q["message"] for q in found
    ]


@pytest.mark.parametrize(
    ("row", "key", "problem"),
    [
        ("Oak End,L-7,,,\nAsh End,L-7,,,\n", "row 17, code", "'L-7' is also in row 16"),
        ("Oak End,L-7,,,\nAsh End,l 7,,,\n", "row 17, code", "'l 7' is also in row 16"),
        ("Hazel and Oak,,,,\n", "row 16, name", "'Hazel and Oak' is also in row 7"),
        ("Oak End,,,Larch Hill,\n", "row 16, spellings", "'Larch Hill' is also in row 8"),
    ],
)
def test_no_code_or_spelling_stands_twice(row: str, key: str, problem: str, tmp_path: Path) -> None:
    assert refused(collection(tmp_path, forces=FORCES + OUTSIDE + row)) == ("forces.csv", key, problem)


def test_a_code_is_as_the_collection_has_it(tmp_path: Path) -> None:
    folder = collection(tmp_path, NOUNS + "codes: {pattern: 'L-[0-9]'}\n", FORCES + "Oak End,L7,,,\n")
    problem = "'L7' is not a code (as collection.yaml has it: L-[0-9])"
    assert refused(folder) == ("forces.csv", "row 14, code", problem)


# --- one way to find whose a name is -------------------------------------------------------------------------------

WRITTEN = ["Hazel & Oak", "hazel-and-oak", "HAZEL_&_OAK", "Hazel  and Oak", "hazel-&-oak"]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_name_is_found_alike_everywhere(written: str, tmp_path: Path) -> None:
    """In a cell, as a folder, with --force and in declarations.csv."""
    collection(tmp_path)
    root = a_round(tmp_path)
    own = root / "returns" / "hazel-&-oak"
    text = rows(written, (1000, 2000), (1000, 2100))
    (own / "visits.csv").write_text(text, encoding="utf-8")
    own.rename(root / "returns" / f"{written} ")
    (root / "declarations.csv").write_text(
        "force,with,return,item,measure,period_end,status,reason,source\n"
        f"{written},,visits,loans,,2020-03-31,caveat,A new system,\n",
        encoding="utf-8",
    )
    page = words(said(tmp_path, "figures", root, "--force", written))
    assert "Hazel & Oak in numbers" in page
    assert "Caveat: A new system." in page
    found = json.loads(said(tmp_path, "validate", root, "--fail-on", "never", "--format", "json"))
    codes = [(q["code"], q["severity"]) for q in found["queries"] if q["force"] == "Hazel & Oak"]
    assert codes == ([] if written.casefold() == "hazel & oak" else [("CE103", "note")])
    assert found["summary"]["returns"]["received"] == len(NAMES)
