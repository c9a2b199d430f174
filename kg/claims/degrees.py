"""How certain a standing is as one number, from -3 (certainly not) to 3 (certainly).

The table ``degrees.tsv`` gives a number for a polarity, a modality and what made it so (its ground); a ground that it
lacks takes the number of its polarity and modality.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.model import Modality, Polarity

TABLE = Path(__file__).with_name("degrees.tsv")


def degree(polarity: Polarity, modality: Modality, ground: str = "") -> float:
    """The number of a standing.

    >>> degree("positive", "asserted") > degree("positive", "future", "will") > degree("positive", "possible", "may")
    True
    """
    table = _table()
    return table.get((polarity, modality, ground), table[polarity, modality, ""])


@cache
def _table() -> Mapping[tuple[str, str, str], float]:
    with TABLE.open(encoding="utf8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["polarity"], row["modality"], row["ground"]): float(row["factuality"]) for row in rows}
