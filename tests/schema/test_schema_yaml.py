"""What YAML would read in a way that nobody meant is refused by line, and nothing in a file takes long or is obeyed."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest

from peelcheck.errors import SchemaError
from peelcheck.schema.yamlfile import load_yaml
from tests.support.collections import altered, refused

YES_OR_NO = "some programs read {} in YAML as yes or no; write '{}' in quotes, or true or false"
ODD_NUMBER = (
    "some programs read {} in YAML as a number and others do not; "
    "write it in plain digits, or in quotes if it is a text"
)
ANCHOR = "anchors and aliases (& and *) are not allowed; please write the value out"
TAG = "tags are not allowed ('{}'); please write the plain value"
COLON = (
    "(most likely a text that contains a colon and a space must be in quotation marks, "
    "or a line is not indented like those above it)"
)
BILLION_LAUGHS = "\n".join(
    ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    + [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)


def loaded(folder: Path, content: str | bytes) -> object:
    file = folder / "file.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_yaml(file)


def refusal(folder: Path, content: str | bytes) -> tuple[str, str]:
    """Key and problem, within a second."""
    started = time.perf_counter()
    with pytest.raises(SchemaError) as caught:
        loaded(folder, content)
    assert time.perf_counter() - started < 20  # no hang; how fast is a benchmark
    assert caught.value.file == str(folder / "file.yaml")
    return caught.value.key, caught.value.problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", {"a": 1}),
        ("a: -12.50", {"a": -12.5}),
        ("a: 2017-06-30", {"a": date(2017, 6, 30)}),
        ("a: true", {"a": True}),
        ("a:", {"a": None}),
        ("a: 'NO'", {"a": "NO"}),
        ('a: "01"', {"a": "01"}),
        ("a: >-\n  two\n  lines", {"a": "two lines"}),
        ("a: £1 & more", {"a": "£1 & more"}),
        ("a: 30 June", {"a": "30 June"}),
        ("- 1\n- [b, c]", [1, ["b", "c"]]),
        ("a: 12345678901234567890", {"a": "12345678901234567890"}),
        ("\ufeffa: 1", {"a": 1}),
    ],
)
def test_what_is_plain_is_read_plainly(text: str, value: object, tmp_path: Path) -> None:
    assert loaded(tmp_path, text) == value


@pytest.mark.parametrize("word", ["NO", "no", "No", "on", "Off", "y", "N", "YES"])
def test_words_that_are_yes_or_no_to_some(word: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, f"a: 1\nb: {word}") == ("line 2", YES_OR_NO.format(word, word))
    assert refusal(tmp_path, f"{word}: 1") == ("line 1", YES_OR_NO.format(word, word))


@pytest.mark.parametrize(
    "number",
    [
        "01",
        "007.5",
        "-010",
        "12:30",
        "12:30:45",
        "1:2.5",
        "0x1f",
        "0o17",
        "0b101",
        "1_000",
        "1_0.5",
        "1e5",
        "1.5E-3",
        ".inf",
        "-.INF",
        ".NaN",
    ],
)
def test_numbers_that_differ_from_reader_to_reader(number: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, f"a: [1, {number}]") == ("line 1", ODD_NUMBER.format(number))


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("a: 1\nb: 2\na: 3", "line 3", "the key 'a' appears twice"),
        ("{1: a, 1: b}", "line 1", "the key 1 appears twice"),
        ("a: &x [1]\nb: 2", "line 1", ANCHOR),
        ("a: 1\nb: *x", "line 2", ANCHOR),
        ("a: {<<: *x}", "line 1", ANCHOR),
        (BILLION_LAUGHS, "line 1", ANCHOR),
        (
            "a: !!python/object/apply:os.system [ls]",
            "line 1",
            TAG.format("tag:yaml.org,2002:python/object/apply:os.system"),
        ),
        (
            "!!python/object:builtins.object {}",
            "line 1",
            TAG.format("tag:yaml.org,2002:python/object:builtins.object"),
        ),
        ("a: !!str 1", "line 1", TAG.format("tag:yaml.org,2002:str")),
        ("a: !include other.yaml", "line 1", TAG.format("!include")),
        ("a: 1\n---\nb: 2", "", "contains 2 documents; expected one"),
        ("", "", "is empty"),
        ("# nothing but a remark\n", "", "is empty"),
        ("a: 2017-02-30", "line 1", "2017-02-30 is not a date"),
        ("a:\n\tb: 1", "line 2", "is not YAML: the line is indented with a tab; please use spaces"),
        ("\ta: 1", "line 1", "is not YAML: the line is indented with a tab; please use spaces"),
        ("a: 1\nb: c: d", "line 2", f"is not YAML: mapping values are not allowed in this context {COLON}"),
        ("a: 1\n  b: c", "line 2", f"is not YAML: mapping values are not allowed in this context {COLON}"),
        (
            "- a: 1\nb: 2",
            "line 2",
            "is not YAML: did not find expected '-' indicator "
            "(most likely a line is not indented like those above it, or a “- ” is missing)",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "line 3",
            "is not YAML: did not find expected key "
            "(most likely a line is not indented like those above it, or a text goes on after its closing quotation mark)",
        ),
        (
            "a: [b, c",
            "line 2",
            "is not YAML: did not find expected ',' or ']' (most likely a bracket is not closed, "
            "or a text that contains a colon and a space must be in quotation marks)",
        ),
        (
            "a: 1\nb",
            "line 3",
            "is not YAML: could not find expected ':' "
            "(most likely a line is neither “key: value” nor begins with “- ”)",
        ),
        (
            "a: - b",
            "line 1",
            "is not YAML: block sequence entries are not allowed in this context "
            "(most likely a list must begin on the line below its key)",
        ),
        (
            "a: 1\nb: @c",
            "line 2",
            "is not YAML: found character that cannot start any token "
            "(most likely a text that begins with @, % or ` must be in quotation marks)",
        ),
        (
            "a: 'b",
            "line 1",
            "is not YAML: found unexpected end of stream (most likely a quotation mark is not closed)",
        ),
        ("a: |x\n b", "line 1", "is not YAML: did not find expected comment or line break"),
        ("a: \x00", "byte 3", "is not YAML: control characters are not allowed"),
        ("a: \x1b[2J", "byte 3", "is not YAML: control characters are not allowed"),
        ("{~: 1}", "line 1", "a blank cannot be a key; a key is a text or a whole number"),
        ("{[a]: 1}", "line 1", "a list cannot be a key; a key is a text or a whole number"),
        ("{true: 1}", "line 1", "true cannot be a key; a key is a text or a whole number"),
        ("{2017-06-30: 1}", "line 1", "2017-06-30 cannot be a key; a key is a text or a whole number"),
        (b"title: caf\xe9", "byte 10", "is not UTF-8; please save the file as UTF-8"),
        ("title: x".encode("utf-16"), "byte 0", "is not UTF-8; please save the file as UTF-8"),
        ("a" * 1_000_001, "", "is larger than the limit of 1,000,000 bytes"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_refused_by_line(text: str | bytes, key: str, problem: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, text) == (key, problem)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 10_000 + "]" * 10_000, 1),
        ("[" * 900_000, 1),
        ("{a: " * 10_000 + "1" + "}" * 10_000, 1),
        ("- " * 400_000 + "a", 1),
        ("? " * 400_000 + "a", 1),
        ("".join(f"{' ' * i}a:\n" for i in range(1_000)), 21),
    ],
    ids=["[", "[ unclosed", "{a: ", "- ", "? ", "block"],
)
def test_nested_deeper_than_a_person_writes(text: str, line: int, tmp_path: Path) -> None:
    assert refusal(tmp_path, text) == (f"line {line}", "is nested more than 20 deep")


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "1_" * 400_000 + "x",
        "a: " + "1" * 900_000,
        "a: " + "1:" * 400_000 + "x",
        "a: " + "0x" * 400_000,
    ],
)
def test_a_long_value_is_read_at_once(text: str, tmp_path: Path) -> None:
    started = time.perf_counter()
    assert loaded(tmp_path, text) == {"a": text[3:]}
    assert time.perf_counter() - started < 20  # no hang; how fast is a benchmark


def test_a_long_value_is_cut_short_in_the_message(tmp_path: Path) -> None:
    collection = altered(
        tmp_path, "collection.yaml", "twelve_months_to: 30 June", f"twelve_months_to: {'z' * 900_000}"
    )
    assert refused(collection) == (
        "collection.yaml",
        "periods.year_to_june.twelve_months_to",
        f"'{'z' * 60}…' is not a day and month such as 30 June",
    )


def test_what_is_not_a_file_is_never_opened(tmp_path: Path) -> None:
    pipe, folder, loop = tmp_path / "pipe.yaml", tmp_path / "folder.yaml", tmp_path / "loop.yaml"
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes are files on POSIX alone")
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    for path, problem in [
        (pipe, "is not a file"),
        (folder, "is not a file"),
        (Path("/dev/zero"), "is not a file"),
        (loop, "cannot be read (Too many levels of symbolic links)"),
        (tmp_path / "gone.yaml", "cannot be read (No such file or directory)"),
        (tmp_path / ("n" * 300), "cannot be read (File name too long)"),
    ]:
        with pytest.raises(SchemaError) as caught:
            load_yaml(path)
        assert (caught.value.file, caught.value.key, caught.value.problem) == (str(path), "", problem)


@pytest.mark.parametrize("file", ["collection.yaml", "measures.yaml", "across.yaml", "domestic_abuse.yaml"])
def test_yaml_of_every_file_is_held_to_this(file: str, tmp_path: Path) -> None:
    assert refused(altered(tmp_path, file, "", "a: 1\na: 2\n")) == (
        file,
        "line 2",
        "the key 'a' appears twice",
    )
