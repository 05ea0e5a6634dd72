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
REFERENCE_CHANGED = "CE010"
SPACES, THOUSANDS, CHARACTERS, ZEROS, REMARK, DATE_FORM, NAME_FORM, OTHER_WORD, DATE_ORDER = (
    f"CE10{n}" for n in range(1, 10)
)

_NOTHING = "Nothing needs to be done if it was read correctly."

CELL_RULES: tuple[CellRule, ...] = (
    CellRule(
        NOT_WHOLE,
        "Not a whole number",
        "error",
        "“{title}” is “{value}”, which is not a whole number. {hint}",
        "Please write the number in digits only. If there is no figure, please tell us why.",
        "A count is a whole number. A value that could mean two things is queried, never guessed.",
    ),
    CellRule(
        NOT_NUMBER,
        "Not a number",
        "error",
        "“{title}” is “{value}”, which is not a number. {hint}",
        "Please write the number in digits, with a full stop before any decimals. If there is no figure, "
        "please tell us why.",
        "A value that could mean two things is queried, never guessed.",
    ),
    CellRule(
        NOT_DATE,
        "Not a date",
        "error",
        "“{title}” is “{value}”, which is not a date. {hint}",
        "Please write the date as year, month and day, such as 2017-06-30.",
        "Without a date, a row cannot be matched to its period.",
    ),
    CellRule(
        TWO_DATES,
        "Date that can be read in two ways",
        "error",
        "“{title}” is “{value}”, which can be read as more than one date. {hint}",
        "Please write the date as year, month and day, such as 2017-06-30.",
        "Some programs write the day first and others the month. The {force} is asked which is meant; it is never guessed.",
    ),
    CellRule(
        NO_SUCH_DATE,
        "Date that does not exist",
        "error",
        "“{title}” is “{value}”, but there is no such date. {hint}",
        "Please check the day and the month.",
        "The calendar does not have this day, so the intended date is not known.",
    ),
    CellRule(
        SERIAL_DATE,
        "Number instead of a date",
        "error",
        "“{title}” is “{value}”, which is a number, not a date. {hint}",
        "Please format the column as a date in the spreadsheet, save it again, and check the dates.",
        "A spreadsheet stores a date as a number of days, counted from either 1900 or 1904.",
    ),
    CellRule(
        NO_SUCH_FORCE,
        "Force not recognised",
        "error",
        "“{title}” is “{value}”, which is not the name of {a_force}. {hint}",
        "Please write the {force}'s name as in the template.",
        "Figures cannot be used until it is known which {force} they belong to.",
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
        "Number with too many digits",
        "error",
        "“{title}” is “{value}”, which has more than 15 digits. {hint}",
        "Please check whether several numbers were joined together, or whether this is a reference and not a figure.",
        "A spreadsheet keeps only 15 digits of a number and replaces the rest with zeros.",
    ),
    CellRule(
        REFERENCE_CHANGED,
        "Reference changed by a spreadsheet",
        "error",
        "“{title}” is “{value}”, which is not the original reference. {hint}",
        "Please export the references again from the system that holds them. If you open the file in a spreadsheet, import "
        "this column as text.",
        "The digits that a spreadsheet drops are lost, and different records may then have the same reference.",
    ),
    CellRule(
        SPACES,
        "Spaces around a value",
        "note",
        "“{title}” is “{value}”, with spaces around it. It was read as {hint}.",
        _NOTHING,
        "Spaces cannot be seen in a spreadsheet, but other programs treat them as part of the value.",
    ),
    CellRule(
        THOUSANDS,
        "Thousands separators removed",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Commas or spaces separate groups of three digits, so the number can be read in only one way.",
    ),
    CellRule(
        CHARACTERS,
        "Unusual characters",
        "note",
        "“{title}” is “{value}”, written with unusual characters. It was read as {hint}.",
        _NOTHING,
        "Word processors turn minus signs into dashes, and spreadsheets put an apostrophe before text. The value can be read "
        "in only one way.",
    ),
    CellRule(
        ZEROS,
        "Number with a plus sign or unnecessary zeros",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "A plus sign, leading zeros, or zeros after the decimal point do not change a number.",
    ),
    CellRule(
        REMARK,
        "Number with a remark",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        "Please tell us if the figure should not be used, or only with a caveat.",
        "A letter in square brackets after a number is a remark: [e] estimated, [p] provisional, [r] revised, [u] of low "
        "reliability, [b] a break in the series.",
    ),
    CellRule(
        DATE_FORM,
        "Date in a different format",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "The date is not written as year, month and day. It was read because only one reading is possible or, if the year "
        "has two digits, because only one reading is expected or allowed. A time in another time zone may belong to "
        "another day.",
    ),
    CellRule(
        NAME_FORM,
        "Extra text after the {force} name",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Published tables have words, initials and footnote numbers after names. The name was recognised without them.",
    ),
    CellRule(
        OTHER_WORD,
        "Yes or no written differently",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        _NOTHING,
        "Some systems write Y and N, true and false, or 1 and 0. Each of these has only one meaning.",
    ),
    CellRule(
        DATE_ORDER,
        "Order of day and month taken from other dates",
        "note",
        "“{title}” is “{value}”. It was read as {hint}.",
        "Nothing needs to be done if the order is right. A date such as 2017-06-30 can be read in one way only.",
        "Some programs write the day first and some the month. All dates of a file are read in one order: the "
        "order of those dates that can be read in only one way.",
    ),
)
