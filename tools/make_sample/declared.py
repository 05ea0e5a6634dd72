"""What Annex A says could not be supplied, was partial, estimated, combined or not comparable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ANNEX = "PEEL effectiveness 2017, Annex A"
JUNE, JUNE_BEFORE = "2017-06-30", "2016-06-30"


@dataclass(frozen=True)
class Declared:
    """One row of `declarations.csv`."""

    force: str
    return_name: str
    item: str
    period_end: str
    status: str
    reason: str
    with_: str = ""
    measure: str = ""

    def cells(self) -> list[str]:
        """The row as written."""
        return [
            self.force,
            self.with_,
            self.return_name,
            self.item,
            self.measure,
            self.period_end,
            self.status,
            self.reason,
            ANNEX,
        ]


def declarations() -> Iterator[Declared]:
    """All of them, in the order of the annex."""
    yield Declared("Suffolk", "crime_outcomes", "", JUNE, "not_supplied", "new Athena system")
    yield Declared("Dorset", "crime_outcomes", "", JUNE_BEFORE, "not_supplied", "introduction of Niche")
    yield Declared(
        "Dorset",
        "",
        "",
        JUNE,
        "not_supplied",
        "no outcomes for 2016 to show beside",
        measure="action_taken_share",
    )
    yield Declared(
        "Suffolk", "", "", JUNE, "not_supplied", "no outcomes for 2017", measure="action_taken_share"
    )
    search = "keyword search for HMICFRS, flag only for the Home Office"
    yield Declared("North Yorkshire", "domestic_abuse_crimes", "", "", "not_comparable", search)
    for item in ("arrests", *DOMESTIC_ABUSE_OUTCOMES):
        yield Declared("North Yorkshire", "domestic_abuse", item, "", "not_comparable", search)
    for force in ("Durham", "Lancashire", "Warwickshire", "West Mercia"):
        yield Declared(
            force, "domestic_abuse", "arrests", JUNE, "not_supplied", "arrest data could not be provided"
        )
    for force in ("Cambridgeshire", "Derbyshire", "Durham", "Gloucestershire"):
        yield Declared(
            force,
            "domestic_abuse",
            "arrests",
            JUNE_BEFORE,
            "not_supplied",
            "arrest data for 2016 could not be provided",
        )
    yield Declared("Lancashire", "domestic_abuse", "arrests", JUNE_BEFORE, "caveat", "23 days affected")
    fraud = "46 groups, of which 40 belong to the National Fraud Intelligence Bureau"
    yield Declared("City of London", "organised_crime_groups", "", "", "not_comparable", fraud)
    combined = "one figure for both forces in 2016, split in 2017"
    for end in ("2016-07-01", JUNE_BEFORE):
        yield Declared("Warwickshire", "organised_crime_groups", "", end, "combined", combined, "West Mercia")
    for force in ("Bedfordshire", "Greater Manchester", "Metropolitan Police"):
        yield Declared(force, "asb_powers", "", JUNE, "not_supplied", "not held centrally")
    yield Declared("Greater Manchester", "asb_powers", "", JUNE_BEFORE, "not_supplied", "not held centrally")
    yield Declared("Suffolk", "asb_powers", "", JUNE, "partial", "southern area only")
    for force in ("Gloucestershire", "Hertfordshire"):
        led = "local authorities lead civil injunctions"
        yield Declared(force, "asb_powers", "civil_injunctions", "", "not_supplied", led)
        yield Declared(force, "asb_powers", "total", "", "incomplete", f"without civil injunctions: {led}")
    yield Declared(
        "Humberside", "asb_powers", "", "", "not_supplied", "led by local authorities, or not collected"
    )
    attached = "orders are attached to crime files"
    yield Declared("Merseyside", "asb_powers", "dispersal_orders", "", "not_supplied", attached)
    yield Declared(
        "Merseyside", "asb_powers", "total", "", "incomplete", f"without dispersal orders: {attached}"
    )
    shared = "2 percent distributed pro rata"
    yield Declared("Warwickshire", "antisocial_behaviour", "asb_incidents", "2016-03-31", "estimated", shared)
    pilot = "out-of-court disposals pilot: no simple cautions or cannabis warnings"
    for force in ("Leicestershire", "Staffordshire", "West Yorkshire"):
        yield Declared(force, "crime_outcomes", "", "", "caveat", pilot)


DOMESTIC_ABUSE_OUTCOMES = (
    "charged_summonsed",
    "out_of_court_disposals",
    "victim_does_not_support",
    "other_outcomes",
    "outcomes_total",
)
POWERS = (
    "criminal_behaviour_orders",
    "community_protection_notices",
    "civil_injunctions",
    "dispersal_orders",
)

NOT_SUPPLIED: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {
    # (return, force) → items without a figure, and for which years
    ("crime_outcomes", "Suffolk"): {"*": (2017,)},
    ("crime_outcomes", "Dorset"): {"*": (2016,)},
    ("domestic_abuse", "Durham"): {"arrests": (2017, 2016)},
    ("domestic_abuse", "Lancashire"): {"arrests": (2017,)},
    ("domestic_abuse", "Warwickshire"): {"arrests": (2017,)},
    ("domestic_abuse", "West Mercia"): {"arrests": (2017,)},
    ("domestic_abuse", "Cambridgeshire"): {"arrests": (2016,)},
    ("domestic_abuse", "Derbyshire"): {"arrests": (2016,)},
    ("domestic_abuse", "Gloucestershire"): {"arrests": (2016,)},
    ("asb_powers", "Bedfordshire"): {"*": (2017,)},
    ("asb_powers", "Greater Manchester"): {"*": (2017, 2016)},
    ("asb_powers", "Metropolitan Police"): {"*": (2017,)},
    ("asb_powers", "Gloucestershire"): {"civil_injunctions": (2017, 2016, 2015, 2014)},
    ("asb_powers", "Hertfordshire"): {"civil_injunctions": (2017, 2016, 2015, 2014)},
    ("asb_powers", "Humberside"): {"*": (2017, 2016, 2015, 2014)},
    ("asb_powers", "Merseyside"): {"dispersal_orders": (2017, 2016, 2015, 2014)},
    ("organised_crime_groups", "West Mercia"): {"*": (2016, 2015, 2014)},
    ("organised_crime_groups", "Warwickshire"): {"*": (2015, 2014)},
}


def given(return_name: str, force: str, item: str, year: int) -> bool:
    """Whether there is a figure at all."""
    missing = NOT_SUPPLIED.get((return_name, force), {})
    return year not in missing.get("*", ()) and year not in missing.get(item, ())
