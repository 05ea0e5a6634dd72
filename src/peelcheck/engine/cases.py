"""Cases beside a collection: rows in, findings out. They are YAML in its folder `cases`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from peelcheck import engine
from peelcheck.errors import UsageError
from peelcheck.model import Collection, Findings, Severity
from peelcheck.schema.entries import Entry
from peelcheck.schema.yamlfile import load_yaml
from peelcheck.wording import listed

FOLDER = "cases"
_CASE = ("name", "files", "found")
_FINDING = ("code", "return", "row", "column")


class Seen(Struct, frozen=True, order=True):
    """One finding: its rule, and where it is. A row of 0 is a file as a whole."""

    code: str
    return_name: str
    row: int
    column: str

    def __str__(self) -> str:
        """`MA101 in marac, row 2, repeat_cases`."""
        where = [
            self.return_name and f"in {self.return_name}",
            f"row {self.row}" if self.row else "",
            self.column,
        ]
        return f"{self.code} {', '.join(part for part in where if part)}".strip()


class Outcome(Struct, frozen=True):
    """What came of a case: findings that were expected and did not come, and those that came unexpected."""

    file: str
    name: str
    missing: tuple[Seen, ...] = ()
    unexpected: tuple[Seen, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether exactly the expected findings came."""
        return not self.missing and not self.unexpected

    @property
    def words(self) -> str:
        """What did not come, and what came instead."""
        parts = []
        if self.missing:
            parts.append(f"expected {listed([str(one) for one in self.missing])}")
        if self.unexpected:
            parts.append(f"found {listed([str(one) for one in self.unexpected])}")
        return "; ".join(parts)


def run_cases(collection: Collection) -> Iterator[Outcome]:
    """Run every case of a collection.

    Raises:
        UsageError: it has none.
        SchemaError: a case is not as it should be.
    """
    files = sorted((collection.folder / FOLDER).glob("*.yaml"))
    if not files:
        raise UsageError(f"{collection.folder}: has no cases ({FOLDER}/*.yaml)")
    for file in files:
        for entry in Entry(str(file), "", load_yaml(file)).entries():
            yield _run(entry, collection)


def _run(entry: Entry, collection: Collection) -> Outcome:
    table = entry.table(_CASE, ("history", "notes"))
    notes = "notes" in table and table["notes"].flag()
    expected = sorted(_expected(one, collection) for one in table["found"].entries())
    files = dict(table["files"].pairs())
    history = dict(table["history"].pairs()) if "history" in table else {}
    with tempfile.TemporaryDirectory(prefix="peelcheck-") as folder:
        root = Path(folder)
        _write(root / "returns" / "case", files, collection)
        _write(root / "history", history, collection)
        found = sorted(_found(root, bool(history), collection, notes))
    missing, unexpected = _without(expected, found), _without(found, expected)
    return Outcome(entry.file, table["name"].text(), missing, unexpected)


def _without(some: Sequence[Seen], others: Sequence[Seen]) -> tuple[Seen, ...]:
    left = list(others)
    out = []
    for one in some:
        if one in left:
            left.remove(one)
        else:
            out.append(one)
    return tuple(out)


def _expected(entry: Entry, collection: Collection) -> Seen:
    table = entry.table(("code",), _FINDING[1:])
    return Seen(
        table["code"].text(),
        table["return"].known(collection.returns, "return") if "return" in table else "",
        table["row"].whole(least=1) if "row" in table else 0,
        table.maybe_text("column") or "",
    )


def _write(folder: Path, files: dict[str, Entry], collection: Collection) -> None:
    folder.mkdir(parents=True)
    for name, entry in files.items():
        Entry(entry.file, entry.key, name).known(collection.returns, "return")
        if not isinstance(entry.value, str):
            entry.refuse("expected the rows of a CSV file")
        (folder / f"{name}.csv").write_text(entry.value, encoding="utf-8")


def _found(root: Path, in_round: bool, collection: Collection, notes: bool) -> Iterator[Seen]:
    """The findings about the files of a case; of a case with history also what is compared with it."""
    seen: list[Findings] = []
    paths = [root]
    if in_round:
        days = f"date: {collection.year}-12-31\ndue: {collection.year + 1}-12-31\n"
        text = f"title: A case\ncollection: {collection.name}\n{days}"
        (root / "round.yaml").write_text(text, encoding="utf-8")
    else:
        paths = [root / "returns"]
    engine.validate(
        paths, collection=collection.name, schemas=collection.folder.parent, on_findings=seen.append
    )
    for found in seen:
        if found.spec.severity is Severity.NOTE and not notes:
            continue
        for i in range(len(found)):
            if found.sources[i] is not None:
                yield Seen(found.spec.code, found.return_name or "", int(found.rows[i]), found.column or "")
