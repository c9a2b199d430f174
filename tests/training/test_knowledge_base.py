"""Building a knowledge base, from tiny tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.errors import KnowledgeBaseError
from kg.training.kb.facts import AliasFact, EntityFact, Fact, MembershipFact, OfficeFact, rows, table
from kg.training.kb.gates import Gate, common_words
from kg.training.kb.groups import phoenix_actors, written
from kg.training.kb.merge import close_terms, join_offices, merge
from kg.training.kb.store import write
from kg.training.kb.surnames import surnames

COUNTRY = EntityFact("Q1", "country", "Ruritania", "rigour", country="RUR", salience=0.9)
TOWN = EntityFact("Q2", "place", "Strelsau", "natural-earth", country="RUR", salience=0.5)
KING = EntityFact("Q3", "person", "Rudolf Elphberg", "geografia", country="RUR", salience=0.7)
REIGN = OfficeFact("Q3", "King", "head of state", "geografia", country="RUR", start="1894-05-01")


def term(person: str, start: str, end: str | None = None, title: str = "head of state") -> OfficeFact:
    return OfficeFact(person, title, "head of state", "geografia", country="RUR", start=start, end=end)


def test_facts_become_a_file_that_answers(tmp_path: Path) -> None:
    facts: list[Fact] = [
        COUNTRY, TOWN, KING, REIGN,
        AliasFact("Q1", "Ruritanian", "demonym", "factbook"),
        AliasFact("Q1", "Strelsau", "capital metonym", "factbook"),
        MembershipFact("RUR", "Q4", "factbook"),
    ]  # fmt: skip
    tables = merge(facts, decisions={}, labels={})
    path = write(tables, surnames=[("elphberg", "Q3")], leaders={"RUR": "head of state"}, output=tmp_path / "kb")
    kb = KnowledgeBase.load(path)
    assert kb.lookup("Ruritanian")[0].entity.id == "Q1"
    assert {(c.entity.id, c.alias_type) for c in kb.lookup("Strelsau")} == {("Q1", "capital metonym"), ("Q2", "label")}
    assert [office.person for office in kb.holders("leader", "RUR", date="1895-01-01")] == ["Q3"]
    assert kb.holders("leader", "RUR", date="1894-04-30") == ()
    assert [country.id for country in kb.members("Q4")] == ["Q1"]
    assert kb.surname("Elphberg")[0].entity.label == "Rudolf Elphberg"


def test_the_order_of_unrelated_facts_does_not_change_a_byte(tmp_path: Path) -> None:
    files = [
        write(merge(facts, decisions={}, labels={}), surnames=[], leaders={}, output=tmp_path / name).read_bytes()
        for name, facts in (("one", [COUNTRY, TOWN, KING, REIGN]), ("two", [REIGN, KING, TOWN, COUNTRY]))
    ]
    assert files[0] == files[1]


def test_sources_that_disagree_on_a_kind_fail_the_build_until_it_is_decided() -> None:
    other = EntityFact("Q2", "country", "Strelsau", "rigour")
    with pytest.raises(KnowledgeBaseError, match="Q2.*decisions.csv|decisions.csv.*Q2"):
        merge([TOWN, other], decisions={}, labels={})
    tables = merge([TOWN, other], decisions={("Q2", "kind"): "country"}, labels={})
    assert tables.entities["Q2"].kind == "country"


def test_the_first_source_names_an_entity_and_later_names_are_alternatives() -> None:
    tables = merge([COUNTRY, EntityFact("Q1", "country", "Ruritanie", "ror")], decisions={}, labels={"Q1": "Other"})
    assert tables.entities["Q1"].label == "Ruritania"
    assert [(alias.alias, alias.type) for alias in tables.aliases] == [
        ("Ruritania", "label"),
        ("Ruritanie", "alternative"),
    ]


def test_a_person_belongs_to_the_country_stated_most_often() -> None:
    facts = [EntityFact("Q3", "person", "Rudolf", "geografia", country=c) for c in ("AAA", "RUR", "RUR")]
    assert merge(facts, decisions={}, labels={}).entities["Q3"].country == "RUR"


def test_a_weak_label_gives_way_to_an_english_one() -> None:
    assert merge([KING], decisions={}, labels={"Q3": "Rudolf V"}).entities["Q3"].label == "Rudolf V"


def test_the_same_term_of_two_sources_is_one_with_the_finer_dates() -> None:
    joined = join_offices([term("Q3", "1894", title="King"), term("Q3", "1894-05-01", "1896-02-01")])
    assert [(t.title, t.start, t.end) for t in joined] == [("King", "1894-05-01", "1896-02-01")]


def test_a_term_that_ends_before_it_begins_is_left_out() -> None:
    assert join_offices([term("Q3", "1894", "1890")]) == []


def test_an_open_term_ends_when_a_successor_begins_but_not_when_an_office_is_shared() -> None:
    ends = {t.person: t.end for t in close_terms([term("Q3", "1894"), term("Q5", "1896-02-01"), term("Q6", "1896-03")])}
    assert ends == {"Q3": "1896-02-01", "Q5": None, "Q6": None}


@pytest.mark.parametrize(
    ("alias", "stays"),
    [
        (AliasFact("Q7", "Ruritania", "alternative", "ror"), False),  # a namesake that is far better known
        (AliasFact("Q7", "RUN", "acronym", "ror"), True),
        (AliasFact("Q7", "Run", "alternative", "ror"), False),  # an ordinary word
        (AliasFact("Q7", "Zenda Institute", "alternative", "ror"), True),
        (AliasFact("Q7", "Zenda House", "alternative", "ror"), False),  # refused by a decision
        (AliasFact("Q3", "Elphberg", "alternative", "ror"), False),  # a surname alone
        (AliasFact("Q3", "Rudolf V", "alternative", "ror"), True),
        (AliasFact("Q1", "Run", "alternative", "ror"), True),  # countries are named even so
    ],
)
def test_common_names_are_kept_out(alias: AliasFact, stays: bool) -> None:
    institute = EntityFact("Q7", "organization", "Zenda Institute", "ror", salience=0.3)
    entities = {fact.id: fact for fact in (COUNTRY, KING, institute)}
    labels = [AliasFact(id, fact.label, "label", fact.source) for id, fact in entities.items()]
    gate = Gate.of(entities, labels, frozenset({"run"}), frozenset({("Q7", "zenda house")}))
    assert gate.admits(alias) is stays


def test_common_words_are_those_written_in_lower_case_more_than_once(tmp_path: Path) -> None:
    lines = [f"{i}\t{word}\t_\t{tag}" + "\t_" * 6 for i, (word, tag) in enumerate(
        [("run", "VERB"), ("run", "NOUN"), ("Nice", "ADJ"), ("once", "ADV"), ("de", "PROPN"), ("de", "PROPN")]
    )]  # fmt: skip
    (tmp_path / "x-train.conllu").write_text("\n".join(lines), "utf8")
    assert common_words(tmp_path) == {"run"}


def test_phoenix_actors_keep_their_synonyms_code_and_note(tmp_path: Path) -> None:
    (tmp_path / "actors.txt").write_text(
        "# comment\nRURITANIA_ [RUR]\n+RURITANIAN_\nROYAL_GUARD_\n+RG_  # maybe\n\t[RURMIL]\n"
        "RUPERT_HENTZAU_\n\t[RURGOV 940101-950101] ; CountryInfo.txt\n",
        "utf8",
    )
    country, guard, person = phoenix_actors(tmp_path / "actors.txt")
    assert (country.name, country.code) == ("RURITANIA".title(), "RUR")
    assert (guard.name, guard.synonyms, guard.code, guard.dated) == ("Royal Guard", ["RG"], "RURMIL", False)
    assert (person.dated, person.note) == (True, "CountryInfo.txt")


def test_names_in_capitals_are_written_as_articles_write_them() -> None:
    assert written("ARMY_OF_THE_NORTH_") == "Army of the North"


def test_surnames_leave_out_numbers_and_keep_particles() -> None:
    assert surnames("Rudolf Elphberg III", family_first=False) == ["elphberg"]
    assert surnames("Anna de la Torre", family_first=False) == ["de la torre", "torre"]
    assert surnames("Rudolf", family_first=False) == []


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="missing.csv is missing"):
        list(rows(tmp_path / "missing.csv"))


def test_decisions_and_picks_are_complete() -> None:
    assert all(all(row.values()) for row in table("decisions.csv"))
    assert all(row["reason"] != row["value"] for row in table("decisions.csv"))
    assert len({row["id"] for row in table("picks.csv")}) == len(table("picks.csv"))
