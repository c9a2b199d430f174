"""Given names that nearly always tell a person's gender, counted over office-holders of all countries.

Run ``python -m kg.training.given_names KB_FOLDER`` to write ``kg/actors/given_names.csv`` again. The names and genders
are Wikidata's (CC0), as the politicians' lists under ``every-politician-scrapers`` give them.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.actors.folding import fold, is_latin

SOURCE = "every-politician-scrapers"
OUTPUT = Path(__file__).parents[1] / "actors" / "given_names.csv"
GENDERS = {"male": "masculine", "female": "feminine"}
LEAST_PEOPLE = 4
LEAST_SHARE = 0.97


def people(kb: Path) -> Iterator[tuple[str, str]]:
    """The first word of each person's name, folded, with the gender; each person once."""
    seen: set[str] = set()
    for path in sorted((kb / SOURCE).glob("*/html_bio.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                words = fold(row.get("name") or "").split()
                known = row["id"] not in seen and row.get("gender") in GENDERS and "," not in row["name"]
                if known and len(words) > 1 and is_latin(row["name"]):
                    seen.add(row["id"])
                    yield words[0], GENDERS[row["gender"]]


def telling_names(named: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The names that enough people bear, nearly all of one gender.

    >>> telling_names(iter([("anna", "feminine")] * 4 + [("kim", "feminine")] * 4 + [("kim", "masculine")] * 4))
    {'anna': 'feminine'}
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, gender in named:
        counts[name][gender] += 1
    found: dict[str, str] = {}
    for name in sorted(counts):
        gender, most = counts[name].most_common(1)[0]
        total = counts[name].total()
        if total >= LEAST_PEOPLE and most / total >= LEAST_SHARE and len(name) > 2:
            found[name] = gender
    return found


def main(kb: Path, output: Path = OUTPUT) -> None:
    """Write the table from the folder of the knowledge base's sources."""
    with output.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "gender", "source"))
        writer.writerows((name, gender, SOURCE) for name, gender in telling_names(people(kb)).items())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
