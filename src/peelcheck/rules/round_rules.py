"""The rules about a round as a whole (RO) and about values of the wrong type (TY), which need no schema. Loads no pandas."""

from __future__ import annotations

from peelcheck.model import CheckSpec, Severity, Subject

BUILT_IN = "built in"

MISSING_RETURN = "RO101"
RETURN_TWICE = "RO102"
UNRECOGNISED = "RO103"
MISSING_COLUMN = "RO104"
UNEXPECTED_COLUMN = "RO105"
FILE_OF_ANOTHER_FORCE = "RO106"
BODY_OUT_OF_SCOPE = "RO107"
NAME_AND_CODE_DISAGREE = "RO108"
WRONG_PERIOD = "RO109"
MISSING_ROW = "RO110"
DUPLICATE_ROWS = "RO111"
FIGURE_IN_WRONG_ROW = "RO112"
ROW_OF_ANOTHER_FORCE = "RO113"
FIGURE_DESPITE_DECLARATION = "RO114"
UNEXPLAINED_BLANK = "RO115"
ROW_WITHOUT_FORCE = "RO116"
FILE_TOO_LARGE = "RO117"
MISSING_TABLE = "RO118"
ROW_WITHOUT_FIGURES = "RO119"
CODE_OF_NO_FORCE = "RO120"
ROW_WITHOUT_FORCE_OR_DATES = "RO121"
FOLDER_OF_NO_FORCE = "RO122"
YEAR_NOT_REQUIRED = "RO123"
OWN_ROW_UNDER_OTHER_NAME = "RO124"
NOTHING_RECORDED = "RO125"
RETURN_IN_SEVERAL_FILES = "RO126"
REQUIRED_BLANK = "TY101"
BELOW_MINIMUM = "TY102"
ABOVE_MAXIMUM = "TY103"
VALUE_NOT_ALLOWED = "TY104"
WRONG_FORM = "TY105"
REPEATED_VALUE = "TY106"


def rule(
    code: str,
    severity: Severity,
    title: str,
    ask: str,
    why: str,
    source: str = "peelcheck",
    about: Subject = Subject.ROW,
) -> CheckSpec:
    """A rule that holds for every collection; `source` says where it comes from."""
    return CheckSpec(code, BUILT_IN, severity, title, ask, why, source, file="", about=about)


_ERROR, _QUERY, _NOTE = Severity.ERROR, Severity.QUERY, Severity.NOTE

