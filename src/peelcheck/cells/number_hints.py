"""Hints about the meaning of text that is not a number, as a sentence; "" if there is nothing helpful to say."""

from __future__ import annotations

import re
from collections.abc import Callable

Say = Callable[[re.Match[str], bool], str]
"""Makes the hint for a text that matches a pattern; the second argument says whether whole numbers are required."""

DIGITS = 15
"""A float64, and so a spreadsheet, stores every whole number with this many digits exactly."""

TOO_NARROW = "The column was too narrow when the spreadsheet was saved; please widen it and save it again."
"""The hint about `########`, which a spreadsheet shows, and saves as text, in place of a number or a date."""

NO_FIGURE = "If there is no figure, please leave the cell blank."
_ZERO = "If 0 is meant, please write 0."
NO_DATE = "If there is no date, please leave the cell blank."

_LARGEST = 10**DIGITS
_WITHHELD = "If the figure is withheld, please write [c]."
_PERCENTAGE = "A count is asked for, not a percentage."
_RANGE = "One number is asked for, not a range."
_UNITS = {
    "dozen": 12,
    "hundred": 100,
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "million"), 1_000_000),
    **dict.fromkeys(("bn", "billion"), 1_000_000_000),
}
_LETTERS = str.maketrans("OoIl", "0011")


_NO_RESULT = r"(?i:#DIV/0[!?]?|Err:[0-9]{3})"
"""Error values of spreadsheet formulas that may contain digits."""


_FORMULA = re.compile(r"=\s*[A-Za-z(+-]|=.*[A-Za-z(*/+-]")
_NOT_WORKED_OUT = (
    "A formula is there without its result. Please open the file in a spreadsheet program and save it."
)
_NUMBER_WORD = (
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|dozen|hundred|thousand|million)\b"
)


def hint_for(text: str, whole: bool, required: bool = False) -> str:
    """The hint about a text that could not be read as a number, or as a whole number if `whole`.

    The text is trimmed, short and in ordinary characters. If a number is `required`, the hint does not suggest leaving the
    cell blank.
    """
    if _FORMULA.match(text):
        return _NOT_WORKED_OUT
    if not any(character.isdigit() for character in text) or re.fullmatch(_NO_RESULT, text):
        return _without_digits(text, required) or ("" if required else NO_FIGURE)
    for pattern, say in _OF_A_COUNT + _OF_A_NUMBER if whole else _OF_A_NUMBER:
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found is not None:
            hint = say(found, whole)
            return "" if required and hint == _WITHHELD else hint
    return "" if text.isascii() else _other_digits(text)


def _without_digits(text: str, required: bool) -> str:
    if set(text) == {"#"}:
        return TOO_NARROW
    if text.startswith("#") or re.fullmatch(_NO_RESULT, text):
        return "A formula in the spreadsheet did not work."
    words = re.findall("[a-z]+", text.casefold()) or [""]
    if words[0] in ("nil", "zero", "nought") or words == ["o"]:
        return _ZERO
    if words[0] in ("no", "none"):
        return _ZERO if required else f"{_ZERO} {NO_FIGURE}"
    if re.search(_NUMBER_WORD, text) or any(character.isnumeric() for character in text):
        return "Please use the digits 0 to 9."
    return ""


def _other_digits(text: str) -> str:
    found = re.match(r"([0-9]+)[²³¹⁰⁴-⁹]+$", text)
    if found is not None:
        return _if(found[1])
    return "Please use the digits 0 to 9." if any(c.isdecimal() and not c.isascii() for c in text) else ""


def _if(digits: str) -> str:
    """The sentence that says how to write this number, if it is meant. `digits` may have a sign, decimals and separators."""
    plain = re.sub("[ ,]", "", digits).lstrip("+")
    whole, point, decimals = plain.partition(".")
    minus, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    whole = whole.lstrip("0") or "0"
    if len(whole) > DIGITS:
        return ""
    spoken = f"{'minus ' if minus else ''}{int(whole):,}{point}{decimals}"
    return f"If {spoken} is meant, please write {minus}{whole}{point}{decimals}."


def _joined(found: re.Match[str], _: bool) -> str:
    return _if(re.sub("[., ]", "", found[0]))


def _certain(number: str, whole: bool) -> str:
    """The number next to a mark, if it would be valid without the mark; else ""."""
    if whole and re.fullmatch(_THOUSAND_OR_DECIMAL, number):
        return ""
    decimals = "(?:[.]0+)?" if whole else "(?:[.][0-9]+)?"
    if not re.fullmatch(f"-?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+){decimals}", number):
        return ""
    return number.partition(".")[0] if whole else number


def _beside(found: re.Match[str], whole: bool) -> str:
    """The hint about a number with a mark; if the number alone is not valid either, the hint about the number."""
    certain = _certain(found[1], whole)
    return _if(certain) if certain else hint_for(found[1], whole)


def _minus(found: re.Match[str], whole: bool) -> str:
    """The hint about `(238)`, which accountants write for -238, and others for 238."""
    certain = _certain(found[1], whole)
    below = _if(f"-{certain}") if certain.strip("0.") else ""
    return f"{_beside(found, whole)} {below}".strip()


def _footnote(found: re.Match[str], whole: bool) -> str:
    return f"{_beside(found, whole)} If the last digits are a footnote, please leave them out.".strip()


