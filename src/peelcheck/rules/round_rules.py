"""The rules about a round as a whole (RO): its files, its rows, and what is missing. Loads no pandas."""

from __future__ import annotations

from peelcheck.model import Severity, Subject
from peelcheck.rules.built_in_rule import rule

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
FILE_OVER_LIMIT = "RO127"
RETIRED = "RO128"
ACCEPTED_AND_GONE = "RO129"
COLUMN_IN_ERROR = "RO130"
RATE_IMPOSSIBLE = "RO131"
PROPOSAL = "RO140"
PROPOSAL_NOT_UNDERSTOOD = "RO141"

_ERROR, _QUERY, _NOTE = Severity.ERROR, Severity.QUERY, Severity.NOTE

ROUND_RULES = (
    rule(
        MISSING_RETURN,
        _ERROR,
        "Expected return not received",
        "Please send this return, or tell us that you cannot supply it and why.",
        "Every {force} must submit every return of the collection. A missing return is not the same as one that is declared "
        "not supplied.",
    ),
    rule(
        RETURN_TWICE,
        _ERROR,
        "Same return submitted twice",
        "Please tell us which of the files is correct, and withdraw the other.",
        "Two files from one {force} contain the same return. Only the first is used until the {force} says which is correct.",
        acceptable=False,
    ),
    rule(
        UNRECOGNISED,
        _ERROR,
        "File does not match any return",
        "Please check the first line of the file against the template and send it again.",
        "A return is recognised by its column headings. Without them, it is not known what the figures mean.",
        acceptable=False,
    ),
    rule(
        MISSING_COLUMN,
        _ERROR,
        "Column is missing",
        "Please add the column, or leave its cells blank and tell us that the item cannot be supplied.",
        "A column may be missing because the item cannot be supplied or because it was forgotten.",
    ),
    rule(
        UNEXPECTED_COLUMN,
        _NOTE,
        "Unexpected column",
        "Nothing needs to be done if the column is your own; otherwise please check the spelling of its heading.",
        "Columns that are not part of any return are kept as sent and not checked.",
    ),
    rule(
        FILE_OF_ANOTHER_FORCE,
        _ERROR,
        "File belongs to another {force}",
        "Please check which {force} this file belongs to, and send your own.",
        "The {force} named in the file is not the {force} whose folder it is in.",
        acceptable=False,
    ),
    rule(
        BODY_OUT_OF_SCOPE,
        _NOTE,
        "Body outside the collection",
        "Nothing needs to be done.",
        "The collection covers {number} {forces}. Other bodies, regions and totals are in published tables and are ignored.",
        about=Subject.NO_RECORD,
    ),
    rule(
        NAME_AND_CODE_DISAGREE,
        _ERROR,
        "The {force}'s name and code disagree",
        "Please check the name and the code: the figures may be those of a region or of another {force}.",
        "Some regions have {a_force}'s name and another code. Figures for a region are not the {force}'s.",
        acceptable=False,
    ),
    rule(
        WRONG_PERIOD,
        _ERROR,
        "Not the period asked for",
        "Please check the dates. If the figures are for another period, please send those for the period asked for.",
        "Figures for nine or eleven months look like a fall. Only figures for the same period can be compared.",
        acceptable=False,
    ),
    rule(
        MISSING_ROW,
        _ERROR,
        "Row for a period is missing",
        "Please add the row for this period, or tell us that the figures cannot be supplied.",
        "Each {force} must send one row for each period of the return.",
    ),
    rule(
        DUPLICATE_ROWS,
        _ERROR,
        "More than one row for {a_force} and period",
        "Please tell us which of the rows is correct, and remove the others.",
        "If two rows for the same {force} and period differ, neither can be used.",
        acceptable=False,
    ),
    rule(
        FIGURE_IN_WRONG_ROW,
        _QUERY,
        "Figure in a row for another period",
        "Please check which row this figure belongs in.",
        "A return can ask for figures for two kinds of period, each in its own row. An item that is new this year belongs "
        "only in this year's row.",
    ),
    rule(
        ROW_OF_ANOTHER_FORCE,
        _ERROR,
        "Row identical to another {force}'s",
        "Please check that these are your own {force}'s figures.",
        "All figures in the row are the same as another {force}'s, which does not happen by chance. One of the two has sent "
        "the other's figures.",
    ),
    rule(
        FIGURE_DESPITE_DECLARATION,
        _QUERY,
        "Figure supplied although declared unavailable",
        "You told us that this figure could not be supplied, or is included in another {force}'s. Can it be used after all?",
        "The cell is not used, whatever it contains, if the figure was declared not supplied, or was declared to be included "
        "in one figure that another {force} gives for both.",
    ),
    rule(
        UNEXPLAINED_BLANK,
        _QUERY,
        "Blank with no explanation",
        "Please supply the figure, or tell us why it cannot be supplied.",
        "A blank may be a zero, a figure that is not recorded, or one that was forgotten. It is never read as zero. A figure "
        "that is declared estimated, incomplete or with a caveat should still be supplied.",
    ),
    rule(
        ROW_WITHOUT_FORCE,
        _ERROR,
        "Row without {a_force}",
        "Please write the {force}'s name in the row.",
        "A row cannot be used until it is known which {force} it belongs to.",
        acceptable=False,
    ),
    rule(
        FILE_TOO_LARGE,
        _ERROR,
        "File far too large for its return",
        "Please check the file: the return should be much smaller.",
        "A return of figures has a few rows per {force}. A file of many megabytes contains something else as well.",
        acceptable=False,
    ),
    rule(
        MISSING_TABLE,
        _ERROR,
        "Reference or inspection table is missing",
        "Please add the table to the round: published tables go in reference, the inspectorate's own in inspection.",
        "Figures that are checked against this table or divided by it cannot be checked or compared without it.",
    ),
    rule(
        ROW_WITHOUT_FIGURES,
        _NOTE,
        "Row without figures (ignored)",
        "Nothing needs to be done if the row is a title, a note, a protective marking or an unused row of the template.",
        "Many spreadsheets have titles, notes, protective markings and unused template rows between the rows of figures. "
        "These are not records.",
        about=Subject.NO_RECORD,
    ),
    rule(
        CODE_OF_NO_FORCE,
        _ERROR,
        "Code does not belong to {a_force}",
        "Please check the code: the figures may be for another area with the same name as the {force}.",
        "A county, a district or a region can have the same name as {a_force}, but each has its own code. Figures cannot be "
        "used until it is certain which area they are for.",
        acceptable=False,
    ),
    rule(
        ROW_WITHOUT_FORCE_OR_DATES,
        _ERROR,
        "Row with no {force} or dates",
        "Please remove the row, or add its {force} and the dates it covers.",
        "Figures without dates, such as a total or a change, belong to no period. A record with neither {a_force} nor dates "
        "belongs to no {force}. The cells of such a row are not checked one by one.",
        about=Subject.NO_RECORD,
        acceptable=False,
    ),
    rule(
        FOLDER_OF_NO_FORCE,
        _NOTE,
        "Folder name does not match {a_force}",
        "Please check the folder's name if all its files are from one {force}.",
        "{A_force}'s folder is named after the {force}, in lower case with hyphens. Files in any other folder belong to the "
        "{forces} that their rows name.",
        about=Subject.FILE,
    ),
    rule(
        YEAR_NOT_REQUIRED,
        _NOTE,
        "Row for a year that was not asked for",
        "Nothing needs to be done.",
        "{A_force}'s earlier figures are taken from two places: the figures accepted in earlier rounds, and this round's row "
        "for the year before. A row for any other year is neither checked nor used.",
    ),
    rule(
        OWN_ROW_UNDER_OTHER_NAME,
        _ERROR,
        "The {force}'s own row may be under the name of a total or another body",
        "Please write the {force}'s name in the row if it is the {force}'s own. If it is not, please add the {force}'s own "
        "row.",
        "A total below the {force}'s own row is ignored. A total on its own is probably the row that was asked for.",
        acceptable=False,
    ),
    rule(
        NOTHING_RECORDED,
        _QUERY,
        "No record has a value in the column to be counted",
        "Please fill in the column, or tell us that it is not recorded.",
        "The figure is counted from the values in the records. If they are all blank, the figure is unknown; it is not zero.",
    ),
    rule(
        RETURN_IN_SEVERAL_FILES,
        _QUERY,
        "Return in several files",
        "Please send one file with all the rows.",
        "No two of the files clearly have rows for the same period, so all of them were read. "
        "One may be left over from an earlier round.",
    ),
    rule(
        FILE_OVER_LIMIT,
        _ERROR,
        "A file larger than the limit",
        "Please check the file: the right one is probably much smaller. If this is it, please split it into several.",
        "A file of this size is seldom a return. It was not read, so that the run is not held up. All other files were.",
        acceptable=False,
    ),
    rule(
        RETIRED,
        _NOTE,
        "History or declaration of something no longer collected (left out)",
        "If it was renamed, please rename it here too. Otherwise nothing needs to be done.",
        "A collection changes from year to year. What it no longer has cannot be compared with anything.",
        about=Subject.FILE,
    ),
    rule(
        ACCEPTED_AND_GONE,
        _NOTE,
        "Accepted query that is no longer raised",
        "Nothing needs to be done. The row can be removed from the file of accepted queries.",
        "Either the figure was corrected, or the comparison has changed. The acceptance has no effect.",
        about=Subject.FILE,
    ),
    rule(
        COLUMN_IN_ERROR,
        _ERROR,
        "Column of a table is wrong as a whole",
        "Please check the unit of the column (units, thousands or millions), the year that it is for and what stands in its "
        "cells, and supply it again.",
        "A table in thousands, or of another year, is one mistake and not one for each {force}. Every rate that uses the "
        "column would be wrong, so none is computed.",
        about=Subject.FIGURE,
        acceptable=False,
    ),
    rule(
        RATE_IMPOSSIBLE,
        _ERROR,
        "Rate higher than there can be",
        "Please check both figures and correct the one that is wrong.",
        "The collection states the highest figure that is possible, such as one a head. A rate above it is not used.",
        about=Subject.FIGURE,
        acceptable=False,
    ),
    rule(
        PROPOSAL,
        _NOTE,
        "Declaration proposed in a template",
        "Nothing needs to be done. Whoever collects the figures can take it over with --proposals.",
        "What a {force} writes beside its figures changes none of them and answers no query until it is in declarations.csv.",
    ),
    rule(
        PROPOSAL_NOT_UNDERSTOOD,
        _QUERY,
        "Proposed declaration that is not understood",
        "Please choose a status from the list, give a reason, and name figures by their headings, separated by semicolons.",
        "Without a status and a reason it is not known what the {force} wants to say about its figures.",
    ),
)
