"""The README of the sample round, with both lists of what it raises as tables that a test reads back."""

from __future__ import annotations

from pathlib import Path

from tools.make_sample.faults import FAULTS, Raised
from tools.make_sample.published import TRANSIENT

UNUSUAL: tuple[tuple[Raised, str], ...] = (
    (
        Raised("City of London", "antisocial_behaviour", "asb_incidents", "2017-03-31", "AS201"),
        "published: incidents rose from 839 to 1,445",
    ),
    (
        Raised("Dyfed-Powys", "mental_health", "detentions", "2017-06-30", "MH201"),
        "illustrative: an unusually low random draw, 245 after 321",
    ),
    (
        Raised("Surrey", "domestic_abuse", "dvpos_breached", "2017-06-30", "DA110"),
        "illustrative: a low random draw, 4 after 10",
    ),
    (
        Raised("West Midlands", "domestic_abuse", "dvpos_granted", "2017-06-30", "DA110"),
        "the report's: 125 orders granted after none the year before",
    ),
    (
        Raised("West Midlands", "antisocial_behaviour", "asb_incidents", "2016-03-31", "AS105"),
        "published: 58,348 in one edition, 61,405 in the next",
    ),
)
"""Figures that are correct but that the program queries all the same."""

HEAD = """\
# A sample round

A complete round as the inspectorate would receive it: 43 forces' returns, reference tables, inspection data,
history (accepted figures) and declarations. Check it with `peelcheck validate sample_returns`.

**Nearly everything here is illustrative.** Three tables are published figures: populations (but City of London's
also counts an illustrative {transient:,} people who are there only by day), crimes recorded, and antisocial behaviour
incidents (Crown copyright, Open Government Licence v3.0, Office for National Statistics and Home Office). West
Midlands' figures are those of *PEEL: Police effectiveness 2017, West Midlands Police* where the report gives them,
and the declarations are those of its Annex A. All other figures, *in particular everything that another force appears
to have submitted*, were drawn at random by `tools/make_sample`, so that the results for West Midlands and for England
and Wales match the report. They say nothing about any force. No force made the planted faults.

| Folder | What |
|---|---|
| `returns/` | one folder per force, one file per return, as received |
| `reference/` | published tables |
| `inspection/` | the inspectorate's own: files reviewed, survey responses |
| `history/` | figures accepted in earlier rounds |
| `declarations.csv` | what forces could not supply, and why |

`python -m tools.make_sample sample_returns` writes it all again; `--clean FOLDER` writes the same round without faults.

## Planted faults

{faults} faults in {forces} forces, and every query and note that they must raise. A test checks that this list and the
program's output match exactly. The period is blank if a query is about a file; the item is blank if it is about a row
or a file.

| Force | Return | Item | Period to | Code | What was done |
|---|---|---|---|---|---|
"""

UNUSUAL_HEAD = """
## Correct but unusual

Figures that are correct but that peelcheck queries all the same. The round without faults raises them too. A round of
this size is expected to raise a few.

| Force | Return | Item | Period to | Code | Why |
|---|---|---|---|---|---|
"""


def write_readme(path: Path) -> None:
    """Write the README of the spoiled round."""
    forces = {raised.force for fault in FAULTS for raised in fault.raised if raised.force}
    text = HEAD.format(transient=TRANSIENT, faults=len(FAULTS), forces=len(forces))
    text += "".join(_row(raised, fault.what) for fault in FAULTS for raised in fault.raised)
    text += UNUSUAL_HEAD + "".join(_row(raised, why) for raised, why in UNUSUAL)
    path.write_text(text, encoding="utf-8")


def _row(raised: Raised, words: str) -> str:
    cells = (raised.force, raised.return_name, raised.item, raised.period_end, raised.code, words)
    return f"| {' | '.join(cells)} |\n"
