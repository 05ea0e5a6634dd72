"""Runs Statistics Canada's banff on fixed figures, and keeps both, to hold our Hidiroglou-Berthelot to.

    python -m benchmarks.oracle_banff

banff needs pandas < 3, so it is installed into a virtual environment made for it in a temporary folder. Writes
`hb_inputs.csv` (one row a case and unit), `hb_effects.csv` (what banff made of each unit it used) and `hb_bounds.csv` (one
row a case: the parameters, banff's quartiles and interval, and its version) into `tests/oracles`.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import version
from pathlib import Path

ORACLES = Path(__file__).parent.parent / "tests" / "oracles"
SEED = 2017

# case: (forces, noise of the log change, u, a, c); odd and even numbers, quartiles on and between figures
CASES = {
    "usual": (43, 0.15, 0.5, 0.05, 7.0),
    "flat": (43, 0.15, 0.0, 0.05, 4.0),
    "large_first": (42, 0.15, 1.0, 0.05, 7.0),
    "wide": (41, 0.40, 0.2, 0.05, 4.0),
    "few": (19, 0.15, 0.5, 0.05, 7.0),
    "least_tolerance": (
        19,
        0.15,
        0.5,
        50.0,
        7.0,
    ),  # a far larger than usual, so that it decides the tolerance
}
WATCH_ALL = 1e-9  # an exclusion interval so narrow that banff reports the effect of every unit


def write_inputs(folder: Path) -> None:
    """Figures of two years with errors, zeros and gaps, from a fixed seed."""
    import numpy as np

    random = np.random.default_rng(SEED)
    with (folder / "hb_inputs.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["case", "unit", "current", "previous"])
        for case, (forces, noise, *_) in CASES.items():
            previous = np.exp(random.normal(6, 1.2, forces)).round()
            current = (previous * 1.04 * np.exp(random.normal(0, noise, forces))).round()
            current[3] *= 10
            current[5] = (current[5] / 2).round()
            current[7], previous[11] = 0, 0
            for i in range(forces):
                blank = i == 13
                out.writerow([case, f"U{i:02}", "" if blank else int(current[i]), int(previous[i])])


def run_banff(folder: Path) -> None:
    """Inside banff's environment: read the inputs in `folder`, write the effects and the bounds."""
    import banff  # type: ignore[import-not-found]
    import pandas as pd

    inputs = pd.read_csv(folder / "hb_inputs.csv")
    effects, bounds = [], []
    for case, (_, _, u, a, c) in CASES.items():
        figures = inputs[inputs["case"] == case]
        job = banff.outlier(
            indata=figures[["unit", "current"]],
            indata_hist=figures[["unit", "previous"]],
            unit_id="unit",
            var="current",
            with_var="previous",
            method="historic",
            exponent=u,
            mdm=a,
            mii=c,
            mei=WATCH_ALL,
            outlier_stats=True,
            outstatus="pandas",
            outstatus_detailed="pandas",
            outsummary="pandas",
        )
        found, summary = job.outstatus_detailed, job.outsummary.iloc[0]
        outlier = found["OUTLIER_STATUS"].isin(["ODIL", "ODIR"])
        effects.append(
            pd.DataFrame({"case": case, "unit": found["unit"], "effect": found["EFFECT"], "outlier": outlier})
        )
        bounds.append(
            {"case": case, "u": u, "a": a, "c": c, "used": int(summary["NUsed"])}
            | {"q1": summary["Q1"], "median": summary["M"], "q3": summary["Q3"]}
            | {"lower": summary["IMP_BND_L"], "upper": summary["IMP_BND_R"], "banff": version("banff")}
        )
    listed = pd.concat(effects).sort_values(["case", "unit"])
    listed.to_csv(folder / "hb_effects.csv", index=False, lineterminator="\n")
    pd.DataFrame(bounds).to_csv(folder / "hb_bounds.csv", index=False, lineterminator="\n")


def main() -> None:
    ORACLES.mkdir(parents=True, exist_ok=True)
    write_inputs(ORACLES)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = next(Path(folder).glob("[bS]*/python*"))  # bin/ or Scripts\
        subprocess.run([python, "-m", "pip", "install", "--quiet", "banff", "pandas<3"], check=True)
        subprocess.run([python, __file__, str(ORACLES)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_banff(Path(sys.argv[1]))
    else:
        main()
