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
WORKBOOK_BESIDE_CSV = "FI111"


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
        "A file could not be opened",
        "Please supply the file or folder itself, so that it can be opened.",
        "Nothing in it could be read.",
    ),
    _error(
        EMPTY_FILE,
        "A file is empty",
        "Please check the export and send the file again.",
        "An empty file says neither that there is nothing to report nor what there is.",
    ),
    _error(
        WORKBOOK,
        "A workbook in place of a CSV file",
        "Please open it in Excel, choose the return’s sheet, save it as “CSV UTF-8 (Comma delimited)” and send that file.",
        "A workbook can hold several sheets, hidden rows and formulas; which of them is the return is for the {force} to "
        "say.",
    ),
    _error(
        NOT_TEXT,
        "A file that is not text",
        "Please check which file was sent, and send the return as CSV.",
        "Only text can be read as a table.",
    ),
    _error(
        WEB_PAGE,
        "A web page instead of a table",
        "Please log in, download the table again and check that it opens in Excel before you send it.",
        "A download without a log-in saves the log-in page under the name of the file.",
    ),
    _error(
        NO_ROWS,
        "Headings without rows",
        "Please fill in the rows, or tell us that the return cannot be supplied.",
        "Headings alone say neither zero nor not supplied.",
    ),
    _error(
        UNREADABLE_CHARACTERS,
        "Letters that could not be read",
        _SAVE,
        "The file is in no encoding that we know. The rows named have lost a letter or more.",
    ),
    _error(
        NULL_CHARACTERS,
        "Characters that are no text",
        "Please export the file again; it may have been damaged when it was saved or sent.",
        "Null characters come from interrupted writes and broken exports, which lose figures too.",
    ),
    _error(
        UNCLOSED_QUOTE,
        "A quotation mark that is never closed",
        "Please remove the quotation mark, or close it, and check the row.",
        "By the rules of CSV everything after it would be one cell. It was read as an ordinary character instead.",
        Subject.QUOTATION_MARKS,
    ),
    _error(
        LONG_ROWS,
        "A row with more cells than headings",
        "Please check the row. Put a text that contains the separator in quotation marks.",
        "A separator too many moves every figure after it one column on.",
    ),
    _error(
        STRAY_QUOTE,
        "Quotation marks that do not fit",
        "Please check the row. Write a quotation mark inside a quoted cell twice, or leave it out.",
        "Where a quoted cell ends cannot be told for certain, so its neighbours may be wrong too.",
        Subject.QUOTATION_MARKS,
    ),
    _error(
        REPEATED_HEADING,
        "Two columns with the same heading",
        "Please rename or remove one of the two columns.",
        "Which of the two holds the figure cannot be known. Only the first is used.",
    ),
    _error(
        TRANSPOSED_TABLE,
        "Rows and columns are swapped",
        "Please transpose the table (in Excel: copy, paste special, transpose) so that the headings stand in the first row.",
        "A row is read as one record; here a record stands in each column.",
    ),
    _error(
        SECOND_TABLE,
        "More than one table in a file",
        "Please send one table a file.",
        "Only one of the tables was read.",
    ),
    _error(
        NO_HEADINGS,
        "The headings are missing",
        "Please add the headings of the template as the first row.",
        "Without headings no figure can be given its meaning.",
    ),
    _error(
        TOO_MANY_COLUMNS,
        "More columns than a spreadsheet can hold",
        "Please check the export; the ends of the lines may be missing.",
        "A spreadsheet has at most 16,384 columns.",
    ),
    _error(
        LONG_CELL,
        "A cell that is too long",
        "Please check the export; a separator, a quotation mark or the ends of the lines may be missing.",
        "A spreadsheet's cell holds at most 32,767 characters.",
    ),
    _error(
        FIGURES_ABOVE_HEADINGS,
        "Figures above the headings",
        "Please move the rows below the headings if they belong to the table, and send any other table in a file of its own.",
        "What stands above the headings is taken for titles and is not read.",
    ),
    _error(
        UNSPLIT_ROWS,
        "All cells of a row in one column",
        "Please split the column at its separators, so that each figure has a column of its own, and save the file again.",
        "A spreadsheet that did not know the separator shows each row as one text, and saves it as one. Rows with another "
        "separator that were pasted below look the same.",
    ),
    _error(
        LAST_SPREADSHEET_ROW,
        "A table that ends in the last row of a spreadsheet",
        "Please check whether records are missing, and send all of them without a spreadsheet in between.",
        "A spreadsheet has 1,048,576 rows and leaves out what does not fit into them.",
    ),
    _error(
        SHIFTED_CELLS,
        "A row whose cells moved",
        "Please check that each figure of the row stands under its heading, and keep a blank cell where there is no figure.",
        "A cell that was deleted or inserted moves every figure after it by one column. No figure of such a row is used.",
    ),
    _error(
        LOST_HEADING,
        "A heading is missing, and its cells are there",
        "Please write the heading that is missing where it belongs.",
        "Without it nothing says what the cells are, and they are not used. Where its own cell is missing too, every figure "
        "after it stands under the heading of another, and no figure of such a row is used.",
    ),
)

