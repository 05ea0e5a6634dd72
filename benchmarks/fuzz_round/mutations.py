"""One change each to a round: to a cell, a row, the headings, the bytes of a file, the folder, or a YAML file."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from benchmarks.fuzz_reader import TOKENS
from benchmarks.fuzz_round.base import ACCEPTED, Files, Rows, parsed, written

Chance = random.Random

CELLS = (
    "", " ", "0", "1", "-1", "12", "1,234", "1.234,5", "12.5", "1e5", "0.0e+00", "NaN", "inf", "n/a", "..", "[x]", "-",
    "£12", "12%", "(45)", "=1+1", "9" * 30, "Kent", "Essex", "kent police", "Kent / Essex",
    "Narnia", "E23000032", "E92000001",
    "2017-06-30", "2016-07-01", "30/06/2017", "06/30/2017", "31/02/2017", "2016/17", "42916", "2017-06-30T23:30:00Z", "Total",
    "England and Wales", "yes", "é", "\x91No 32\x92", "\x00", "a\nb", 'say "so"', "a;b", "\u202ex", "x" * 1_200, "'=cmd",
    "not_supplied", "incomplete", "combined", "asb_powers", "total", "asb_powers_rate", "force", "period_end", "note",
)  # fmt: skip
VALUES = (
    "", "~", "[]", "{}", "null", "true", "0", "-1", "1.5", ".nan", "1e400", "2017", "2017-06-30",
    "30 June", "31 February", "x",
    "'", "[", "*a", "&a [*a]", "!!python/object:os.system {}", "integer", "date", "string",
    "number", "[total]", "[total, total]",
    "population.population", "asb_powers.total", "incidents.domestic_abuse", "year_to_june", "sums_to", "own_past", "'[0-9'",
    "'(a+)+$'", "force", "error", "note", "rate", "proportion", "- x", "{a: 1, a: 2}", "99999999999999999999",
)  # fmt: skip
NAMES = (
    "returns/kent/copy.csv", "returns/Essex Police/asb_powers.csv", "returns/nobody/incidents.csv", "returns/loose.csv",
    "returns/kent/deep/er/incidents.csv", "returns/kent/INCIDENTS.CSV", "returns/kent/incidents.txt",
    "returns/kent/incidents.xlsx", "returns/kent/~$incidents.csv", "returns/kent/.hidden.csv", "reference/other.csv",
    "history/other.csv", "returns/kent/[x] = 1.csv", "returns/kent/é ü.csv", "loose.csv", "returns/kent/a\nb.csv",
    "inspection/marac.csv", "accepted.csv", "returns/kent/incidents (1).csv",
)  # fmt: skip


def mutated(files: Files, chance: Chance) -> Files:
    """The files with one to six changes."""
    files = dict(files)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        change = chance.choices(CHANGES, WEIGHTS)[0]
        change(files, chance)
    return files


def _any(files: Files, chance: Chance, start: str = "round/", end: str = ".csv") -> str | None:
    """One of the files by the start and the end of its path."""
    paths = [path for path in files if path.startswith(start) and path.endswith(end)]
    return chance.choice(paths) if paths else None


def _table(
    files: Files, chance: Chance, change: Callable[[Rows, Chance], Rows | None], start: str = "round/"
) -> None:
    """Change the rows of a file that is still a plain one."""
    path = _any(files, chance, start)
    if path is None:
        return
    try:
        rows = parsed(files[path])
    except Exception:
        return  # its bytes were changed before
    if rows:
        files[path] = written(change(rows, chance) or rows)


def _a_cell(rows: Rows, chance: Chance) -> None:
    for _ in range(chance.choice((1, 1, 1, 4))):
        row = chance.choice(rows[1:] or rows)
        if row:
            at = chance.randrange(len(row))
            row[at] = chance.choice(
                (chance.choice(CELLS), row[at] + chance.choice(CELLS), row[at] * 2, row[at][1:])
            )


def cell(files: Files, chance: Chance) -> None:
    """A cell of any table of the round."""
    _table(files, chance, _a_cell, chance.choice(("round/returns/", "round/returns/", "round/")))


def column(files: Files, chance: Chance) -> None:
    """One column of a table, in all rows: another value, a factor, nothing, or moved."""

    def change(rows: Rows, chance: Chance) -> None:
        at, value = chance.randrange(max(map(len, rows)) or 1), chance.choice(CELLS)
        kind = chance.randrange(4)
        for row in rows[1:]:
            if at < len(row):
                cell = row[at]
                row[at] = (value, cell + "0" if cell.isdecimal() else cell, "", cell)[kind]
                if kind == 3:
                    row.insert(0, row.pop(at))

    _table(files, chance, change)


def heading(files: Files, chance: Chance) -> None:
    """A heading renamed, twice, left out, exchanged or added."""

    def change(rows: Rows, chance: Chance) -> None:
        first = rows[0]
        if not first:
            return
        at, other = chance.randrange(len(first)), chance.randrange(len(first))
        match chance.randrange(6):
            case 0:
                first[at] = chance.choice(
                    (*CELLS, first[at].upper(), first[at].replace("_", " "), f"{first[at]} (12 months)")
                )
            case 1:
                first[at] = first[other]
            case 2:
                first[at], first[other] = first[other], first[at]
            case 3:
                del first[at]
            case 4:
                first.insert(at, chance.choice(CELLS))
            case _:
                for row in rows:
                    del row[at : at + 1]

    _table(files, chance, change)


def row(files: Files, chance: Chance) -> None:
    """A row left out, repeated, moved, blank, ragged, or one that is no record."""

    def change(rows: Rows, chance: Chance) -> Rows:
        at = chance.randrange(len(rows))
        match chance.randrange(8):
            case 0:
                del rows[at]
            case 1:
                rows[at:at] = [list(rows[at])] * chance.choice((1, 2, 30))
            case 2:
                rows.append(rows.pop(at))
            case 3:
                rows.insert(
                    at,
                    chance.choice(
                        ([], [""] * 5, ["Title"], ["Source: x"], ["", "Total", "12"], list(rows[0]))
                    ),
                )
            case 4:
                rows[at].insert(chance.randrange(len(rows[at]) + 1), chance.choice(CELLS))
            case 5:
                del rows[at][chance.randrange(len(rows[at]) + 1) :]
            case 6:
                rows[at] += ["", "", chance.choice(CELLS)]
            case _:
                return [list(cells) for cells in zip(*rows, strict=False)] or rows
        return rows

    _table(files, chance, change)


def characters(files: Files, chance: Chance) -> None:
    """A file as other programs write it: encoding, separator, line ends, quotation marks."""
    path = _any(files, chance)
    if path is None:
        return
    text = files[path].decode("utf-8", errors="replace")
    match chance.randrange(5):
        case 0:
            name = chance.choice(("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "utf-32"))
            files[path] = text.encode(name, errors="replace")
        case 1:
            files[path] = text.replace(",", chance.choice((";", "\t", "|"))).encode()
        case 2:
            files[path] = text.replace("\r\n", chance.choice(("\n", "\r", "\n\n"))).encode()
        case 3:
            files[path] = text.replace("\r\n", '"\r\n"').replace(",", '","').encode()
        case _:
            files[path] = ("sep=,\r\n" + text).encode()


def data(files: Files, chance: Chance) -> None:
    """The bytes of a file: some put in, taken away or repeated, or the beginning of one before the end of another."""
    path, other = _any(files, chance), _any(files, chance)
    if path is None or other is None:
        return
    found = bytearray(files[path])
    at = chance.randrange(len(found) + 1)
    match chance.randrange(5):
        case 0:
            found[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 20))
        case 1:
            del found[at : at + chance.choice((1, 4, 100))]
        case 2:
            del found[at:]
        case 3:
            found[at:] = files[other][chance.randrange(len(files[other]) + 1) :]
        case _:
            found *= 2
    files[path] = bytes(found)


def folder(files: Files, chance: Chance) -> None:
    """A file left out, renamed, copied or put into another folder."""
    path = _any(files, chance, end="")
    if path is None:
        return
    other = f"round/{chance.choice(NAMES)}"
    match chance.randrange(5):
        case 0:
            del files[path]
        case 1:
            files[other] = files.pop(path)
        case 2:
            files[other] = files[path]
        case 3:
            there = _any(files, chance, "round/returns/") or path
            files[path], files[there] = files[there], files[path]
        case _:
            gone = path.rpartition("/")[0] + "/"
            for name in [name for name in files if name.startswith(gone)]:
                del files[name]


def declared(files: Files, chance: Chance) -> None:
    """A cell, a heading or a row of what forces declared, or of what was accepted."""
    if chance.random() < 0.2:
        rows = [chance.choice(CELLS) for _ in range(10)]
        files["round/accepted.csv"] = written([ACCEPTED.strip().split(","), rows])
        return
    _table(files, chance, _a_cell, "round/declarations")


def lines(files: Files, chance: Chance, start: str) -> None:
    """A line of a YAML file left out, repeated, exchanged, indented, or with another value."""
    path = _any(files, chance, start, ".yaml")
    if path is None:
        return
    text = files[path].decode("utf-8", errors="replace").splitlines()
    if not text:
        return
    at = chance.randrange(len(text))
    key, colon, _ = text[at].partition(":")
    match chance.randrange(7):
        case 0:
            del text[at]
        case 1:
            text.insert(at, text[chance.randrange(len(text))])
        case 2:
            text[at] = "  " + text[at]
        case 3:
            text[at] = f"{key}x{colon} {chance.choice(VALUES)}"
        case 4:
            text.append(
                chance.choice(("groups: {}", "due: 2017-09-01", "x: 1", "\x00", "date: 2019-01-01", "- x"))
            )
        case _:
            text[at] = f"{key}{colon or ':'} {chance.choice(VALUES)}"
    files[path] = "\n".join(text).encode()


def round_file(files: Files, chance: Chance) -> None:
    """A line of `round.yaml`."""
    lines(files, chance, "round/round.yaml")


def schema(files: Files, chance: Chance) -> None:
    """A line of a schema."""
    if chance.random() < 0.1:
        _table(files, chance, _a_cell, "schemas/")
    else:
        lines(files, chance, "schemas/")


CHANGES: Sequence[Callable[[Files, Chance], None]] = (
    cell, column, heading, row, characters, data, folder, declared, round_file, schema,
)  # fmt: skip
WEIGHTS = (20, 6, 10, 12, 6, 6, 8, 2, 1, 4)
