"""Each rule on sentences parsed by hand, in both label schemes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.claims import claims_of, factuality
from kg.grammar.standing import standing
from kg.model import Claim

CASES = Path(__file__).with_name("cases.txt")
OPEN_CASES = Path(__file__).with_name("open.txt")


@dataclass(frozen=True)
class Case:
    name: str
    parse: str
    wanted: tuple[str, ...]


def read_cases(path: Path = CASES) -> list[Case]:
    cases: list[Case] = []
    for block in path.read_text(encoding="utf8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            name, rest = lines[0].removeprefix(": "), lines[1:]
            parses = [line for line in rest if line[:3] in ("ud ", "cl ")]
            wanted = tuple(sorted(line for line in rest if line not in parses))
            cases += [Case(f"{name} [{parse[:2]}]", parse[3:], wanted) for parse in parses]
    return cases


def rendered(claim: Claim) -> str:
    target = "-" if claim.object is None else claim.object.name + (" *" if claim.object.inferred else "")
    source = "-" if claim.source is None else claim.source.name or claim.source.cue
    return " | ".join((claim.subject.name, claim.relation.lemma, target, f"{claim.polarity} {claim.modality}", source))


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_claims_of_a_parse(case: Case, parsed) -> None:
    claims, _ = claims_of(parsed(case.parse))
    assert sorted(rendered(claim) for claim in claims) == list(case.wanted)


@pytest.mark.parametrize("case", read_cases(OPEN_CASES), ids=lambda case: case.name)
def test_claims_in_open_mode(case: Case, parsed) -> None:
    claims, _ = claims_of(parsed(case.parse), open=True)
    assert sorted(rendered(claim) for claim in claims) == list(case.wanted)


def test_adverbs_are_arguments_in_open_mode_alone(parsed) -> None:
    parse = "Iran/NNP/nsubj/2/Iran:country left/VBD/ROOT/2 quietly/RB/advmod/2 ././punct/2"
    arguments = [claims_of(parsed(parse), open=open)[0][0].arguments for open in (False, True)]
    assert [[(a.role, a.text) for a in found] for found in arguments] == [[], [("manner", "quietly")]]


def test_an_abbreviated_month_is_a_time(parsed) -> None:
    parse = "Iran/NNP/nsubj/2/Iran:country left/VBD/ROOT/2 on/IN/case/5 Nov./NNP/nmod:unmarked/5 5/CD/obl/2 ././punct/2"
    (claim,), _ = claims_of(parsed(parse))
    assert [(a.role, a.text) for a in claim.arguments] == [("time", "on Nov. 5")]


def test_spans_point_at_their_words(parsed) -> None:
    for case in (*read_cases(), *read_cases(OPEN_CASES)):
        doc = parsed(case.parse)
        for claim in claims_of(doc, open=True)[0]:
            for part in (claim.subject, claim.object, claim.relation, claim.source, *claim.arguments):
                if part is not None and part.text is not None:
                    assert part.span.of(doc.text) == part.text


def case(name: str) -> str:
    return next(c.parse for c in read_cases() if c.name == name)


def test_a_report_points_to_its_content(parsed) -> None:
    claims, _ = claims_of(parsed(case("reported speech [ud]")))
    say, leave = sorted(claims, key=lambda c: c.relation.span)
    assert say.content == (leave.id,) and leave.content == ()


def test_a_condition_is_an_argument(parsed) -> None:
    claims, _ = claims_of(parsed(case("condition [ud]")))
    strike, leave = sorted(claims, key=lambda c: c.relation.span)
    assert [(a.role, a.claim) for a in leave.arguments] == [("condition", strike.id)]


def test_further_arguments(parsed) -> None:
    (send, _) = sorted(claims_of(parsed(case("recipient [ud]")))[0], key=lambda c: c.relation.lemma)
    assert [(a.role, a.text, a.entity) for a in send.arguments] == [("to", "Ukraine", "Ukraine")]


def test_time_is_resolved_against_publication(parsed) -> None:
    parse = (
        "Iran/NNP/nsubj/2/Iran:country left/VBD/ROOT/2 Syria/NNP/obj/2/Syria:country last/JJ/amod/5 "
        "week/NN/obl:unmarked/2 ././punct/2"
    )
    (claim,), _ = claims_of(parsed(parse, published="2022-02-03"))
    assert (claim.time, claim.arguments[0].text) == ("2022-01-24/2022-01-30", "last week")


def test_inferred_targets_are_less_certain(parsed) -> None:
    claims, _ = claims_of(parsed(case("target from possessor [ud]")))
    stated, inferred = sorted(claims, key=lambda c: c.object.inferred)
    assert inferred.confidence < stated.confidence


def test_open_keeps_claims_without_an_actor(parsed) -> None:
    parse = case("without an actor nothing is claimed [ud]")
    claims, things = claims_of(parsed(parse), open=True)
    assert [c.relation.lemma for c in claims] == ["rise"] and [t.name for t in things] == ["Prices"]


def test_factuality_of_each_predicate(parsed) -> None:
    values = factuality(parsed(case("denial [ud]")))
    assert values[1] == 3.0 and values[5] < -1


def test_ids_depend_on_content_alone(parsed) -> None:
    once, again = (claims_of(parsed(case("recipient [ud]")))[0] for _ in range(2))
    assert once == again


def test_what_is_still_to_come_is_dated_ahead(parsed) -> None:
    parse = (
        "Iran/NNP/nsubj/3/Iran:country will/MD/aux/3 leave/VB/ROOT/3 Syria/NNP/obj/3/Syria:country in/IN/case/6 "
        "April/NNP/obl/3 ././punct/3"
    )
    (claim,), _ = claims_of(parsed(parse, published="2022-02-03"))
    assert claim.time == "2022-04"


@pytest.mark.parametrize(
    ("parse", "word", "low", "high"),
    [
        ("Iran/NNP/nsubj/3 will/MD/aux/3 leave/VB/ROOT/3", 2, 1.5, 2.9),
        ("Iran/NNP/nsubj/3 may/MD/aux/3 leave/VB/ROOT/3", 2, 0.5, 1.9),
        ("No/DT/det/2 talks/NNS/nsubj/4 are/VBP/aux/4 planned/VBN/ROOT/4", 1, -3, -1),
        ("Iran/NNP/nsubj/2 fears/VBZ/ROOT/2 an/DT/det/4 attack/NN/obj/2", 3, 0.5, 2),
        ("The/DT/det/2 attack/NN/nsubj/4 may/MD/aux/4 help/VB/ROOT/4 Iran/NNP/obj/4", 1, 2.5, 3),
        ("Iran/NNP/nsubj/2 won/VBD/ROOT/2 without/IN/mark/4 fighting/VBG/advcl/2", 3, -3, 0),
        ("Iran/NNP/nsubj/2 decided/VBD/ROOT/2 against/IN/mark/4 leaving/VBG/advcl/2", 3, -3, 0),
        ("Iran/NNP/nsubj/4 no/DT/advmod/3 longer/RB/advmod/4 fights/VBZ/ROOT/4", 3, -3, -1),
        ("Iran/NNP/nsubj/3 is/VBZ/aux/3 going/VBG/ROOT/3 to/TO/mark/5 leave/VB/xcomp/3", 4, 1.5, 2.9),
        ("They/PRP/nsubj/2 aim/VBP/ROOT/2 at/IN/mark/4 leaving/VBG/advcl/2", 3, 0, 2.5),
    ],
)
def test_factuality_of_words(parsed, parse: str, word: int, low: float, high: float) -> None:
    assert low <= factuality(parsed(parse))[word] <= high


def test_a_demand_in_the_subjunctive_is_not_a_fact(parsed) -> None:
    parse = "Iran/NNP/nsubj/2 insisted/VBD/ROOT/2 that/IN/mark/5 Iraq/NNP/nsubj/5 leave/VB/ccomp/2"
    doc = parsed(parse)
    assert standing(doc, doc[4]).modality == "necessary"
