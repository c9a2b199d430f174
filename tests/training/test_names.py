from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import spacy

from kg.corpora.gazetteer import Gazetteer, is_date_word, read_table
from kg.corpora.passages import UNKNOWN, Name, NamedSentence, group, spaces_between, to_doc
from kg.training.name_lists import NameLists, recognised, with_other_names
from kg.training.names import LabelMap, longest, names_of_tags, read_conll, read_gmb, read_gum, read_redocred

GAZETTEER = Gazetteer(
    territories=frozenset({"Ruritania", "Grand Fenwick", "Strelsau"}),
    regions=frozenset({"Europe"}),
    groups=frozenset({"Ruritanian", "Ruritanians", "Sunni"}),
    nouns={"River": "LOC", "Gulf": "LOC", "Airport": "FAC", "War": "EVENT", "Party": "ORG"},
    titles=frozenset({"President", "Mr.", "Prime", "Minister"}),
)
LISTS = NameLists(
    people=("Anna Bell",),
    given_names=frozenset({"Rudolf"}),
    surnames=("Bell",),
    organisations=(("Blue Party",),) * 4,
    countries=("Ruritania",),
    places=("Zenda",),
)


def words(text: str) -> list[str]:
    """The words of a text that has a space on both sides of each."""
    return text.split()


def label_map() -> LabelMap:
    rules: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in read_table("name_labels.csv"):
        rules.setdefault((row["source"], row["source_label"]), []).append((row["condition"], row["label"]))
    return LabelMap(rules, GAZETTEER)


def relabelled(text: str, names: list[Name], source: str) -> list[tuple[str, str]]:
    sentence = label_map().relabel(NamedSentence(text.split(), names), source)
    return [(" ".join(sentence.words[n.start : n.end]), n.label) for n in sentence.names]


def test_every_rule_of_the_label_table_has_a_known_condition_and_a_last_resort() -> None:
    rules = label_map().rules
    for conditions in rules.values():
        assert conditions[-1][0] == ""
        for condition, _ in conditions:
            assert GAZETTEER.holds(condition, ["Word"]) in (True, False)


def test_title_and_nationality_stand_outside_a_persons_name() -> None:
    found = relabelled("Ruritanian President Rudolf Elphberg spoke", [Name(0, 4, "per")], "gmb")
    assert found == [("Ruritanian", "NORP"), ("Rudolf Elphberg", "PERSON")]


def test_a_title_without_a_name_is_unknown() -> None:
    assert relabelled("the Prime Minister spoke", [Name(1, 3, "per")], "gmb") == [("Prime Minister", UNKNOWN)]


@pytest.mark.parametrize(
    ("words", "source", "label", "ours"),
    [
        ("Strelsau", "gmb", "geo", "GPE"),
        ("Europe", "gmb", "geo", "LOC"),
        ("Gulf of Zenda", "gmb", "geo", "LOC"),
        ("Black River", "redocred", "LOC", "LOC"),
        ("Strelsau Airport", "wikigold", "LOC", "FAC"),
        ("Ruritanian", "redocred", "LOC", "NORP"),
        ("Ruritania", "gmb", "gpe", "GPE"),
        ("Ruritanian", "gmb", "gpe", "NORP"),
        ("Sunni", "gmb", "org", "NORP"),
        ("Ruritanian War", "wikigold", "MISC", "EVENT"),
        ("Blue Party", "crossner", "politicalparty", "ORG"),
    ],
)
def test_labels_are_mapped_with_the_gazetteer(words: str, source: str, label: str, ours: str) -> None:
    assert relabelled(words, [Name(0, len(words.split()), label)], source) == [(words, ours)]


def test_works_of_art_are_outside_but_dates_of_a_corpus_without_dates_are_unknown() -> None:
    found = relabelled("Dawn came out in March 1998 there", [Name(0, 1, "MISC")], "wikigold")
    assert found == [("March 1998", UNKNOWN)]


def test_nationalities_that_a_corpus_leaves_out_are_added_unless_they_may_be_languages() -> None:
    assert relabelled("the Ruritanian envoy", [], "crossner") == [("Ruritanian", "NORP")]
    assert relabelled("written in Ruritanian", [], "crossner") == [("Ruritanian", UNKNOWN)]


def test_a_hyphenated_word_that_hides_a_name_is_unknown() -> None:
    assert relabelled("the Ruritania-led force", [], "gmb") == [("Ruritania-led", UNKNOWN)]


def test_spaces_are_written_as_people_write_them() -> None:
    parts = words("He said : \" We wo n't go ( yet ) to Ruritania 's post - war talks \" .")
    spaces = spaces_between(parts, join_hyphens=True)
    text = "".join(word + " " * space for word, space in zip(parts, spaces, strict=True)).strip()
    assert text == "He said: \"We won't go (yet) to Ruritania's post-war talks\"."


def test_a_doc_keeps_names_and_marks_the_unknown_as_missing() -> None:
    sentence = NamedSentence(words("Mr. Bell left Zenda on Monday ."), [Name(1, 2, "PERSON"), Name(5, 6, UNKNOWN)])
    doc = to_doc([sentence], spacy.blank("en"))
    assert doc.text == "Mr. Bell left Zenda on Monday."
    assert [(e.text, e.label_) for e in doc.ents] == [("Bell", "PERSON")]
    assert [t.text for t in doc if t.ent_iob == 0] == ["Monday"]
    assert doc[0].ent_iob_ == "O"


