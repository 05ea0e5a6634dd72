"""The tables of docs/method.md and docs/power.md are those of the recorded runs of benchmarks.detection, cell by cell."""

from __future__ import annotations

import re

from tests.support.rounds import ROOT

RESULTS = ROOT / "benchmarks" / "detection" / "results"
METHOD, POWER_PAGE = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("method.md", "power.md")
)

Row = dict[str, str]


def tables(text: str) -> list[list[Row]]:
    """Every table in Markdown, a row as heading → cell; what is bold is plain."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text.replace("**", ""), re.MULTILINE):
        head, _, *rest = ([cell.strip() for cell in line.split("|")[1:-1]] for line in block.splitlines())
        found.append([dict(zip(head, row, strict=True)) for row in rest])
    return found


def recorded(file: str, heading: str, part: str = "Published figures") -> list[Row]:
    text = (RESULTS / file).read_text(encoding="utf-8")
    of_part = next(block for block in re.split(r"^## ", text, flags=re.MULTILINE) if block.startswith(part))
    return tables(of_part.split(f"### {heading}")[1])[0]


def find(rows: list[Row], **keys: str) -> Row:
    """The one row with these cells; of a measure that a part does not have, dashes."""
    found = [row for row in rows if all(row[name] == cell for name, cell in keys.items())]
    assert len(found) <= 1
    return found[0] if found else dict.fromkeys(rows[0], "–")


def pair(one: str, other: str) -> str:
    return f"{one} / {other}" if one or other else ""


POWER, WITHOUT_CITY, OWN_CUTS, MEASURES, SIMULATED, VARIANTS = tables(POWER_PAGE)
[AT_ONE_PERCENT] = tables(METHOD.split("## As measured")[1].split("\n## ")[0])


def test_power_at_equal_rates() -> None:
    ends = [recorded(f"{part}.md", "Power in percent") for part in ("development", "set_aside")]
    assert len(POWER) == 3 * 12
    of_one = [row for row in POWER if row["correct figures queried"] == "1.0%"]
    assert [{"correct figures queried": "1.0%", **row} for row in AT_ONE_PERCENT] == of_one
    for row in POWER:
        one, other = (find(end, false=row["correct figures queried"], rule=row["rule"]) for end in ends)
        told = list(row.items())[2:]
        assert told == [(error, pair(one[error], other[error])) for error, _ in told], row["rule"]


def test_power_without_city_of_london() -> None:
    ends = [recorded(f"{part}_without_city.md", "Power in percent") for part in ("development", "set_aside")]
    assert len(WITHOUT_CITY) == 12
    for row in WITHOUT_CITY:
        one, other = (find(end, false="1.0%", rule=row["rule"]) for end in ends)
        told = list(row.items())[1:]
        assert told == [(error, pair(one[error], other[error])) for error, _ in told], row["rule"]


def test_power_at_own_cuts() -> None:
    ends = [recorded(f"{part}.md", "At the cuts") for part in ("development", "set_aside")]
    assert len(OWN_CUTS) == 9
    for row in OWN_CUTS:
        one, other = (find(end, rule=row["rule"]) for end in ends)
        assert row.pop("cut") == (one["cut"] if row["rule"] != "peelcheck" else "3 and 5")
        assert row.pop("two wrong at once: found") == pair(one["found"], other["found"])
        told = list(row.items())[1:]
        assert told == [(error, pair(one[error], other[error])) for error, _ in told], row["rule"]


def test_power_by_measure() -> None:
    ends = [recorded(f"{part}.md", "By measure") for part in ("development", "set_aside")]
    assert {row["measure"] for row in MEASURES} == {
        row["measure"].removeprefix("recorded_").replace("_", " ") for end in ends for row in end
    }
    for row in MEASURES:
        name = row["measure"].replace(" ", "_")
        name = name if name.startswith("asb") else f"recorded_{name}"
        one, other = (find(end, measure=name) for end in ends)
        assert row["figures"] == pair(one["figures"], other["figures"])
        for error, cell in list(row.items())[2:]:
            column = f"peelcheck, change score alone: {error}"
            assert cell == pair(one[column], other[column]), (name, error)


def test_power_on_simulated_forces() -> None:
    end = recorded("development.md", "Power in percent", part="Simulated")
    assert len(SIMULATED) == 10
    for row in SIMULATED:
        assert row.items() <= find(end, false="1.0%", rule=row["rule"]).items()


def test_variants() -> None:
    assert tables((RESULTS / "variants.md").read_text(encoding="utf-8"))[0] == VARIANTS


def test_what_is_said_of_the_tables() -> None:
    prose = " ".join(METHOD.replace("**", "").split())
    parts = ("development.md", "set_aside.md")
    power = [recorded(part, "Power in percent") for part in parts]

    def at(rule: str, error: str, rate: str = "1.0%") -> list[str]:
        return [find(end, false=rate, rule=rule)[error] for end in power]

    def more(than: str) -> list[str]:
        ends = [find(recorded(part, "How much more"), false="1.0%", than=than) for part in parts]
        return [end["9 of 12"].replace("+", "").replace("-", "−") for end in ends]

    hb, ceiling = "Hidiroglou–Berthelot, U=0.2", "*ceiling, last year's figure*"
    assert at("peelcheck", "×10") == ["100", "99"]
    assert at("peelcheck", "÷10") == ["100", "97"]
    assert "all in development, 97 to 99 percent in the part set aside at 1 percent" in prose
    assert at("peelcheck", "×2") + at("peelcheck", "÷2") == ["100", "88", "99", "88"]
    assert (at(ceiling, "×2")[1], at(ceiling, "÷2")[1]) == ("89", "90")
    for rule, say in (
        ("peelcheck", "Nine months: {} and {} percent"),
        (hb, "against {} and {} for Hidiroglou–Berthelot with U=0.2"),
        ("plain change score, base by history", "{} and {} for the best of the plain change scores"),
        (ceiling, "{} and {} for the ceiling"),
    ):
        assert say.format(*at(rule, "9 of 12")) in prose
    plain = [rule["rule"] for rule in power[0] if rule["rule"].startswith("plain")]
    for end in power:
        of_plain = [int(find(end, false="1.0%", rule=rule)["9 of 12"]) for rule in dict.fromkeys(plain)]
        assert max(of_plain) in (41,)
    assert [at("peelcheck", "copied")] == [["0", "0"]]
    assert more(hb) == ["−6 to 41", "0 to 35"]
    assert "between 6 points fewer and 41 more" in prose
    assert "between 0 and 35 more in the part set aside" in prose
    assert more("plain change score, one year") == ["0 to 32", "2 to 30"]
    assert "0 to 32 and 2 to 30 more" in prose
    assert "{} and {} more".format(*more("Hidiroglou–Berthelot, U=0.5")) in prose
    said = "({} against {})".format(at(hb, "×2", "2.0%")[1], at("peelcheck", "×2", "2.0%")[1])
    assert said in prose


def test_what_is_said_of_the_simulated_forces() -> None:
    prose = " ".join(POWER_PAGE.split())
    end = recorded("development.md", "Power in percent", part="Simulated")
    plain, own = (
        find(end, false="1.0%", rule=rule) for rule in ("plain change score, one year", "peelcheck")
    )
    nine, fifth = ("9 of 12", "a fifth missing")
    assert (
        f"({plain[nine]} against {own[nine]}; a fifth missing: {plain[fifth]} against {own[fifth]})" in prose
    )
    cuts = recorded("development.md", "At the cuts", part="Simulated")
    alone = find(cuts, rule="peelcheck, change score alone")
    assert f"about {alone['false']} percent of the correct simulated figures" in prose
    variants = tables((RESULTS / "variants.md").read_text(encoding="utf-8"))[1]
    wide, same = (
        find(variants, exchanged=name)[nine].split(" / ")[1]
        for name in ("floor of 12 percent", "nothing: peelcheck's change score")
    )
    assert f"({wide} against {same} percent of the simulated figures at 1 percent)" in prose


def test_the_benchmarks_page_says_the_same() -> None:
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    [told] = [table for table in tables(readme) if "rule" in table[0]]
    for row in told:
        assert row.items() <= find(POWER, **{"correct figures queried": "1.0%", "rule": row["rule"]}).items()