ROUND_RULES = (
    rule(
        MISSING_RETURN,
        _ERROR,
        "An expected return has not come",
        "Please send this return, or tell us that you cannot supply it and why.",
        "Every {force} owes every return of the collection. A missing one is not the same as one that is declared not "
        "supplied.",
    ),
    rule(
        RETURN_TWICE,
        _ERROR,
        "The same return came twice",
        "Please tell us which of the files is the right one, and withdraw the other.",
        "Two files of one {force} hold the same return. Only the first is used until the {force} says which one counts.",
    ),
    rule(
        UNRECOGNISED,
        _ERROR,
        "A file fits none of the returns",
        "Please check the first line of the file against the template and send it again.",
        "A return is recognised by its column headings. Without them no figure can be given its meaning.",
    ),
    rule(
        MISSING_COLUMN,
        _ERROR,
        "A column is missing",
        "Please add the column, or leave its cells blank and tell us that the item cannot be supplied.",
        "An item that is not there cannot be told from one that was forgotten.",
    ),
    rule(
        UNEXPECTED_COLUMN,
        _NOTE,
        "A column that is not asked for",
        "Nothing needs to be done if the column is your own; otherwise please check the spelling of its heading.",
        "Columns that no return has are kept as sent and not checked.",
    ),
    rule(
        FILE_OF_ANOTHER_FORCE,
        _ERROR,
        "The file is another {force}'s",
        "Please check whose file this is and send your own.",
        "The {force} named in the file is not the one whose folder it came in.",
    ),
    rule(
        BODY_OUT_OF_SCOPE,
        _NOTE,
        "A body outside the collection",
        "Nothing needs to be done.",
        "The collection covers {number} {forces}. Other bodies, regions and totals stand in published tables and are set "
        "aside.",
        about=Subject.NO_RECORD,
    ),
    rule(
        NAME_AND_CODE_DISAGREE,
        _ERROR,
        "The {force}'s name and code disagree",
        "Please check the name and the code: the figures may be those of a region or of another {force}.",
        "Some regions have {a_force}'s name and another code. Figures for a region are not the {force}'s.",
    ),
    rule(
        WRONG_PERIOD,
        _ERROR,
        "Not the period that was asked for",
        "Please check the dates. If the figures are for another period, send those of the period that was asked for.",
        "Figures for nine or eleven months look like a fall. Only figures for the same period can be compared.",
    ),
    rule(
        MISSING_ROW,
        _ERROR,
        "The row for a period is missing",
        "Please add the row for this period, or tell us that the figures cannot be supplied.",
        "Each {force} sends one row for each period that it owes.",
    ),
    rule(
        DUPLICATE_ROWS,
        _ERROR,
        "More than one row for {a_force} and period",
        "Please tell us which of the rows is the right one, and remove the others.",
        "Where two rows of one {force} and period differ, neither can be used.",
    ),
    rule(
        FIGURE_IN_WRONG_ROW,
        _QUERY,
        "A figure in a row for another period",
        "Please check which row this figure belongs in.",
        "A return can hold figures of two kinds of period, each in a row of its own, and items that are new this year.",
    ),
    rule(
        ROW_OF_ANOTHER_FORCE,
        _ERROR,
        "A row equal to another {force}'s",
        "Please check that these are your own {force}'s figures.",
        "All figures of the row are the same as those of another {force}, which does not happen by chance: one of "
        "the two has sent the other's file.",
    ),
    rule(
        FIGURE_DESPITE_DECLARATION,
        _QUERY,
        "A figure in spite of a declaration",
        "You told us that this figure could not be supplied, or is in another {force}'s. Can it be used after all?",
        "A figure that is declared not supplied, or to be in the figure that another {force} gives for both, is left out, "
        "whatever stands in the cell.",
    ),
    rule(
        UNEXPLAINED_BLANK,
        _QUERY,
        "A blank that no declaration accounts for",
        "Please supply the figure, or tell us why it cannot be supplied.",
        "A blank may be a zero, a figure that is not held, or one that was forgotten. It is never read as zero. A figure "
        "that is declared estimated, incomplete or with a caveat is there all the same.",
    ),
    rule(
        ROW_WITHOUT_FORCE,
        _ERROR,
        "A row without {a_force}",
        "Please write the {force}'s name in the row.",
        "A row of which nobody knows whose it is cannot be used.",
    ),
    rule(
        FILE_TOO_LARGE,
        _ERROR,
        "A file far too large for its return",
        "Please check the file: what was meant to be sent is much smaller.",
        "A return of figures has a few rows a {force}. A file of many megabytes holds something else as well.",
    ),
    rule(
        MISSING_TABLE,
        _ERROR,
        "A table of others is missing",
        "Please put the table into the round: what others publish into reference, the inspectorate's own into inspection.",
        "Without it, figures that are compared with it or divided by it are neither compared nor checked.",
    ),
    rule(
        ROW_WITHOUT_FIGURES,
        _NOTE,
        "A row without figures, which is no record",
        "Nothing needs to be done if it is a title, a note or a marking, or was not needed.",
        "Titles, notes and protective markings stand between the rows of many spreadsheets, as rows of a template do that "
        "were not needed, and are no records.",
        about=Subject.NO_RECORD,
    ),
    rule(
        CODE_OF_NO_FORCE,
        _ERROR,
        "A code that is no {force}'s",
        "Please check the code: the figures may be those of another area that has the {force}'s name.",
        "A county, a district and a region can have {a_force}'s name, and each has a code of its own. Figures of which it is "
        "not certain whose they are cannot be used.",
    ),
    rule(
        ROW_WITHOUT_FORCE_OR_DATES,
        _ERROR,
        "A row that is no record",
        "Please take the row out, or write whose it is and which dates it covers.",
        "Figures without dates belong to no period, as those of a total or of changes do, and a record without {a_force} and "
        "without dates is nobody's. So the cells of such a row are not looked at one by one.",
        about=Subject.NO_RECORD,
    ),
    rule(
        FOLDER_OF_NO_FORCE,
        _NOTE,
        "A folder of no {force}",
        "Please check the folder's name if its files are all of one {force}.",
        "A folder is called as its {force}, in small letters with hyphens. What lies in any other belongs to the {forces} "
        "that its rows name.",
        about=Subject.FILE,
    ),
    rule(
        YEAR_NOT_REQUIRED,
        _NOTE,
        "A row of a year that was not asked for",
        "Nothing needs to be done.",
        "The past of {a_force} is what was accepted in earlier rounds and the year before in this one. A row of any other "
        "year is not checked, so it is not used.",
    ),
    rule(
        OWN_ROW_UNDER_OTHER_NAME,
        _ERROR,
        "The {force}'s own row, it seems, under the name of a total or another body",
        "Please write the {force}'s name in the row if it is the {force}'s own. If it is not, please add the row that is.",
        "A total beneath the {force}'s own row is set aside. One that stands alone is probably the row that is asked for.",
    ),
    rule(
        NOTHING_RECORDED,
        _QUERY,
        "Records of which none says what is counted",
        "Please fill in the column, or tell us that it is not recorded.",
        "A figure is counted from what the records say. Where none says anything, the figure is not known, and is not zero.",
    ),
    rule(
        RETURN_IN_SEVERAL_FILES,
        _QUERY,
        "A return in several files",
        "Please send one file with all rows.",
        "No two of the files have rows that are surely for the same period, so all of them were read. "
        "One may be left from an earlier round.",
    ),
    rule(
        REQUIRED_BLANK,
        _ERROR,
        "A required cell is blank",
        "Please fill in the cell.",
        "Without it the row cannot be used.",
        about=Subject.VALUE,
    ),
    rule(
        BELOW_MINIMUM,
        _ERROR,
        "Below the smallest value allowed",
        "Please check the value and correct it.",
        "The schema gives the smallest value that the item can have; a count is not negative unless it says so.",
        about=Subject.VALUE,
    ),
    rule(
        ABOVE_MAXIMUM,
        _ERROR,
        "Above the largest value allowed",
        "Please check the value and correct it.",
        "The schema gives the largest value that the item can have.",
        about=Subject.VALUE,
    ),
    rule(
        VALUE_NOT_ALLOWED,
        _ERROR,
        "Not one of the values allowed",
        "Please use one of the values allowed, spelt as in the template.",
        "A value that is spelt in a way of its own is counted as a kind of its own.",
        about=Subject.VALUE,
    ),
    rule(
        WRONG_FORM,
        _ERROR,
        "Not in the form that is asked for",
        "Please write the value in the form that the template shows.",
        "References and codes in another form cannot be matched.",
        about=Subject.VALUE,
    ),
    rule(
        REPEATED_VALUE,
        _ERROR,
        "The same value more than once",
        "Please check whether the record was entered twice.",
        "The column identifies a record, so no value may stand in it twice.",
        about=Subject.VALUE,
    ),
)