_NOTES = (
    _note(
        NOT_PLAIN_CSV,
        "Not a plain CSV file in UTF-8, and read nevertheless",
        "Nothing needs to be done. Next time, please save the file as “CSV UTF-8 (Comma delimited)”.",
        "Encoding, separator and quotation marks were recognised; other programs may read them wrongly.",
    ),
    _note(
        ROWS_ABOVE_HEADINGS,
        "Rows above the headings",
        "Nothing needs to be done. Next time, please leave titles out.",
        "Titles and notes above the table were set aside.",
    ),
    _note(
        ROWS_BELOW_TABLE,
        "Rows below the table",
        "Nothing needs to be done. Next time, please put notes in the column for notes.",
        "Notes and sources below the table were set aside.",
    ),
    _note(
        SHORT_ROWS,
        "A row with fewer cells than headings",
        "Please check that no separator is missing in the row.",
        "The cells that are missing at its end were read as blank.",
        Subject.ROW_LENGTH,
    ),
    _note(
        UNNAMED_COLUMN,
        "A column without a heading",
        "Please add the heading, or remove the column.",
        "The column has values, and nothing says what they are.",
    ),
    _note(
        SEVERAL_HEADING_ROWS,
        "Headings in several rows",
        "Nothing needs to be done. Next time, please use one row of headings.",
        "They were read as one, or column by column, where that gives more of the headings asked for; otherwise the first of "
        "the rows was taken.",
    ),
    _note(
        SIMILAR_HEADINGS,
        "Two headings for the same column",
        "Please rename or remove one of the two columns.",
        "They differ only in case or spaces, or are the name and the title of an item whose cells are the same in both. "
        "Only the first is used.",
    ),
    _note(
        HEADINGS_AGAIN,
        "The headings stand again further down",
        "Please check that no rows were pasted twice. Next time, please use one row of headings.",
        "Several tables were probably pasted one below the other. They were read as one.",
    ),
    _note(
        PADDED_ROWS,
        "Rows are a blank cell longer than the headings",
        "Please check that no separator is missing in the row of headings.",
        "Some programs write a separator at the end of each row but the first. A heading that is missing looks the same.",
    ),
    _note(
        FILE_PASSED_OVER,
        "A file that was not read",
        "Nothing needs to be done if it holds no return; otherwise please send it as CSV.",
        "Letters and workings lie among the returns. A file with the ending of a table, without any, or with the name of a "
        "return is read.",
    ),
    _note(
        WORKBOOK_BESIDE_CSV,
        "A workbook beside the CSV file of the same name",
        "Nothing needs to be done if the two hold the same figures.",
        "A workbook is not read; the CSV file was probably saved from it.",
    ),
)

FILE_RULES: tuple[FileRule, ...] = _ERRORS + _NOTES
