"""What forces have said about their figures: looked up by force, item or measure, and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from msgspec import Struct, field

from peelcheck.model import Declaration, Status

Key = tuple[str, str, str | None, int | None]


class Declarations(Struct, frozen=True):
    """All declarations of a round; the most particular one wins (item before return, year before every year)."""

    rows: tuple[Declaration, ...] = ()
    _items: dict[Key, Declaration] = field(default_factory=dict)
    _about: defaultdict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    _measures: dict[Key, Declaration] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Declaration]) -> Declarations:
        """Index the declarations."""
        held = cls(tuple(rows))
        for d in held.rows:
            year = d.period_end.year if d.period_end else None
            for force in (d.force, d.partner):
                if force is None:
                    continue
                if d.measure:
                    held._measures[force, d.measure, None, year] = d
                elif d.return_name:
                    held._items[force, d.return_name, d.item, year] = d
                    held._about[d.return_name, d.item].add(force)
        return held

    def about(self, return_name: str, item: str) -> Set[str]:
        """The forces that said anything about an item."""
        return self._about.get((return_name, item), set()) | self._about.get((return_name, None), set())

    def of_item(self, force: str, return_name: str, item: str, year: int) -> Declaration | None:
        """What the force said about an item for the period that ends in a year; None if nothing."""
        for key in ((item, year), (item, None), (None, year), (None, None)):
            found = self._items.get((force, return_name, *key))
            if found:
                return found
        return None

    def withhold(self, force: str, return_name: str, item: str, years: Iterable[int]) -> bool:
        """Whether the force declared that it has no figure of its own for an item in any of some years."""
        said = [self.of_item(force, return_name, item, year) for year in years]
        return bool(said) and all(
            d is not None and d.status in (Status.NOT_SUPPLIED, Status.COMBINED) for d in said
        )

    def of_measure(self, force: str, measure: str, year: int) -> Declaration | None:
        """What takes the force out of one measure, or marks it there; None if nothing."""
        return self._measures.get((force, measure, None, year)) or self._measures.get(
            (force, measure, None, None)
        )
