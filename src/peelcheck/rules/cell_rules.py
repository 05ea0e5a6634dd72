"""The rules about single cells: CE0xx could not be read, CE1xx was put right. Loads neither pandas nor numpy."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class CellRule(Struct, frozen=True):
    """One rule about cells.

    Attributes:
        code: CE0xx for an error, CE1xx for a note.
        title: what is wrong, in a few words.
        severity: "error" where the cell could not be read, "note" where it was put right.
        message: the sentence about one cell, with {title} for the field's title, {value} for the cell as written, and
            {hint} for what could be meant (in a note: what the cell was read as), and the placeholders of `Nouns`.
        ask: what the force should do.
        why: why it matters.
    """

    code: str
    title: str
    severity: Literal["error", "note"]
    message: str
    ask: str
    why: str


NOT_WHOLE, NOT_NUMBER, NOT_DATE, TWO_DATES, NO_SUCH_DATE, SERIAL_DATE, NO_SUCH_FORCE, NOT_YES_NO, TOO_LONG = (
    f"CE00{n}" for n in range(1, 10)
)
SPACES, THOUSANDS, CHARACTERS, ZEROS, REMARK, DATE_FORM, NAME_FORM, OTHER_WORD = (
    f"CE10{n}" for n in range(1, 9)
)

_NOTHING = "Nothing needs to be done if it was read correctly."

CELL_RULES: tuple[CellRule, ...] = (
    CellRule(
        NOT_WHOLE,
        "Not a whole number",
        "error",
        "“{title}” is “{value}”, which is not a whole number. {hint}",
        "Please write the number in digits, with nothing beside it. If there is no figure, please tell us why.",
        "A count is a whole number. What could mean two things is asked about, never guessed.",
    ),
    CellRule(
        NOT_NUMBER,
        "Not a number",
        "error",
        "“{title}” is “{value}”, which is not a number. {hint}",
        "Please write the number in digits, with a full stop before any decimals. If there is no figure, "
        "please tell us why.",
        "What could mean two things is asked about, never guessed.",
    ),
    CellRule(
        NOT_DATE,
        "Not a date",
        "error",
        "“{title}” is “{value}”, which is not a date. {hint}",
        "Please write the date as year, month and day, such as 2017-06-30.",
        "Without its date a row cannot be given its period.",
    ),
    CellRule(
        TWO_DATES,
        "A date that can be read in two ways",
        "error",
        "“{title}” is “{value}”, which can be read as more than one date. {hint}",
        "Please write the date as year, month and day, such as 2017-06-30.",
        "Some programs write the day first and some the month. Which of the two is meant is asked about, never guessed.",
    ),
    CellRule(
        NO_SUCH_DATE,
        "A date that does not exist",
        "error",
        "“{title}” is “{value}”, but there is no such day. {hint}",
        "Please check the day and the month.",
        "The calendar does not have this day, so the date that is meant is not known.",
    ),
    CellRule(
        SERIAL_DATE,
        "A number in place of a date",
        "error",
        "“{title}” is “{value}”, which is a number and not a date. {hint}",
        "Please format the column as a date in the spreadsheet, save it again, and check the dates.",
        "A spreadsheet keeps a date as a count of days, and the count can start in 1900 or in 1904.",
    ),
    CellRule(
        NO_SUCH_FORCE,
        "{A_force} that is not known",
        "error",
        "“{title}” is “{value}”, which is not the name of {a_force}. {hint}",
        "Please write the {force}'s name as in the template.",
        "Figures cannot be used until it is known whose they are.",
    ),
    CellRule(
        NOT_YES_NO,
        "Neither yes nor no",
        "error",
        "“{title}” is “{value}”, which is neither yes nor no. {hint}",
        "Please write yes or no. If it is not known, please tell us why.",
        "Only yes and no can be counted.",
    ),
    CellRule(
        TOO_LONG,
        "A number with too many digits",
        "error",
        "“{title}” is “{value}”, which has more than 15 digits. {hint}",
        "Please check whether several numbers have run together, or whether this is a reference and not a figure.",
        "A spreadsheet keeps 15 digits of a number and turns the others into zeros.",
    ),
    CellRule(
        SPACES,
        "Spaces around a value",
        "note",
        "“{title}” is “{value}”, with spaces around it. It was read as {hint}.",
        _NOTHING,
        "Spaces are not seen in a spreadsheet, but programs see them.",
    ),
    CellRule(
        THOUSANDS,
        "Thousands set apart",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Commas or spaces stand between groups of three digits, so the number is certain.",
    ),
    CellRule(
        CHARACTERS,
        "Unusual characters",
        "note",
        "“{title}” is “{value}”, written with unusual characters. It was read as {hint}.",
        _NOTHING,
        "Word processors make dashes of minus signs, and spreadsheets put an apostrophe before text. The value is certain.",
    ),
    CellRule(
        ZEROS,
        "A number written in a roundabout way",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "A plus sign, leading zeros, or zeros after the decimal point do not change a number.",
    ),
    CellRule(
        REMARK,
        "A number with a remark",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        "Please tell us if the figure should not be used, or only with a caveat.",
        "A letter in square brackets after a number is a remark: [e] estimated, [p] provisional, [r] revised, [u] of low "
        "reliability, [b] a break in the series.",
    ),
    CellRule(
        DATE_FORM,
        "A date in another form",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "It is not written as year, month and day. Either it can be read in one way only, or only one of its possible "
        "readings is a date that is asked for or allowed.",
    ),
    CellRule(
        NAME_FORM,
        "{A_force}'s name with something beside it",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Published tables have footnote numbers after names. Without them the name is known.",
    ),
    CellRule(
        OTHER_WORD,
        "Yes or no in another word",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Some systems write Y and N, true and false, or 1 and 0. There is only one thing that each can mean.",
    ),
)
