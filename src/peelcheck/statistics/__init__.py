"""How far a figure is from what the other forces, and the force's own past, lead one to expect.

Arrays over forces go in and come out; no names, no files. `fit_…` turns the other forces' figures into a
norm, leaving each force out of its own; `score_…` holds figures against a norm and needs nothing else, so
that a force that checks itself can be handed one; `…_scores` does both. `docs/method.md` tells the method to
the people whose figures it judges.
"""

from __future__ import annotations

from peelcheck.statistics.changes import YEARS, change_scores, fit_change, score_change, tie_chance
from peelcheck.statistics.others import MINIMUM_OTHERS, median_deviation
from peelcheck.statistics.peers import fit_peers, peer_scores, score_peer
from peelcheck.statistics.ranges import expected_range, visible_factor
from peelcheck.statistics.records import Kind, Norm, Scores

__all__ = [
    "MINIMUM_OTHERS",
    "YEARS",
    "Kind",
    "Norm",
    "Scores",
    "change_scores",
    "expected_range",
    "fit_change",
    "fit_peers",
    "median_deviation",
    "peer_scores",
    "score_change",
    "score_peer",
    "tie_chance",
    "visible_factor",
]
