"""What a force has to check its own files with: its context, or the parts of one, each by itself."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.errors import UsageError
from peelcheck.model import Collection, Declaration, ReadFile, ReturnKind
from peelcheck.rounds.context import read_context
from peelcheck.rounds.declarations_file import read_declarations
from peelcheck.rounds.files import tables
from peelcheck.rounds.folder import Round
from peelcheck.rounds.received import Received
from peelcheck.schema.textfile import Digests
from peelcheck.wording import listed

_PARTS = ("history", "declarations", "reference")


class Material(Struct, frozen=True):
    """The paths that were given to check a force's own files with; None for what was not given.

    `context` is a context file, or a folder of them; `history` and `reference` are folders as in a round, `declarations` is a
    file as in a round.
    """

    context: Path | None = None
    history: Path | None = None
    declarations: Path | None = None
    reference: Path | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is anything."""
        return any(getattr(self, name) is not None for name in self.__struct_fields__)

    def refuse_both(self) -> None:
        """A context has every part already.

        Raises:
            UsageError: a part is given beside a context.
        """
        both = [f"--{part}" for part in _PARTS if getattr(self, part) is not None]
        if self.context is not None and both:
            raise UsageError(
                f"--context already contains what {listed(both)} would add; please leave one of them out"
            )


def force_of(round_: Round) -> str | None:
    """The force whose folder all files are in; None if that is not known, or if there are several."""
    owners = {file.force for file in round_.received}
    return next(iter(owners)) if len(owners) == 1 else None


def context_path(material: Material, force: str | None, collection: Collection) -> Path | None:
    """The context file that was given; of a folder, that of the force.

    Raises:
        UsageError: a folder was given, and it is not known whose files are checked, or there is no file of that force.
    """
    path = material.context
    if path is None or not path.is_dir():
        return path
    if force is None:
        raise UsageError(
            f"{path}: is a folder, and the files do not show whose context is meant; please name one file of it"
        )
    slug = next(each.slug for each in collection.forces if each.name == force)
    file = path / f"{slug}.json"
    if not file.is_file():
        raise UsageError(f"{path}: contains no context of {force} ({slug}.json)")
    return file


def with_material(round_: Round, material: Material, force: str | None) -> Round:
    """Files on their own, as those of one force, with what a round would know about it.

    Args:
        round_: the files, opened by themselves.
        material: what to check them with.
        force: whose files they are, as far as their folders or rows show it; None if they do not.

    Raises:
        UsageError: they are a round; or they are of another force than the context.
        SchemaError: a file of the material is wrong.
    """
    if round_.whole:
        raise UsageError(
            f"{round_.folder}: is a round, which has its own history and declarations; --context and its parts are for "
            f"the files of one {round_.collection.nouns.one}"
        )
    material.refuse_both()
    own: tuple[ReadFile, ...]
    path = context_path(material, force, round_.collection)
    digests: Digests = {}
    if path is not None:
        context = read_context(path, round_.collection, digests)
        if force not in (None, context.force):
            raise UsageError(f"{path}: is the context of {context.force}, but the files are of {force}")
        history = context.received(path, "history")
        reference, declared = context.received(path, "reference"), context.declarations
        force = context.force
        own = (ReadFile(str(path), digests[path.name], force, None, 0),)
    else:
        history = _folder(material.history, round_.collection, None)
        reference = _folder(material.reference, round_.collection, ReturnKind.REFERENCE)
        declared = _declared(material.declarations, round_.collection, digests)
        own = tuple(
            ReadFile(str(material.declarations), digest, None, None, len(declared))
            for digest in digests.values()
        )
    returns = tuple(
        replace(file, kind=ReturnKind.RETURN, force=file.force or force) for file in round_.received
    )
    return replace(
        round_,
        received=(*returns, *reference),
        history=history,
        declarations=declared,
        own=own,
        force=force,
        beside=frozenset(file.name for file in reference),
    )


def _declared(path: Path | None, collection: Collection, digests: Digests) -> tuple[Declaration, ...]:
    if path is None:
        return ()
    if not path.exists():
        raise UsageError(f"{path}: there is no such file")
    return read_declarations(path, collection, digests)[0]


def _folder(path: Path | None, collection: Collection, kind: ReturnKind | None) -> tuple[Received, ...]:
    """The tables in a folder, each called by its path."""
    if path is None:
        return ()
    if not path.is_dir():
        raise UsageError(f"{path}: is not a folder")
    found = tuple(
        replace(file, name=f"{path.as_posix()}/{file.name}", force=None)
        for file in tables(path, path, collection, kind)
    )
    if not found:
        raise UsageError(f"{path}: contains no tables (.csv, .xlsx, …)")
    return found
