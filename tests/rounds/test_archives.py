"""Zips as they are sent: their files are read as a folder's, and what is not read is said."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.rounds import RETURN, ROUND
from tests.support.running import peelcheck
from tests.support.workbooks import rows_of, xlsx

MARAC = (
    "force,period_start,period_end,cases,repeat_cases\nKent,2016-04-01,2017-03-31,310,90\n"
    "Kent,2015-04-01,2016-03-31,300,88\n"
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_round(tmp_path: Path, data: bytes, name: str = "kent.zip", folder: str = "kent") -> Path:
    kent = tmp_path / "returns" / folder
    kent.mkdir(parents=True)
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    (kent / name).write_bytes(data)
    return tmp_path


def result(*arguments: str | Path) -> dict[str, Any]:
    ran = peelcheck("validate", *arguments, "--format", "json")
    assert ran.exit_code in (0, 1)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def asked(root: Path) -> list[tuple[str, str, str]]:
    """Code, file and message of each query about a file, but for returns that are missing."""
    return [
        (q["code"], q["locations"][0]["file"], q["message"])
        for q in result(root)["queries"]
        if q["code"] != "RO101" and q["locations"]
    ]


def test_the_files_of_a_zip_are_read_as_a_folders(tmp_path: Path) -> None:
    wrong = MARAC.replace("310", "31o")
    files: dict[str, str | bytes] = {
        "Returns/domestic_abuse.csv": RETURN,
        "Returns/marac.csv": wrong,
        "__MACOSX/._marac.csv": b"\0",
        ".DS_Store": b"x",
    }
    root = a_round(tmp_path, zipped(files))
    found = result(root)
    assert [(f["path"], f["return"], f["force"], f["rows"]) for f in found["files"]] == [
        ("returns/kent/kent.zip/Returns/domestic_abuse.csv", "domestic_abuse", "Kent", 2),
        ("returns/kent/kent.zip/Returns/marac.csv", "marac", "Kent", 2),
    ]
    (query,) = [q for q in found["queries"] if q["code"] == "CE001"]
    place = query["locations"][0]
    assert (place["file"], place["row"], place["column"], place["cell"], place["value"]) == (
        "returns/kent/kent.zip/Returns/marac.csv", 2, "cases", "D2", "31o",
    )  # fmt: skip


def test_a_zip_by_itself_is_checked_as_the_force_that_it_is_named_after(tmp_path: Path) -> None:
    rows = RETURN.replace("Kent,", ",")
    path = tmp_path / "Kent.zip"
    files: dict[str, str | bytes] = {"domestic_abuse.csv": rows, "book.xlsx": xlsx({"marac": rows_of(MARAC)})}
    path.write_bytes(zipped(files))
    found = result(path)
    assert [(f["force"], f["return"], f["sheet"]) for f in found["files"]] == [
        ("Kent", "marac", "marac"),
        ("Kent", "domestic_abuse", None),
    ]
    assert [q["code"] for q in found["queries"] if q["severity"] == "error"] == []


def test_folders_of_forces_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    essex = RETURN.replace("Kent", "Essex")
    path.write_bytes(zipped({"kent/domestic_abuse.csv": RETURN, "essex/domestic_abuse.csv": essex}))
    assert [(f["force"], f["rows"]) for f in result(path)["files"]] == [("Essex", 2), ("Kent", 2)]


def _linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("domestic_abuse.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _encrypted() -> bytes:
    data = bytearray(zipped({"domestic_abuse.csv": RETURN}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data[place : place + 2] = struct.pack("<H", 1)
    return bytes(data)


def _twice() -> bytes:
    return zipped({"domestic_abuse.csv": RETURN, "domestic_abuse.cs_": "x"}).replace(
        b"abuse.cs_", b"abuse.csv"
    )


def _larger_than_it_says() -> bytes:
    data = zipped({"domestic_abuse.csv": RETURN + " " * 50_000})
    return data.replace(struct.pack("<I", len(RETURN) + 50_000), struct.pack("<I", 100))


BAD = {
    "a zip in a zip": (zipped({"inner.zip": zipped({"a.csv": RETURN})}), "a zip in a zip"),
    "a name that leads up": (zipped({"../domestic_abuse.csv": RETURN}), "leads out of the zip"),
    "a name from the root": (zipped({"/domestic_abuse.csv": RETURN}), "leads out of the zip"),
    "a name on a drive": (zipped({"C:/domestic_abuse.csv": RETURN}), "leads out of the zip"),
    "a name that leads up on Windows": (zipped({"a\\..\\..\\x.csv": RETURN}), "leads out of the zip"),
    "a link": (_linked(), "links in a zip are not followed"),
    "a password": (_encrypted(), "protected by a password"),
    "a file twice": (_twice(), "another file of this name"),
    "a bomb": (zipped({"domestic_abuse.csv": b" " * 30_000_000}), "times larger"),
    "a larger file than it says": (_larger_than_it_says(), "is damaged"),
    "no zip": (b"PK\x03\x04" + bytes(100), "is damaged, or is not a zip"),
    "nothing in it": (zipped({}), "contains no tables"),
    "very many files": (zipped({f"{n}.csv": "" for n in range(2_001)}), "contains 2,001 files"),
}


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD)
def test_what_is_not_read_is_an_error_with_its_reason(data: bytes, why: str, tmp_path: Path) -> None:
    root = a_round(tmp_path, data)
    (root / "returns" / "kent" / "marac.csv").write_text(MARAC, encoding="utf-8")
    said = asked(root)
    assert [code for code, _, _ in said] == ["FI001"]
    assert why in said[0][2]
    assert any(f["return"] == "marac" for f in result(root)["files"])
    assert {path.name for path in root.rglob("*") if path.is_file()} == {
        "round.yaml",
        "kent.zip",
        "marac.csv",
    }


def test_a_zip_given_by_its_path_within_a_round_is_checked_with_the_round(tmp_path: Path) -> None:
    root = a_round(tmp_path, zipped({"marac.csv": MARAC.replace("310", "31o")}))
    (root / "returns" / "kent" / "domestic_abuse.csv").write_text(
        RETURN.replace("1201", "x"), encoding="utf-8"
    )
    found = result(root / "returns" / "kent" / "kent.zip")
    assert [q["locations"][0]["value"] for q in found["queries"] if q["code"] == "CE001"] == ["31o"]
