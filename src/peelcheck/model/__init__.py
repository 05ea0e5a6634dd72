"""The words of the house as types: frozen, without input or output, without pandas logic.

A *return* is what a force sends, a *field* one of its columns, an *item* a field that holds a figure. A *check* is written
in YAML (`CheckSpec`), what it saw are `Findings` (many, columnar, internal), and what is sent to a force is a
`Query` (few, worded, tracked).
"""

from __future__ import annotations

from peelcheck.model.acceptance import Acceptance, Band, OwnFigure
from peelcheck.model.bodies import Force, OutOfScope
from peelcheck.model.collection import Collection, Measure, Side, Thresholds
from peelcheck.model.declaration import Declaration
from peelcheck.model.enums import ReturnKind, Severity, Status, Subject, Tier
from peelcheck.model.evidence import Evidence
from peelcheck.model.figures import Figure, FigureSet, ItemFigure
from peelcheck.model.nouns import Nouns
from peelcheck.model.places import Location, Source
from peelcheck.model.reasons import Reason, ReasonKind
from peelcheck.model.results import Also, Cells, CheckRun, Findings, NotRun, Query, ReadFile, Result
from peelcheck.model.returns import NUMBERS, CheckSpec, Field, Period, RecordCount, ReturnSchema
from peelcheck.model.selection import Selection
from peelcheck.model.spellings import CodeForm, Spellings

__all__ = [
    "NUMBERS",
    "Acceptance",
    "Also",
    "Band",
    "Cells",
    "CheckRun",
    "CheckSpec",
    "CodeForm",
    "Collection",
    "Declaration",
    "Evidence",
    "Field",
    "Figure",
    "FigureSet",
    "Findings",
    "Force",
    "ItemFigure",
    "Location",
    "Measure",
    "NotRun",
    "Nouns",
    "OutOfScope",
    "OwnFigure",
    "Period",
    "Query",
    "ReadFile",
    "Reason",
    "ReasonKind",
    "RecordCount",
    "Result",
    "ReturnKind",
    "ReturnSchema",
    "Selection",
    "Severity",
    "Side",
    "Source",
    "Spellings",
    "Status",
    "Subject",
    "Thresholds",
    "Tier",
]
