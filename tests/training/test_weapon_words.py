from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KnowledgeBaseError
from kg.training.weapon_words import ROOTS, write

LICENCE = "  1 This software and database is provided ...\n"
SYNSETS = {  # the words of a synset, and the synsets below it
    "00000001": (list(ROOTS), ["00000002", "00000003", "00000004"]),
    "00000002": (["tank", "army_tank"], []),
    "00000003": (["surface-to-air_missile"], []),
    "00000004": (["SAM", "W.M.D.", "missile"], []),
    "00000005": (["storage_tank", "tank"], []),
}


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    data, index = LICENCE, LICENCE
    senses: dict[str, list[str]] = {}
    for number, (words, below) in SYNSETS.items():
        pointers = " ".join(f"~ {lower} n 0000" for lower in below)
        data += f"{number} 06 n {len(words):02x} {' '.join(f'{word} 0' for word in words)} {len(below):03} {pointers}"
        data += " | a gloss with ~ 00000005 n 0000\n"
        for word in words:
            senses.setdefault(word.lower(), []).append(number)
    for word, numbers in senses.items():
        index += f"{word} n {len(numbers)} 1 ~ {len(numbers)} 0 {' '.join(numbers)}  \n"
    (tmp_path / "data.noun").write_text(data, encoding="latin-1")
    (tmp_path / "index.noun").write_text(index, encoding="latin-1")
    (tmp_path / "cntlist.rev").write_text("tank%1:06:00:: 1 3\ntank%1:06:01:: 2 2\n", encoding="latin-1")
    return tmp_path


def test_words_below_weapon_and_whether_they_mean_it_mostly(wordnet: Path) -> None:
    table = wordnet / "table.csv"
    table.write_text("word,role,source\nmissile,-,own\nsystem,carrier,own\nold,weapon,WordNet 3.0\n", encoding="utf8")
    assert write(wordnet, table) == table.read_text().count("WordNet 3.0")
    rows = table.read_text(encoding="utf8").splitlines()
    assert {"tank,ambiguous,WordNet 3.0", "surface to air missile,weapon,WordNet 3.0", "SAM,weapon,WordNet 3.0"} < {
        *rows
    }
    assert rows[-2:] == ["missile,-,own", "system,carrier,own"]
    assert not {"storage tank,weapon,WordNet 3.0", "old,weapon,WordNet 3.0", "missile,weapon,WordNet 3.0"} & {*rows}


def test_a_folder_without_wordnet(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"data\.noun is missing; give the folder"):
        write(tmp_path, tmp_path / "table.csv")