def _thousand_or_decimal(found: re.Match[str], _: bool) -> str:
    """The hint about `1.234` where a count is required. `1.000` may mean 1 or 1,000."""
    thousands = _if(found[0].replace(".", ""))
    return thousands if found[2] != "000" else f"{thousands} {_if(found[1])}"


def _decimal_comma(found: re.Match[str], whole: bool) -> str:
    """The hint about `1,23` where decimals are possible."""
    return f"{_if(found[0].replace(',', '.'))} {_joined(found, whole)}"


def _scientific(found: re.Match[str], _: bool) -> str:
    value = float(found[0])
    return _if(str(int(value))) if value.is_integer() and abs(value) < _LARGEST else ""


def _times(found: re.Match[str], _: bool) -> str:
    certain = _certain(found[1], whole=False)
    value = round(float(certain.replace(",", "") or "nan") * _UNITS[found[2].casefold()], 2)
    return _if(str(int(value))) if value.is_integer() and value < _LARGEST else ""


def _letters(found: re.Match[str], _: bool) -> str:
    return _if(found[0].translate(_LETTERS))


def _zero_pence(found: re.Match[str], _: bool) -> str:
    """The hint about `5.000,00`, which most of Europe writes for 5,000."""
    return _if(found[1].replace(".", ""))


def _saying(sentence: str) -> Say:
    return lambda found, whole: sentence


_THOUSAND_OR_DECIMAL = r"(-?[1-9][0-9]{0,2})\.([0-9]{3})"
_SHORT_OF_DIGITS = (
    "A digit may be missing after the comma, or the comma may be a decimal point; a count has no decimals."
)
_BELOW = "<|≤|(?:less|fewer) than|under|below|up to|at most"
_ABOVE = "[>≥]|more than|over|above|at least"
_N = r"[0-9][0-9,]*(?:\.[0-9]+)?"
"""A number; its exact form is checked later."""
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"


# A pattern is compiled only when a text reaches it: most runs need few of them.
_OF_A_COUNT: tuple[tuple[str, Say], ...] = (
    (_THOUSAND_OR_DECIMAL, _thousand_or_decimal),
    (r"-?[0-9]+(?:,[0-9]+)*,[0-9]{1,2}", _saying(_SHORT_OF_DIGITS)),
    (r"-?[0-9]+(?:,[0-9]+)+", _joined),
    (r"[+-]?[0-9, ]*\.[0-9]+", _saying("A count has no decimal places.")),
    (r"-?[0-9.,]+ ?(?:%|p\.?c\.?|per ?cent)", _saying(_PERCENTAGE)),
)
_OF_A_NUMBER: tuple[tuple[str, Say], ...] = (
    (r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}", _joined),
    (r"-?[0-9]+,[0-9]{1,2}", _decimal_comma),
    (r"-?[0-9]+(?:,[0-9]+)+", _joined),
    (r"-?[0-9]+(?: [0-9]+)+", _joined),
    (r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,2}", _scientific),
    (r"(?-i:[0-9OoIl]+|[0-9OoIl]{1,3}(?:,[0-9OoIl]{3})+)", _letters),
    (r"([0-9]{1,3}(?:\.[0-9]{3})+),0{1,2}", _zero_pence),
    (rf"=?[\"'“”‘’](-?{_N})[\"'“”‘’]", _beside),
    (rf"=(-?{_N})", _beside),
    (rf"\(({_N})\)", _minus),
    (rf"({_N})-", _minus),
    (rf"- ({_N})", _minus),
    (rf"[£$€] ?(-?{_N})", _beside),
    (rf"(-?{_N}) ?(?:%|p\.?c\.?|per ?cent)", _beside),
    (rf"[£$€]? ?({_N}) ?({'|'.join(_UNITS)})", _times),
    (rf"[£$€] ?(-?{_N}) ?[a-z][a-z ]*", _beside),
    (
        rf"[0-9]{{1,4}}[ -/]{_MONTH}(?:[ -/][0-9]+)?|{_MONTH}[ -/][0-9]+",
        _saying("It may have become a date."),
    ),
    (r"[0-9]+[-/][0-9]+[-/][0-9]+", _saying("This looks like a date.")),
    (r"[0-9,.]+ ?(?:-|to) ?[0-9,.]+", _saying(_RANGE)),
    (
        rf"(?:{_ABOVE}) ?{_N}|{_N} ?(?:\+|plus|(?:or|and) (?:more|less|fewer|over|above|under|below))",
        _saying(_RANGE),
    ),
    (rf"(?:{_BELOW}) ?{_N}", _saying(_WITHHELD)),
    (rf"(?:[~≈]|c\.?|ca\.?|circa|approx\.?|approximately|est\.?|about|around) ?({_N})", _beside),
    (r".*\[(?:x|z|c|low)\]", _saying("The mark says that there is no figure, but there is one.")),
    (rf"(-?{_N}) ?(?:[*†‡#]+|\([0-9a-z]\)|\([a-z][a-z .]+\)|\[(?:note )?[0-9]+\])", _beside),
    (r"([0-9]+)\)", _footnote),
    (rf"(-?{_N}) ?[a-z][a-z ]*", _beside),
)
