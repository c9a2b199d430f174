"""What sentences give with the bundled pipelines, from ``sentences.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.claims.lists import listed
from kg.model import Claim

FILE = Path(__file__).with_name("sentences.txt")


def read_cases() -> list[tuple[str, list[tuple[str, str]]]]:
    cases = list[tuple[str, list[tuple[str, str]]]]()
    for line in FILE.read_text(encoding="utf8").splitlines():
        if line.startswith("> "):
            cases.append((line[2:].replace("\\n", "\n"), []))
        elif line[:2] in ("+ ", "- "):
            cases[-1][1].append((line[0], line[2:]))
    return cases


def fits(pattern: str, claim: Claim) -> bool:
    wanted = [part.strip() for part in pattern.split(" | ")]
    found = [claim.subject.name, claim.relation.lemma, claim.object.name if claim.object else "-"]
    found += [f"{claim.polarity} {claim.modality}"]
    return all(part in ("*", has) for part, has in zip(wanted, found, strict=False))


@pytest.fixture(scope="module", params=["accurate", "small"])
def pipeline(request: pytest.FixtureRequest):
    return request.param, kg.load_pipeline(request.param)


@pytest.mark.parametrize(("text", "lines"), read_cases(), ids=lambda value: value if isinstance(value, str) else "")
def test_claims_of_a_sentence(text: str, lines: list[tuple[str, str]], pipeline) -> None:
    name, nlp = pipeline
    only = text.startswith("[accurate] ")
    if only and name != "accurate":
        pytest.skip("needs the parse of the accurate pipeline")
    claims = kg.extract(text.removeprefix("[accurate] "), pipeline=nlp).claims
    shown = [(c.subject.name, c.relation.lemma, c.object.name if c.object else "-") for c in claims]
    for sign, pattern in lines:
        assert any(fits(pattern, claim) for claim in claims) == (sign == "+"), (sign + " " + pattern, shown)


def test_a_list_has_words_and_an_unknown_one_is_an_error() -> None:
    assert "with" in listed("relating preposition")
    with pytest.raises(KeyError):
        listed("no such list")
