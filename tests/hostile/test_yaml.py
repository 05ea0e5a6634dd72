"""What is put into the files that people write for the program: refused by file and key, or harmless; nothing of it is run.

What YAML is read as is tested in `tests/schema/test_schema_yaml.py`, every key in the other tests of `tests/schema` and in
`tests/rounds/test_round_files.py`. Here each file is spoilt in a whole round.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from peelcheck.wording import bounded
from tests.support.collections import without_line
from tests.support.harmless import harmless
from tests.support.rounds import BEFORE, NOW, TABLE, csv_of, with_cell
from tests.support.rounds import a_small_round as a_round
from tests.support.running import Found, found, peelcheck, validate

YAML_FILES = ("round.yaml", "collection.yaml", "measures.yaml", "across.yaml", "domestic_abuse.yaml")
ANCHOR = "anchors and aliases (& and *) are not allowed; please write the value out"
TAG = "tags are not allowed ('{}'); please write the plain value"
LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
PYTHON = "tag:yaml.org,2002:python/"
YES_OR_NO = "some programs read NO in YAML as yes or no; write 'NO' in quotes, or true or false"
OCTAL = (
    "some programs read 01 in YAML as a number and others do not; write it in plain digits, "
    "or in quotes if it is a text"
)
COLON = (
    "is not YAML: mapping values are not allowed in this context (most likely a text that contains a colon and "
    "a space must be in quotation marks, or a line is not indented like those above it)"
)

WHOLE_FILES: dict[str, tuple[str | bytes, str]] = {
    "a billion laughs": (LAUGHS, f"line 1: {ANCHOR}"),
    "laughs without an end": ("a: &a [*a]", f"line 1: {ANCHOR}"),
    "a merge": ("a: {b: 1}\nc:\n  <<: *a\n", f"line 3: {ANCHOR}"),
    "a command": (
        "a: !!python/object/apply:os.system [touch ran]",
        f"line 1: {TAG.format(PYTHON + 'object/apply:os.system')}",
    ),
    "a module": ("!!python/module:antigravity x", f"line 1: {TAG.format(PYTHON + 'module:antigravity')}"),
    "a name": ("a: !!python/name:os.system x", f"line 1: {TAG.format(PYTHON + 'name:os.system')}"),
    "an include": ("!include /etc/passwd", f"line 1: {TAG.format('!include')}"),
    "a tag of its own": (
        "%TAG ! tag:x.org,2002:\n---\na: !y 1",
        "line 1: directives (lines that begin with %) are not allowed",
    ),
    "two documents": ("a: 1\n---\nb: 2", "contains 2 documents; expected one"),
    "a key twice": ("a: 1\na: 2", "line 2: the key 'a' appears twice"),
    "deep": ("[" * 900_000, "line 1: is nested more than 20 deep"),
    "deep tables": (
        "".join(f"{' ' * i}a:\n" for i in range(100)),
        "line 21: is nested more than 20 deep",
    ),
    "huge": ("x" * 2_000_000, "is larger than the limit of 1,000,000 bytes"),
    "nothing": ("", "is empty"),
    "bytes": (bytes(range(256)), "byte 128: is not UTF-8; please save the file as UTF-8"),
    "a null": ("a: \0", "byte 3: is not YAML: control characters are not allowed"),
    "an escape": ("a: \x1b[2J", "byte 3: is not YAML: control characters are not allowed"),
    "half a pair": (
        'a: "\\uD800"',
        "line 1: is not YAML: found invalid Unicode character escape code",
    ),
    "Norway": ("a: NO", f"line 1: {YES_OR_NO}"),
    "an octal": ("a: 01", f"line 1: {OCTAL}"),
    "not YAML": ("a: b: c", f"line 1: {COLON}"),
}
"""What a file may hold instead of what it should, and what is said of it."""

PATTERN = '"[A-Za-z][0-9]{8}"'
SPOILT = [
    ("round.yaml", "A small", "&a A small", f"line 2: {ANCHOR}"),
    ("round.yaml", "title: ", "<<: {title: x}\ntitle: ", "<<: unknown key; known: collection, title, date, due"),
    ("round.yaml", "title: ", "titel: ", "titel: unknown key; did you mean 'title'?"),
    ("round.yaml", "title: ", '"\\e[2J": x\ntitle: ', "\\x1b[2J: unknown key; known: collection, title, date, due"),
    ("round.yaml", "A small round", "{a: 1}", "title: expected a text, not a table"),
    ("collection.yaml", "title: ", "<<: {title: x}\ntitle: ",
     "<<: unknown key; known: title, year, periods, returns, cuts, groups, dates, time_zone, suffixes, bodies, area, "
     "codes, rules"),
    ("collection.yaml", "2017", "99999999999", "year: expected at most 2200, not 99999999999"),
    ("collection.yaml", "2017", "2017.0", "year: expected a whole number, not 2017.0"),
    ("collection.yaml", "2017", "true", "year: expected a whole number, not true"),
    ("collection.yaml", "30 June", "29 February",
     "periods.year_to_june.twelve_months_to: '29 February' is not a day and month such as 30 June"),
    ("collection.yaml", "[domestic_abuse]", "{a: b}", "returns: expected a list, not a table"),
    ("collection.yaml", "[domestic_abuse]", "[domestic_abuse, domestic_abuse]",
     "returns[1]: 'domestic_abuse' appears twice"),
    ("collection.yaml", "[domestic_abuse]", f"[{'a' * 100_000}]",
     f"returns[0]: '{'a' * 60}…' is not a name (small letters, digits and underscores, beginning with a letter)"),
    ("domestic_abuse.yaml", "kind: at_most", "kind: __import__",
     "x-peelcheck.checks[1].kind: there is no kind of check '__import__'; known: at_least_one_of, at_most, "
     "complete_months, date_order, not_same_as, one_per_group, own_past, parts_present, ratio_between, required_when, "
     "restated, rows_per_force, same_as_last_year, steady, sums_to, unexpected_zero"),
    ("domestic_abuse.yaml", "minimum: 0", f"minimum: {'9' * 5000}",
     f"fields[4].constraints.minimum: expected a number, not '{'9' * 60}…'"),
    ("domestic_abuse.yaml", "minimum: 0", "minimum: '=1'", "fields[4].constraints.minimum: expected a number, not '=1'"),
    ("domestic_abuse.yaml", PATTERN, "'((a{1,500}){1,500}){1,500}'",
     "fields[1].constraints.pattern: '((a{1,500}){1,500}){1,500}' cannot be used (invalid repetition size: {1,500}); "
     "a pattern cannot look ahead, look behind or refer back"),
    ("domestic_abuse.yaml", PATTERN, r"'(a)\1'",
     r"fields[1].constraints.pattern: '(a)\\1' cannot be used (invalid escape sequence: \1); "
     "a pattern cannot look ahead, look behind or refer back"),
    ("domestic_abuse.yaml", PATTERN, "'a{1,99999999999}'",
     "fields[1].constraints.pattern: 'a{1,99999999999}' is not a pattern: the repetition number is too large"),
    ("domestic_abuse.yaml", PATTERN, f"'{'(' * 101}{')' * 101}'",
     "fields[1].constraints.pattern: is longer than 200 characters"),
]  # fmt: skip
"""A file, what it says, what it says instead, and what is said of that."""

FOR_EVER = (
    "(a+)+$",
    "(a|aa)+",
    "(a*)*b",
    "(.*a){20}",
    "([a-z]+)*[0-9]",
    "(((a?)*)*)*b",
    f"{'(' * 60}a{')*' * 60}",
)


def spoilt(folder: Path, file: str, change: Callable[[str], str | bytes]) -> tuple[Path, Path]:
    """A round with a file that is no longer what it was: the round, and that file."""
    root = a_round(folder)
    path = (root if file == "round.yaml" else root.parent / "schemas" / "one-return") / file
    data = change(path.read_text(encoding="utf-8"))
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root, path


def assert_refused(root: Path, path: Path, said: str) -> None:
    """Exit code 2, the file and the key on stderr and nothing on stdout, and nothing that was run or changed."""
    with harmless(root.parent):
        ran = validate(root)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert without_line(ran.stderr) == f"Error: {path}: {said}\n"


@pytest.mark.parametrize("file", YAML_FILES)
@pytest.mark.parametrize(("content", "said"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_holds_something_else(file: str, content: str | bytes, said: str, tmp_path: Path) -> None:
    if said == "is empty" and file in ("measures.yaml", "across.yaml"):
        said += "; if there is nothing to list, write []"
    assert_refused(*spoilt(tmp_path, file, lambda _: content), said)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"), SPOILT, ids=[f"{file} {new[:30]}" for file, _, new, _ in SPOILT]
)
def test_one_value_that_is_not_what_it_should_be(
    file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    assert_refused(*spoilt(tmp_path, file, change), said)


@pytest.mark.parametrize("pattern", FOR_EVER)
def test_a_pattern_that_would_take_for_ever_takes_no_time(pattern: str, tmp_path: Path) -> None:
    root, _ = spoilt(tmp_path, "domestic_abuse.yaml", lambda text: text.replace(PATTERN, f"'{pattern}'", 1))
    cell = "a" * 30_000 + "!"
    data = csv_of([*with_cell(2, "force_code", cell)[:2], [*BEFORE[:1], "", *BEFORE[2:]]])
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(data, encoding="utf-8")
    with harmless(root.parent):
        ran = validate(root, "--format", "json")
    assert found(ran) == {Found("TY105", 2, "force_code", bounded(cell))}


ACTING = r'"\e[31m\u202e[bold red]=1\U000E0041{0.__class__}<script>"'


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("round.yaml", "A small round"),
        ("collection.yaml", "One return"),
        ("domestic_abuse.yaml", "Domestic abuse arrests"),
        ("domestic_abuse.yaml",
         '"Please check both figures and correct the one that is wrong, or tell us why they are right."'),
    ],
)  # fmt: skip
def test_words_that_would_act_do_not(file: str, old: str, tmp_path: Path) -> None:
    root, _ = spoilt(tmp_path, file, lambda text: text.replace(old, ACTING))
    table = csv_of([TABLE[0], [*NOW[:4], "x", *NOW[5:13], "9", *NOW[14:]], BEFORE])
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(table, encoding="utf-8")
    for form in ("table", "json", "csv"):
        with harmless(root.parent):
            ran = validate(root, "--format", form)
        assert (ran.exit_code, ran.stderr) == (1, "")
        kinds = {
            unicodedata.category(c) for c in ran.stdout.lstrip("\ufeff").replace("\r\n", "\n") if c != "\n"
        }
        assert kinds.isdisjoint({"Cc", "Cf", "Cs"})


def test_a_title_as_long_as_a_file_may_be(tmp_path: Path) -> None:
    root, _ = spoilt(tmp_path, "round.yaml", lambda text: text.replace("A small round", "x" * 900_000))
    with harmless(root.parent):
        ran = validate(root)
    assert ran.exit_code == 1
    assert ran.stdout.count("x") >= 900_000


@pytest.mark.parametrize("command", ["figures", "validate"])
def test_every_command_refuses_the_same(command: str, tmp_path: Path) -> None:
    root, path = spoilt(tmp_path, "domestic_abuse.yaml", lambda _: LAUGHS)
    ran = peelcheck(command, root, "--schemas", root.parent / "schemas")
    assert (ran.exit_code, ran.stderr) == (2, f"Error: {path}: line 1: {ANCHOR}\n")
