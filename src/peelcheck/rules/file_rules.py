"""What can be wrong with a file as a file. FI0xx: it, or a part of it, cannot be relied on. FI1xx: put right, and said so."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class FileRule(Struct, frozen=True):
    """One thing that can be wrong with a file.

    Attributes:
        code: stable; `FI0xx` is an error, `FI1xx` a note.
        title: what is wrong, in a few words.
        severity: `error` or `note`.
        ask: what the force is asked to do.
        why: why it matters.
    """

    code: str
    title: str
    severity: Literal["error", "note"]
    ask: str
    why: str


_SAVE = "Please open it in Excel, save it as “CSV UTF-8 (Comma delimited)” and send it again."


def _error(code: str, title: str, ask: str, why: str) -> FileRule:
    return FileRule(code, title, "error", ask, why)


def _note(code: str, title: str, ask: str, why: str) -> FileRule:
    return FileRule(code, title, "note", ask, why)


_ERRORS = (
    _error(
        "FI001",
        "File could not be opened",
        "Please supply the file or folder itself, so that it can be opened.",
        "Nothing in it could be read.",
    ),
    _error(
        "FI002",
        "Empty file",
        "Please check the export and send the file again.",
        "An empty file does not say whether there is nothing to report or the figures were lost.",
    ),
    _error(
        "FI003",
        "Workbook instead of a CSV file",
        "Please open it in Excel, choose the return’s sheet, save it as “CSV UTF-8 (Comma delimited)” and send that file.",
        "A workbook can contain several sheets, hidden rows and formulas. Only the force can say which part is the return.",
    ),
    _error(
        "FI004",
        "File is not text",
        "Please check which file was sent, and send the return as CSV.",
        "Only text can be read as a table.",
    ),
    _error(
        "FI005",
        "Web page instead of a table",
        "Please log in, download the table again and check that it opens in Excel before you send it.",
        "A download without logging in saves the log-in page under the file's name.",
    ),
    _error(
        "FI006",
        "Headings without rows",
        "Please fill in the rows, or tell us that the return cannot be supplied.",
        "Headings alone do not say whether the figures are zero or were not supplied.",
    ),
    _error(
        "FI007",
        "Unreadable characters",
        _SAVE,
        "The file's encoding was not recognised. The rows listed have lost one or more characters.",
    ),
    _error(
        "FI008",
        "Null characters",
        "Please export the file again; it may have been damaged when it was saved or sent.",
        "Null characters come from interrupted saves and faulty exports, which can lose figures too.",
    ),
    _error(
        "FI009",
        "Quotation mark that is never closed",
        "Please remove the quotation mark, or close it, and check the row.",
        "Under the rules of CSV, everything after it would be one cell. It was read as an ordinary character instead.",
    ),
    _error(
        "FI010",
        "Row with more cells than headings",
        "Please check the row. Put any text that contains the separator in quotation marks.",
        "An extra separator moves every figure after it one column to the right.",
    ),
    _error(
        "FI011",
        "Misplaced quotation marks",
        "Please check the row. Write a quotation mark inside a quoted cell twice, or leave it out.",
        "It is not certain where the quoted cell ends, so the cells beside it may be wrong too.",
    ),
    _error(
        "FI012",
        "Two columns with the same heading",
        "Please rename or remove one of the two columns.",
        "It is not known which of the two contains the figure. Only the first is used.",
    ),
    _error(
        "FI013",
        "Rows and columns are swapped",
        "Please transpose the table (in Excel: copy, paste special, transpose) so that the headings are in the first row.",
        "Each row is read as one record. In this file, each column is a record.",
    ),
    _error(
        "FI014",
        "More than one table in a file",
        "Please send each table in its own file.",
        "Only one of the tables was read.",
    ),
    _error(
        "FI015",
        "Headings are missing",
        "Please add the headings of the template as the first row.",
        "Without headings, it is not known what the figures mean.",
    ),
    _error(
        "FI016",
        "More columns than a spreadsheet can have",
        "Please check the export; line breaks may be missing.",
        "A spreadsheet has at most 16,384 columns.",
    ),
    _error(
        "FI017",
        "Cell is too long",
        "Please check the export; a separator, a quotation mark or a line break may be missing.",
        "A spreadsheet cell can hold at most 32,767 characters.",
    ),
    _error(
        "FI018",
        "Figures above the headings",
        "Please move the rows below the headings if they belong to the table, and send any other table in its own file.",
        "Rows above the headings are assumed to be titles and are not read.",
    ),
    _error(
        "FI019",
        "All cells of a row in one column",
        "Please split the column at its separators, so that each figure has its own column, and save the file again.",
        "A spreadsheet that does not recognise the separator shows each row as one text and saves it that way. Rows with a "
        "different separator that were pasted below look the same.",
    ),
    _error(
        "FI020",
        "Table ends in the last row of a spreadsheet",
        "Please check whether records are missing, and send all of them without saving the file in a spreadsheet.",
        "A spreadsheet has 1,048,576 rows and drops any rows beyond that.",
    ),
    _error(
        "FI021",
        "Row with shifted cells",
        "Please check that each figure in the row is under its heading, and keep a blank cell where there is no figure.",
        "A deleted or inserted cell moves every figure after it by one column. No figure in such a row is used.",
    ),
    _error(
        "FI022",
        "Cells without their heading",
        "Please write the missing heading where it belongs.",
        "Without the heading it is not known what the cells mean, so they are not used. If the heading's own cell is missing "
        "too, every figure after it is under the wrong heading, and no figure in such a row is used.",
    ),
)

_NOTES = (
    _note(
        "FI101",
        "File was not plain UTF-8 CSV; it was converted",
        "Nothing needs to be done. Next time, please save the file as “CSV UTF-8 (Comma delimited)”.",
        "The encoding, separator and quotation marks were recognised, but other programs may read them wrongly.",
    ),
    _note(
        "FI102",
        "Rows above the headings",
        "Nothing needs to be done. Next time, please leave titles out.",
        "Titles and notes above the table were ignored.",
    ),
    _note(
        "FI103",
        "Rows below the table",
        "Nothing needs to be done. Next time, please put notes in the notes column.",
        "Notes and sources below the table were ignored.",
    ),
    _note(
        "FI104",
        "Row with fewer cells than headings",
        "Please check that no separator is missing from the row.",
        "The missing cells at the end of the row were read as blank.",
    ),
    _note(
        "FI105",
        "Column without a heading",
        "Please add the heading, or remove the column.",
        "The column has values, but nothing says what they are.",
    ),
    _note(
        "FI106",
        "Headings in several rows",
        "Nothing needs to be done. Next time, please use one row of headings.",
        "The rows were combined, or read column by column, if that gave more of the expected headings. Otherwise the first "
        "of the rows was used.",
    ),
    _note(
        "FI107",
        "Two headings for the same column",
        "Please rename or remove one of the two columns.",
        "The headings differ only in case or spaces, or are the name and the title of one item with the same cells in both. "
        "Only the first is used.",
    ),
    _note(
        "FI108",
        "Headings repeated further down",
        "Please check that no rows were pasted twice. Next time, please use one row of headings.",
        "Several tables were probably pasted one below the other. They were read as one.",
    ),
    _note(
        "FI109",
        "Rows with one blank cell more than the headings",
        "Please check that no separator is missing from the row of headings.",
        "Some programs write a separator at the end of every row except the first. A missing heading looks the same.",
    ),
    _note(
        "FI110",
        "File was not read",
        "Nothing needs to be done if it contains no return; otherwise please send it as CSV.",
        "Letters and working files are often kept with the returns. A file is read only if its name has the ending of a "
        "table, has no ending, or is the name of a return.",
    ),
    _note(
        "FI111",
        "Workbook beside the CSV file of the same name",
        "Nothing needs to be done if the two contain the same figures.",
        "Workbooks are not read. The CSV file was probably saved from this one.",
    ),
)

FILE_RULES: tuple[FileRule, ...] = _ERRORS + _NOTES
