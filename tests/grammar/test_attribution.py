"""Acts of attribution on sentences parsed by hand, and on plain text where no parse is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.grammar.attribution import Attribution, attributions, outermost

CASES = Path(__file__).with_name("attributions.txt")


@dataclass(frozen=True)
class Case:
    name: str
    parse: str
    wanted: tuple[str, ...]


def read_cases() -> list[Case]:
    cases: list[Case] = []
    for block in CASES.read_text(encoding="utf8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            name, rest = lines[0].removeprefix(": "), lines[1:]
            parses = [line for line in rest if line[:3] in ("ud ", "cl ")]
            wanted = tuple(line for line in rest if line not in parses)
            cases += [Case(f"{name} [{parse[:2]}]", parse[3:], wanted) for parse in parses]
    return cases


def rendered(act: Attribution) -> str:
    source = "-" if act.source is None else act.source.text
    return f"{source} | {act.cue.text} | {' ~ '.join(piece.text for piece in act.content)}"


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_acts_of_a_parse(case: Case, parsed) -> None:
    assert [rendered(act) for act in attributions(parsed(case.parse))] == list(case.wanted)


def test_what_another_says_is_not_outermost(parsed) -> None:
    parse = "Iran/NNP/nsubj/2 said/VBD/ROOT/2 Iraq/NNP/nsubj/4 thinks/VBZ/ccomp/2 it/PRP/nsubj/6 won/VBD/ccomp/4"
    acts = attributions(parsed(parse))
    assert [act.cue.text for act in acts] == ["said", "thinks"]
    assert [act.cue.text for act in outermost(acts)] == ["said"]


@pytest.mark.parametrize(
    ("parse", "wanted"),
    [
        ("Poll/NN/ROOT/1 :/:/punct/1 Iran/NNP/nsubj/4 leads/VBZ/parataxis/1", ["Poll | : | Iran leads"]),
        ("Source/NNP/ROOT/1 :/:/punct/1 Iran/NNP/appos/1", []),
    ],
)
def test_a_colon_after_what_can_speak(parsed, parse: str, wanted: list[str]) -> None:
    assert [rendered(act) for act in attributions(parsed(parse))] == wanted
