"""Why a figure cannot be used, or a check was not run, as a value; its text is made here and nowhere else."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from peelcheck.model.nouns import NEUTRAL, Nouns


class ReasonKind(StrEnum):
    """The kinds of reason. Those that are declared have the names of their statuses."""

    NOT_RECEIVED = "not_received"
    RETURN_NOT_RECEIVED = "return_not_received"
    ROW_IN_DOUBT = "row_in_doubt"
    ROW_MISSING = "row_missing"
    MARKED_MISSING = "marked_missing"
    LEFT_BLANK = "left_blank"
    UNUSABLE = "unusable"
    SENT_TWICE = "sent_twice"
    NOT_COUNTED = "not_counted"
    BELOW_ZERO = "below_zero"
    BEFORE_BREAK = "before_break"
    NO_EARLIER_FIGURE = "no_earlier_figure"
    NO_ACCEPTED_FIGURE = "no_accepted_figure"
    NOT_SUPPLIED = "not_supplied"
    NOT_COMPARABLE = "not_comparable"
    PARTIAL = "partial"
    COMBINED = "combined"
    COMBINED_WITHOUT_FIGURE = "combined_without_figure"
    INCLUDED_ELSEWHERE = "included_elsewhere"
    DENOMINATOR_ZERO = "denominator_zero"
    DENOMINATOR_BELOW_ZERO = "denominator_below_zero"
    PART_ABOVE_WHOLE = "part_above_whole"
    ABOVE_MAXIMUM = "above_maximum"
    TOO_FEW_OTHERS = "too_few_others"
    TOO_FEW_MONTHS = "too_few_months"


class Reason(Struct, frozen=True):
    """Why a figure cannot be used, or a check was not run.

    `item` names what the reason is about ("" where that is known from elsewhere). `detail` is what else there is to say:
    the force's own words for a declared figure, the force or forces of a combined figure, or numbers. `nouns` are those of
    the collection.
    """

    kind: ReasonKind
    item: str = ""
    detail: str = ""

    def about(self, item: str) -> Reason:
        """The same reason, with the name of the item that it is about."""
        return replace(self, item=item)

    def words(self, nouns: Nouns = NEUTRAL) -> str:
        """The reason in full: `arrests not supplied: no system holds them`. Without an item, what follows its name."""
        text = nouns.fill(_TEXTS[self.kind]).format(item=self.item, detail=self.detail).removeprefix(" ")
        return text if self.detail else text.removesuffix(": ")

    def heading(self, nouns: Nouns = NEUTRAL) -> str:
        """What the summary counts it under: neither the item nor the force's own words."""
        heading = _HEADINGS.get(self.kind)
        return (
            nouns.fill(heading).format(item=self.item, detail=self.detail)
            if heading
            else replace(self, item="", detail="").words(nouns)
        )


_TEXTS = {
    ReasonKind.NOT_RECEIVED: "{item} not received",
    ReasonKind.RETURN_NOT_RECEIVED: "{item} was not received",
    ReasonKind.ROW_IN_DOUBT: "{item} in a row whose {force} or period is not certain",
    ReasonKind.ROW_MISSING: "{item} in a row that is missing",
    ReasonKind.MARKED_MISSING: "{item} marked as missing",
    ReasonKind.LEFT_BLANK: "{item} left blank",
    ReasonKind.UNUSABLE: "{item} could not be read or used",
    ReasonKind.SENT_TWICE: "{item} sent twice with different figures",
    ReasonKind.NOT_COUNTED: "{item} could not be counted",
    ReasonKind.BELOW_ZERO: "{item} below zero",
    ReasonKind.BEFORE_BREAK: "{item} before a break in the series",
    ReasonKind.NO_EARLIER_FIGURE: "an earlier figure is missing",
    ReasonKind.NO_ACCEPTED_FIGURE: "no accepted figure",
    ReasonKind.NOT_SUPPLIED: "{item} not supplied: {detail}",
    ReasonKind.NOT_COMPARABLE: "{item} not comparable: {detail}",
    ReasonKind.PARTIAL: "{item} partial: {detail}",
    ReasonKind.COMBINED: "{item} combined in one figure for {detail}",
    ReasonKind.COMBINED_WITHOUT_FIGURE: "{item} missing from the figure for both {forces}",
    ReasonKind.INCLUDED_ELSEWHERE: "{item} included in {detail}'s figure",
    ReasonKind.DENOMINATOR_ZERO: "the denominator is 0",
    ReasonKind.DENOMINATOR_BELOW_ZERO: "the denominator is below zero",
    ReasonKind.PART_ABOVE_WHOLE: "the part is greater than its whole: {detail}",
    ReasonKind.ABOVE_MAXIMUM: "the rate is higher than it can be: {detail}",
    ReasonKind.TOO_FEW_MONTHS: "too few months with records to compare with each other",
    ReasonKind.TOO_FEW_OTHERS: "{item} to compare with ({detail} are needed)",
}

_HEADINGS = {
    ReasonKind.RETURN_NOT_RECEIVED: "not received",
    ReasonKind.COMBINED: "combined in one figure",
    ReasonKind.INCLUDED_ELSEWHERE: "included in another {force}'s figure",
    ReasonKind.DENOMINATOR_BELOW_ZERO: "below zero",
    ReasonKind.TOO_FEW_OTHERS: _TEXTS[ReasonKind.TOO_FEW_OTHERS],
}
"""Those that differ from the text without item and detail."""