def test_a_name_inside_a_token_becomes_missing() -> None:
    sentence = NamedSentence(["U.S", ".-led", "force"], [Name(0, 1, "GPE")], [False, True, False])
    doc = to_doc([sentence], spacy.blank("en"))
    assert not doc.ents
    assert doc[0].ent_iob == 0


def test_groups_end_with_documents() -> None:
    sentences = [NamedSentence(["A"]), NamedSentence(["B"], starts_document=True), NamedSentence(["C"])]
    assert [[s.words[0] for s in run] for run in group(sentences)] == [["A"], ["B"], ["C"]]


def test_renaming_moves_the_spans_along() -> None:
    sentence = NamedSentence(words("Rudolf left Strelsau for Ruritania"), [Name(0, 1, "PERSON"), Name(2, 3, "GPE")])
    renamed = with_other_names(sentence, LISTS, AlwaysReplace())
    assert renamed.words == words("Bell left Zenda for Ruritania")
    assert renamed.names == [Name(0, 1, "PERSON"), Name(2, 3, "GPE")]


class AlwaysReplace(random.Random):
    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Rudolf Rassendyll", "PERSON"),
        ("Strelsau", "GPE"),
        ("Ruritanian", "NORP"),
        ("People Party", "ORG"),
        ("Sapt", UNKNOWN),
    ],
)
def test_runs_of_proper_nouns_are_recognised_only_without_doubt(words: str, label: str) -> None:
    assert recognised(words.split(), GAZETTEER, LISTS) == label


def test_overlapping_mentions_leave_the_longest() -> None:
    assert longest([Name(0, 1, "LOC"), Name(0, 3, "ORG"), Name(4, 5, "PER")]) == [Name(0, 3, "ORG"), Name(4, 5, "PER")]


def test_tags_without_beginning_marks_are_read() -> None:
    assert names_of_tags(["I-PER", "I-PER", "O", "I-ORG"]) == [Name(0, 2, "PER"), Name(3, 4, "ORG")]


def test_readers(tmp_path: Path) -> None:
    conll = tmp_path / "a.conll"
    conll.write_text("-DOCSTART- O\n\nAnna I-PER\nleft O\n\nBell I-PER\n", encoding="utf8")
    assert [(s.words, s.names, s.starts_document) for s in read_conll(conll)] == [
        (["Anna", "left"], [Name(0, 1, "PER")], True),
        (["Bell"], [Name(0, 1, "PER")], False),
    ]
    gmb = tmp_path / "a.tsv"
    gmb.write_text('\tSentence #\tWord\tPOS\tTag\n0\t1.0\tZenda\tNNP\tB-geo\n1\t2.0\t""""\t``\tO\n', encoding="utf8")
    assert [(s.words, s.names) for s in read_gmb(gmb)] == [(["Zenda"], [Name(0, 1, "geo")]), (['"'], [])]
    mention = {"pos": [0, 2], "type": "PER", "sent_id": 0}
    document = {"sents": [["Anna", "Bell", " ", "left"]], "vertexSet": [[mention]]}
    redocred = tmp_path / "a.json"
    redocred.write_text(json.dumps([document]), encoding="utf8")
    assert [(s.words, s.names) for s in read_redocred(redocred)] == [(["Anna", "Bell", "left"], [Name(0, 2, "PER")])]


def test_gum_mentions_are_trimmed_to_their_names(tmp_path: Path) -> None:
    rows = [
        ("The", "DT", 3, "det", "Entity=(1-organization-new-nnnnn-cf1-3-coref-Zenda_College"),
        ("Zenda", "NNP", 3, "compound", "Entity=(2-place-new-nnnnn-cf2-1-coref)"),
        ("College", "NNP", 6, "nsubj", "_"),
        (",", ",", 5, "punct", "_"),
        ("old", "JJ", 3, "amod", "Entity=1)"),
        ("met", "VBD", 0, "root", "_"),
        ("Bell", "NNP", 6, "obj", "Entity=(3-person-new-nnnnn-cf3-1-sgl)"),
        ("near", "IN", 9, "case", "_"),
        ("Hentzau", "NNP", 6, "obl", "_"),
    ]
    lines = [f"{i}\t{f}\t{f}\tX\t{x}\t_\t{h}\t{d}\t_\t{m}" for i, (f, x, h, d, m) in enumerate(rows, 1)]
    path = tmp_path / "a.conllu"
    path.write_text("# newdoc id = a\n" + "\n".join(lines) + "\n\n", encoding="utf8")
    (sentence,) = read_gum(path)
    assert sentence.names == [Name(1, 3, "organization"), Name(6, 7, "person"), Name(8, 9, UNKNOWN)]


def test_date_words() -> None:
    assert [word for word in words("May may 1990s 19th week talks Monday") if is_date_word(word)] == [
        "May", "1990s", "19th", "week", "Monday",
    ]  # fmt: skip
