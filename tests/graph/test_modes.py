"""The auxiliary modes of a claim, a case a line: event type, polarity, modality, time, and what follows."""

from __future__ import annotations

import pytest

from kg.graph import auxiliary_modes
from kg.model import Event

QUADS = {"ASSAULT": "material conflict", "REJECT": "verbal conflict", "AGREE": "verbal cooperation"}
CASES = """
ASSAULT  positive asserted     -
ASSAULT  negative asserted     -                      negated
ASSAULT  positive possible     -                      hypothetical
ASSAULT  positive conditional  -                      hypothetical
ASSAULT  positive future       -                      future
ASSAULT  negative hypothetical -                      hypothetical negated
ASSAULT  positive asserted     2014                   historical
ASSAULT  positive asserted     2021-12                historical
ASSAULT  positive asserted     2022-01
ASSAULT  positive asserted     2022-01-31
ASSAULT  positive asserted     2022
ASSAULT  positive asserted     2020-01-01/2022-01-30
ASSAULT  positive asserted     2022-02-30
ASSAULT  positive asserted     2022-02-04             future
ASSAULT  negative asserted     2014                   historical negated
REJECT   negative asserted     -
REJECT   negative future       -
REJECT   positive future       -                      future
AGREE    positive future       -
AGREE    positive asserted     2022-03-01
AGREE    negative future       -
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_modes_follow_from_the_claim(writer, case: str) -> None:
    type, polarity, modality, time, *modes = case.split()
    event = Event(type, QUADS[type])
    when = None if time == "-" else time
    claim = writer("a").claim("Russia", "do", "Ukraine", polarity=polarity, modality=modality, time=when, event=event)
    assert auxiliary_modes(claim, published="2022-02-01") == tuple(modes)


def test_without_an_event_or_a_date_of_publication_there_is_less_to_say(writer) -> None:
    claim = writer("a").claim("Russia", "attack", "Ukraine", time="2014", event=Event("ASSAULT", "material conflict"))
    assert auxiliary_modes(claim) == ()
    assert auxiliary_modes(writer("a").claim("Russia", "attack", "Ukraine", polarity="negative")) == ()
