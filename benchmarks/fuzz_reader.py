"""Feed the reader mutated files, and hold what it gives to its promises.

    python -m benchmarks.fuzz_reader --executions 100000

Starts from files of every kind (and from `--corpus`, a folder), and mutates them: bytes flipped, runs repeated or cut, two
files spliced, tokens of CSV put in. One file in 300 has nearly a megabyte, something small again and again. With
`--atheris`, where it is installed, libFuzzer chooses the mutations by what they reach. Reports executions, crashes (an
exception, or a promise broken) and files that took over a second of the processor; each is kept as a file in `--keep`.
Those that took so long are read again at the end, as the same file takes twice as long at times on a machine that others
use too. Exit code 1 if there was a crash, or a file that takes over a second then as well.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from peelcheck.reading.table import TextTable, read_chunks, read_table

KNOWN = ("force", "force_code", "period_start", "period_end", "arrests", "charged", "note", "a", "b", "c")
SLOW = 1.0
LARGEST = 1 << 16
LARGE = 950_000
"""Bytes of the files that are made by repetition: what takes long on a whole file must not take longer than `SLOW`."""
ONE_LARGE_IN = 300
TOKENS = (
    *(
        b",",
        b";",
        b"\t",
        b"|",
        b'"',
        b'""',
        b"'",
        b"\\",
        b'\\"',
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b",,,\n",
        b'"\n',
        b'",',
        b',"',
    ),
    *(
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbf\xbd",
        b"\xa3",
        b"\xc2\xa3",
        b"\x93",
        b"\x81",
        b"\xe2\x80",
    ),
    *(
        b"sep=;\n",
        b"force,arrests,charged\n",
        b"Kent,1,2\n",
        b"Source: x\n",
        b"Total",
        b"2017-06-30",
        b"1,234",
        b" ",
        b"\xa0",
    ),
    *(
        b"PK\x03\x04",
        b"%PDF-",
        b"<html>",
        b"<?xml ",
        b"\x1f\x8b",
        b"x" * 200,
        b"||",
        b", ",
        b"\x0b",
        b"\x1c",
        b"\xe2\x80\xa8",
    ),
)


def corpus(folder: Path | None) -> list[bytes]:
    """Files to begin with."""
    table = "force,arrests,charged,note\nKent,10,3,\nSurrey,12,4,“£5”\n"
    quoted = 'force,arrests,note\n"Kent","10","one, ""two""\nthree"\nSurrey,12,"x"\n'
    files = [
        *(table.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252")),
        *(
            text.replace(",", to).encode()
            for text in (table, quoted)
            for to in (",", ";", "\t", "|", "||", ", ", " ")
        ),
        *(table.replace("\n", end).encode() for end in ("\r\n", "\r", "\n\n")),
        b"Title\n\n" + table.encode() + b"\nSource: x\n" + b",,,\n" * 5,
        table.encode() + b"\nregion,officers\nNorth,5\n" + table.encode(),
        b"sep=;\nforce;a\nKent;1\n",
        b"Title,,,\nforce,x,,note\n,a,b,\nKent,1,2,\n",
        b"force,Kent,Surrey\narrests,1,2\ncharged,3,4\nnote,,\n",
        b"'force','a'\n'Kent','it''s'\n",
        b'"force";"a"\n"Kent";"the \\"big\\" one"\n',
        b"force,a,b\n" + b"Kent,1,2\n" * 300,
        b'force,a,b\nKent,"1,2\n' + b"Essex,3,4\n" * 50,
    ]
    if folder is not None:
        files += [path.read_bytes()[:LARGEST] for path in sorted(folder.rglob("*")) if path.is_file()]
    return files


def mutated(files: list[bytes], chance: random.Random) -> bytes:
    """One of the files, changed in a few places."""
    data = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 4, 16, 64)))
        match chance.randrange(7):
            case 0:
                data[at:at] = chance.choice(TOKENS)
            case 1:
                data[at:end] = chance.choice(TOKENS)
            case 2:
                del data[at:end]
            case 3 if at < len(data):
                data[at] = chance.randrange(256)
            case 4:
                data[at:at] = data[at:end] * chance.choice((1, 2, 10, 100))
            case 5:
                other = chance.choice(files)
                data[at:] = other[chance.randrange(len(other) + 1) :]
            case _:
                data[at:at] = chance.choice(TOKENS) * chance.choice((1, 2, 3, 50))
    return bytes(data[:LARGEST])


def repeated(files: list[bytes], chance: random.Random) -> bytes:
    """A file of nearly a megabyte: a few tokens, or a mutated file, again and again, below a few sound rows or none.

    In every other one a number that counts stands in what is repeated, so that no row is like another.
    """
    if chance.random() < 0.8:
        unit = b"".join(chance.choice(TOKENS) for _ in range(chance.randrange(1, 8)))
    else:
        unit = mutated(files, chance) or b"\n"
    begin = b"force,arrests,charged\nKent,1,2\nSurrey,3,4\n" * chance.randrange(2)
    if chance.random() < 0.5:
        return begin + unit * ((LARGE - len(begin)) // len(unit))
    at, times = chance.randrange(len(unit) + 1), LARGE // len(unit) + 1
    counted = (unit[:at] + b"%d" % n + unit[at:] for n in range(times))
    return (begin + b"".join(counted))[:LARGE]


def hold(table: TextTable) -> None:
    """Raise where the reader breaks a promise."""
    frame = table.frame
    rows = frame.index.tolist()
    assert all(one < other for one, other in pairwise(rows)), "rows do not increase"
    assert not rows or rows[0] > table.header_row, "a row above the headings"
    assert all(str(dtype) == "str" for dtype in frame.dtypes), "a column that is not text"
    assert not bool(frame.isna().to_numpy().any()), "a cell that is not text"
    assert frame.columns.is_unique, "two columns of one name"
    assert len(frame.columns) or any(found.severity == "error" for found in table.problems), (
        "nothing read, nothing said"
    )
    assert all(row > 0 for found in table.problems for row in found.rows), "a row that is none"


class Read(NamedTuple):
    """A file, the headings that were known, and how many seconds of the processor the reading took."""

    data: bytes
    columns: Sequence[str]
    took: float


def timed(data: bytes, columns: Sequence[str]) -> tuple[TextTable, float]:
    """Read a file, and say how many seconds of the processor that took."""
    start = time.process_time()
    table = read_table(data, columns=columns)
    return table, time.process_time() - start


def one(data: bytes, chance: random.Random) -> Read:
    """Read a file, and hold the result; a reading that was slow is timed twice, and the shorter time counts."""
    columns = KNOWN if chance.random() < 0.5 else ()
    table, took = timed(data, columns)
    if took > SLOW:
        took = min(took, timed(data, columns)[1])
    hold(table)
    if chance.random() < 0.1:
        size = chance.choice((1, 2, 7)) * (1 if len(data) <= LARGEST else 1_000)
        plain = read_table(data)
        pieces = [row for piece in read_chunks(data, rows=size) for row in piece.frame.index.tolist()]
        assert pieces == plain.frame.index.tolist(), "pieces are not the whole"
    return Read(data, columns, took)


def fuzz(executions: int, seed: int, folder: Path | None, keep: Path) -> Counter[str]:
    """Run, and count what happened."""
    chance, files, counts = random.Random(seed), corpus(folder), Counter[str]()  # noqa: S311 (chance, not secrets)
    longest, slow = {mutated: 0.0, repeated: 0.0}, list[Read]()
    for n in range(executions):
        make = mutated if chance.randrange(ONE_LARGE_IN) else repeated
        data = make(files, chance)
        try:
            read = one(data, chance)
        except Exception as error:
            counts["crashes"] += 1
            kept(data, keep, "crash", f"{type(error).__name__}: {error}")
            traceback.print_exc(limit=-3)
        else:
            longest[make] = max(longest[make], read.took)
            counts["large"] += make is repeated
            if read.took > SLOW:
                slow.append(read)
                kept(data, keep, "slow", f"{read.took:.1f} s")
        counts["executions"] += 1
        if n and not n % 10_000:
            print(f"{n:,} of {executions:,}: {counts['crashes']} crashes, {len(slow)} slow", flush=True)
    print(f"longest: {longest[mutated]:.3f} s, of {counts['large']:,} large files {longest[repeated]:.3f} s")
    counts["slow"], counts["slow again"] = len(slow), sum(took > SLOW for took in again(slow))
    return counts


def again(slow: Sequence[Read]) -> Iterator[float]:
    """How long the files that were slow take now, the shortest of three readings."""
    for read in slow:
        took = min(timed(read.data, read.columns)[1] for _ in range(3))
        print(f"slow-{name_of(read.data)}: {read.took:.2f} s, and read again {took:.2f} s")
        yield took


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def kept(data: bytes, folder: Path, what: str, why: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{what}-{name_of(data)}.csv"
    path.write_bytes(data)
    print(f"{path}: {why}", flush=True)


def with_atheris(executions: int, folder: Path) -> None:
    """Let libFuzzer choose the mutations; it ends the process itself."""
    import atheris

    folder.mkdir(parents=True, exist_ok=True)
    for n, data in enumerate(corpus(None)):
        (folder / f"seed-{n}").write_bytes(data)
    for name in [name for name in sys.modules if name.startswith("peelcheck.reading")]:
        del sys.modules[name]  # imported again so that atheris sees where it goes
    with atheris.instrument_imports(include=["peelcheck.reading"]):
        from peelcheck.reading.table import read_table
    atheris.Setup(
        [sys.argv[0], str(folder), f"-runs={executions}", f"-max_len={LARGEST}", "-timeout=5"],
        lambda data: hold(read_table(data)),
    )
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description="Feed the reader mutated files.")
    parser.add_argument("--executions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--corpus", type=Path, help="a folder of files to begin with, beside those of its own"
    )
    parser.add_argument(
        "--keep", type=Path, default=Path("fuzz"), help="where a file that crashes the reader is kept"
    )
    parser.add_argument("--atheris", action="store_true", help="let libFuzzer choose the mutations")
    given = parser.parse_args()
    if given.atheris:
        with_atheris(given.executions, given.keep / "corpus")
    counts = fuzz(given.executions, given.seed, given.corpus, given.keep)
    print(
        f"{counts['executions']:,} executions, {counts['crashes']} crashes, {counts['slow']} over {SLOW:g} s, "
        f"{counts['slow again']} of them when read again"
    )
    return int(counts["crashes"] + counts["slow again"] > 0)


if __name__ == "__main__":
    sys.exit(main())
