from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import EvaluationError
from kg.evaluation.names import named_forms, read_conll, read_iob2, read_re3d, score


class Finder:
    """A pipeline that knows some names by heart."""

    def __init__(self, **names: str) -> None:
        self.nlp = spacy.blank("en")
        ruler: Any = self.nlp.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": label, "pattern": name.replace("_", " ")} for name, label in names.items()])

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        return self.nlp.pipe(texts)


CONLL = "Anna B-politician\nBell I-politician\nled O\nthe O\nBlue B-politicalparty\nParty I-politicalparty\n"
CONLL += "in O\nZenda B-location\n's O\n1998 B-election\nelection I-election\n"


def test_conll_is_scored_by_span_and_class(tmp_path: Path) -> None:
    gold = tmp_path / "gold.txt"
    gold.write_text(CONLL, encoding="utf8")
    found = score(gold, "conll", Finder(Anna_Bell="PERSON", Blue="ORG", Zenda="GPE"))
    assert (found["n"], found["precision"], found["recall"]) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert found["labels"]["PERSON"]["f1"] == 1
    assert found["labels"]["ORG"] == {"n": 1, "precision": 0, "recall": 0, "f1": 0}
    assert found["macro_f1"] == pytest.approx(2 / 3)


def test_a_leading_article_counts_neither_for_nor_against(tmp_path: Path) -> None:
    gold = tmp_path / "gold.txt"
    gold.write_text("the B-ORG\nBlue I-ORG\nParty I-ORG\nwon O\n", encoding="utf8")
    assert score(gold, "conll", Finder(Blue_Party="ORG"))["f1"] == 1
    assert score(gold, "conll", Finder(the_Blue_Party="ORG"))["f1"] == 1


def test_places_of_all_labels_are_one_class(tmp_path: Path) -> None:
    gold = tmp_path / "gold.txt"
    gold.write_text("Zenda B-LOC\nand O\nStrelsau B-LOC\n", encoding="utf8")
    assert score(gold, "conll", Finder(Zenda="FAC", Strelsau="GPE"))["f1"] == 1


def test_iob2_is_read_with_its_spaces(tmp_path: Path) -> None:
    gold = tmp_path / "gold.iob2"
    rows = ["# sent_id = 1", "# text = Bell's (Zenda)", "1\tBell\tB-PER\t-\t-", "2\t's\tO\t-\t-"]
    rows += ["3\t(\tO\t-\t-", "4\tZenda\tB-LOC\t-\t-", "5\t)\tO\t-\t-"]
    gold.write_text("\n".join(rows) + "\n\n", encoding="utf8")
    (text,) = read_iob2(gold)
    assert text.text == "Bell's (Zenda)"
    assert [(n.kind, text.text[slice(*n.spans[0])]) for n in text.names] == [("PERSON", "Bell"), ("PLACE", "Zenda")]


def test_conll_is_written_as_text(tmp_path: Path) -> None:
    gold = tmp_path / "gold.txt"
    gold.write_text(CONLL, encoding="utf8")
    (text,) = read_conll(gold)
    assert text.text == "Anna Bell led the Blue Party in Zenda's 1998 election"


RE3D = "Ruritanian General Ali Hassan left Tabqa Dam, Syria, for the camp of U.S. forces. Australia joined the SDF."


def re3d_folder(tmp_path: Path, entities: list[tuple[str, str, float]]) -> Path:
    folder = tmp_path / "part"
    folder.mkdir(exist_ok=True)
    document = json.dumps({"_id": "1", "text": RE3D})
    rows = [
        json.dumps(
            {"begin": RE3D.index(t), "end": RE3D.index(t) + len(t), "type": k, "confidence": c, "documentId": "1"}
        )
        for t, k, c in entities
    ]
    (folder / "documents.json").write_text(document + "\n", encoding="utf8")
    (folder / "entities.json").write_text("\n".join(rows) + "\n", encoding="utf8")
    return tmp_path


def test_re3d_phrases_count_by_the_names_in_them(tmp_path: Path) -> None:
    entities = [("General Ali Hassan", "Person", 1.0), ("Tabqa Dam, Syria", "Location", 1.0)]
    entities += [
        ("U.S. forces", "Organisation", 0.9),
        ("Australia", "Organisation", 1.0),
        ("the SDF", "Organisation", 1.0),
    ]
    (text,) = read_re3d(re3d_folder(tmp_path, entities))
    found = [(name.kind, [RE3D[slice(*span)] for span in name.spans]) for name in text.names]
    assert found == [
        ("PERSON", ["General Ali Hassan", "Ali Hassan"]),
        ("PLACE", ["Tabqa Dam"]),
        ("PLACE", ["Syria"]),
        ("PLACE", ["Australia"]),
        ("ORG", ["SDF"]),
    ]
    assert [RE3D[slice(*stretch)] for stretch in text.ignored] == ["U.S. forces"]


def test_a_prediction_in_a_phrase_without_a_name_is_not_judged(tmp_path: Path) -> None:
    entities = [("U.S. forces", "Organisation", 0.9), ("the SDF", "Organisation", 1.0), ("Syria", "Location", 0.0)]
    folder = re3d_folder(tmp_path, entities)
    found = score(folder, "re3d", Finder(**{"U.S.": "GPE", "SDF": "ORG", "Syria": "GPE", "Australia": "GPE"}))
    assert (found["n"], found["precision"], found["recall"]) == (1, 0.5, 1.0)


@pytest.mark.parametrize("phrase", ["the northern part of the country", "We", "an artillery crew chief", "33.78; 44.5"])
def test_descriptions_are_no_names(phrase: str) -> None:
    assert named_forms(phrase, 0, len(phrase)) == []


def test_a_name_without_its_title_is_right(tmp_path: Path) -> None:
    folder = re3d_folder(tmp_path, [("General Ali Hassan", "Person", 1.0)])
    assert score(folder, "re3d", Finder(**{"Ali_Hassan": "PERSON"}))["f1"] == 1


@pytest.mark.parametrize(
    ("name", "content", "format", "message"),
    [
        ("none.txt", None, "conll", "no gold at"),
        ("gold.txt", "Anna B-PER\n", "brat", "unknown format"),
        ("gold.txt", "Anna O\n", "conll", "holds no names"),
        ("gold.txt", "Anna B-PER\nBell\n", "conll", "line 2: no word with a BIO tag"),
        ("gold.txt", "1\tAnna\n", "iob2", "line 1: no word with a BIO tag"),
    ],
)
def test_bad_gold_is_refused(tmp_path: Path, name: str, content: str | None, format: str, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf8")
    with pytest.raises(EvaluationError, match=message):
        score(tmp_path / name, format, Finder(Anna="PERSON"))


def test_things_are_found_by_what_ends_their_phrase(tmp_path: Path) -> None:
    entities = [("the camp", "MilitaryPlatform", 1.0), ("Tabqa Dam", "Quantity", 1.0), ("the SDF", "Weapon", 0.3)]
    gold = re3d_folder(tmp_path, entities)
    found = score(gold, "re3d-things", Finder(camp="WEAPON", Dam="CARDINAL", SDF="WEAPON", Tabqa="ORG"))
    assert (found["n"], found["f1"], found["labels"]["WEAPON"]["n"]) == (2, 1, 1)
    assert score(gold, "re3d-things", Finder(Tabqa="CARDINAL"))["f1"] == 0
