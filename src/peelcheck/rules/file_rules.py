"""What can be wrong with a file as a file. FI0xx: it, or a part of it, cannot be relied on. FI1xx: put right, and said so."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from peelcheck.model import Subject

UNOPENED_FILE = "FI001"
EMPTY_FILE = "FI002"
WORKBOOK = "FI003"
NOT_TEXT = "FI004"
WEB_PAGE = "FI005"
NO_ROWS = "FI006"
UNREADABLE_CHARACTERS = "FI007"
NULL_CHARACTERS = "FI008"
UNCLOSED_QUOTE = "FI009"
LONG_ROWS = "FI010"
STRAY_QUOTE = "FI011"
REPEATED_HEADING = "FI012"
TRANSPOSED_TABLE = "FI013"
SECOND_TABLE = "FI014"
NO_HEADINGS = "FI015"
TOO_MANY_COLUMNS = "FI016"
LONG_CELL = "FI017"
FIGURES_ABOVE_HEADINGS = "FI018"
UNSPLIT_ROWS = "FI019"
LAST_SPREADSHEET_ROW = "FI020"
SHIFTED_CELLS = "FI021"
LOST_HEADING = "FI022"
NOT_PLAIN_CSV = "FI101"
ROWS_ABOVE_HEADINGS = "FI102"
ROWS_BELOW_TABLE = "FI103"
SHORT_ROWS = "FI104"
UNNAMED_COLUMN = "FI105"
SEVERAL_HEADING_ROWS = "FI106"
SIMILAR_HEADINGS = "FI107"
HEADINGS_AGAIN = "FI108"
PADDED_ROWS = "FI109"
FILE_PASSED_OVER = "FI110"
OTHER_SHEETS = "FI111"
HIDDEN_CELLS = "FI112"
SHOWN_OTHERWISE = "FI113"
OLD_TEMPLATE = "FI114"


class FileRule(Struct, frozen=True):
    """One thing that can be wrong with a file.

    Attributes:
        code: stable; `FI0xx` is an error, `FI1xx` a note.
        title: what is wrong, in a few words.
        severity: `error` or `note`.
        ask: what the force is asked to do.
        why: why it matters.
        about: whether it is about rows of a certain kind, or the file in general.
    """

    code: str
    title: str
    severity: Literal["error", "note"]
    ask: str
    why: str
    about: Subject = Subject.FILE


_SAVE = "Please open it in Excel, save it as “CSV UTF-8 (Comma delimited)” and send it again."


def _error(code: str, title: str, ask: str, why: str, about: Subject = Subject.FILE) -> FileRule:
    return FileRule(code, title, "error", ask, why, about)


def _note(code: str, title: str, ask: str, why: str, about: Subject = Subject.FILE) -> FileRule:
    return FileRule(code, title, "note", ask, why, about)


_ERRORS = (
    _error(
        UNOPENED_FILE,
        "File could not be opened",
        "Please supply the file or folder itself, so that it can be opened.",
        "Nothing in it could be read.",
    ),
    _error(
        EMPTY_FILE,
        "Empty file",
        "Please check the export and send the file again.",
        "An empty file does not say whether there is nothing to report or the figures were lost.",
    ),
    _error(
        WORKBOOK,
        "Workbook that cannot be read",
        "Please open it in Excel, remove any password, save it as an Excel workbook (.xlsx) or as “CSV UTF-8 (Comma "
        "delimited)” and send that file.",
        "Nothing in it could be read.",
    ),
    _error(
        NOT_TEXT,
        "File is not text",
        "Please check which file was sent, and send the return as CSV.",
        "Only text can be read as a table.",
    ),
    _error(
        WEB_PAGE,
        "Web page instead of a table",
        "Please log in, download the table again and check that it opens in Excel before you send it.",
        "A download without logging in saves the log-in page under the file's name.",
    ),
    _error(
        NO_ROWS,
        "Headings without rows",
        "Please fill in the rows, or tell us that the return cannot be supplied.",
        "Headings alone do not say whether the figures are zero or were not supplied.",
    ),
    _error(
        UNREADABLE_CHARACTERS,
        "Unreadable characters",
        _SAVE,
        "The file's encoding was not recognised. The rows listed have lost one or more characters.",
    ),
    _error(
        NULL_CHARACTERS,
        "Null characters",
        "Please export the file again; it may have been damaged when it was saved or sent.",
        "Null characters come from interrupted saves and faulty exports, which can lose figures too.",
    ),
    _error(
        UNCLOSED_QUOTE,
        "Quotation mark that is never closed",
        "Please remove the quotation mark, or close it, and check the row.",
        "Under the rules of CSV, everything after it would be one cell. It was read as an ordinary character instead.",
        Subject.QUOTATION_MARKS,
    ),
    _error(
        LONG_ROWS,
        "Row with more cells than headings",
        "Please check the row. Put any text that contains the separator in quotation marks.",
        "An extra separator moves every figure after it one column to the right.",
    ),
    _error(
        STRAY_QUOTE,
        "Misplaced quotation marks",
        "Please check the row. Write a quotation mark inside a quoted cell twice, or leave it out.",
        "It is not certain where the quoted cell ends, so the cells beside it may be wrong too.",
        Subject.QUOTATION_MARKS,
    ),
    _error(
        REPEATED_HEADING,
        "Two columns with the same heading",
        "Please rename or remove one of the two columns.",
        "It is not known which of the two contains the figure. Only the first is used.",
    ),
    _error(
        TRANSPOSED_TABLE,
        "Rows and columns are swapped",
        "Please transpose the table (in Excel: copy, paste special, transpose) so that the headings are in the first row.",
        "Each row is read as one record. In this file, each column is a record.",
    ),
    _error(
        SECOND_TABLE,
        "More than one table in a file",
        "Please send each table in its own file.",
        "Only one of the tables was read.",
    ),
    _error(
        NO_HEADINGS,
        "Headings are missing",
        "Please add the headings of the template as the first row.",
        "Without headings, it is not known what the figures mean.",
    ),
    _error(
        TOO_MANY_COLUMNS,
        "More columns than a spreadsheet can have",
        "Please check the export; line breaks may be missing.",
        "A spreadsheet has at most 16,384 columns.",
    ),
    _error(
        LONG_CELL,
        "Cell is too long",
        "Please check the export; a separator, a quotation mark or a line break may be missing.",
        "A spreadsheet cell can hold at most 32,767 characters.",
    ),
    _error(
        FIGURES_ABOVE_HEADINGS,
        "Figures above the headings",
        "Please move the rows below the headings if they belong to the table, and send any other table in its own file.",
        "Rows above the headings are assumed to be titles and are not read.",
    ),
    _error(
        UNSPLIT_ROWS,
        "All cells of a row in one column",
        "Please split the column at its separators, so that each figure has its own column, and save the file again.",
        "A spreadsheet that does not recognise the separator shows each row as one text and saves it that way. Rows with a "
        "different separator that were pasted below look the same.",
    ),
    _error(
        LAST_SPREADSHEET_ROW,
        "Table ends in the last row of a spreadsheet",
        "Please check whether records are missing, and send all of them without saving the file in a spreadsheet.",
        "A spreadsheet has 1,048,576 rows and drops any rows beyond that.",
    ),
    _error(
        SHIFTED_CELLS,
        "Row with shifted cells",
        "Please check that each figure in the row is under its heading, keep a blank cell where there is no figure, and "
        "write numbers without commas.",
        "A deleted or inserted cell moves every figure after it by one column, and so does a comma in a number that is not "
        "in quotation marks. No figure in such a row is used.",
    ),
    _error(
        LOST_HEADING,
        "Cells without their heading",
        "Please write the missing heading where it belongs.",
        "Without the heading it is not known what the cells mean, so they are not used. If the heading's cell was removed, "
        "not just emptied, every figure after it is under the wrong heading. Then no figure in the row is used.",
    ),
)

_NOTES = (
    _note(
        NOT_PLAIN_CSV,
        "File was not plain UTF-8 CSV; it was converted",
        "Nothing needs to be done. Next time, please save the file as “CSV UTF-8 (Comma delimited)”.",
        "The encoding, separator and quotation marks were recognised, but other programs may read them wrongly.",
    ),
    _note(
        ROWS_ABOVE_HEADINGS,
        "Rows above the headings",
        "Nothing needs to be done. Next time, please leave titles out.",
        "Titles and notes above the table were ignored.",
    ),
    _note(
        ROWS_BELOW_TABLE,
        "Rows below the table",
        "Nothing needs to be done. Next time, please put notes in the notes column.",
        "Notes and sources below the table were ignored.",
    ),
    _note(
        SHORT_ROWS,
        "Row with fewer cells than headings",
        "Please check that no separator is missing from the row.",
        "The missing cells at the end of the row were read as blank.",
        Subject.ROW_LENGTH,
    ),
    _note(
        UNNAMED_COLUMN,
        "Column without a heading",
        "Please add the heading, or remove the column.",
        "The column has values, but nothing says what they are.",
    ),
    _note(
        SEVERAL_HEADING_ROWS,
        "Headings in several rows",
        "Nothing needs to be done. Next time, please use one row of headings.",
        "If combining the rows, or choosing one of them for each column, gave more of the expected headings, this was done. "
        "Otherwise the first of the rows was used.",
    ),
    _note(
        SIMILAR_HEADINGS,
        "Two headings for the same column",
        "Please rename or remove one of the two columns.",
        "Either the headings differ only in case or spaces, or one is the name of an item and the other its title, and the "
        "cells of both are the same. Only the first is used.",
    ),
    _note(
        HEADINGS_AGAIN,
        "Headings repeated further down",
        "Please check that no rows were pasted twice. Next time, please use one row of headings.",
        "Several tables were probably pasted one below the other. They were read as one.",
    ),
    _note(
        PADDED_ROWS,
        "Rows with one blank cell more than the headings",
        "Please check that no separator is missing from the row of headings.",
        "Some programs write a separator at the end of every row except the first. A missing heading looks the same.",
    ),
    _note(
        FILE_PASSED_OVER,
        "File was not read",
        "Nothing needs to be done if it contains no return; otherwise please send it as CSV.",
        "Letters and working files are often kept with the returns. A file is read only if its name has the ending of a "
        "table, has no ending, or is the name of a return.",
    ),
    _note(
        OTHER_SHEETS,
        "Sheets of a workbook that are no return",
        "Nothing needs to be done if they contain no figures of a return.",
        "A workbook often has a sheet of contents or notes. Every sheet whose headings are those of a return was read.",
    ),
    _note(
        HIDDEN_CELLS,
        "Hidden sheet, rows or columns",
        "Nothing needs to be done if the hidden cells belong to the return. Otherwise please remove them.",
        "People check what they see. Hidden cells are often left over from an earlier version.",
    ),
    _note(
        SHOWN_OTHERWISE,
        "Cell that shows another figure than it holds",
        "Nothing needs to be done if what the cell holds is right.",
        "A number format can show 0.1234 as 12%, or 1,849,000 as 1,849. The figure behind it is the one that was used.",
    ),
    _note(
        OLD_TEMPLATE,
        "Template of another version of the collection",
        "Please use the current template next time, and check that every figure that is asked for is there.",
        "Columns, periods or rules of the return have changed since the template was made.",
    ),
)

FILE_RULES: tuple[FileRule, ...] = _ERRORS + _NOTES
