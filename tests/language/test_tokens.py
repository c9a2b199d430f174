"""Words are divided as the English treebanks divide them; a middle dot marks a division where no space is written."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from kg.language.tokens import follow_treebanks


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    follow_treebanks(pipeline)
    return pipeline


@pytest.mark.parametrize(
    "divided",
    [
        "de-escalate an anti-government pro-Russian RE-ELECTED mid-2022 e-mail",
        "a US·-·led UN·-·backed U.S.·-·based al·-·Hussein Xi·–·Biden",
        "F·-·16s COVID·-·19 G·-·7 50·%·-·60·% 2014·–·15 1990·-·1995",
        "Biden·—·who·? It·’s·—·it·’s·—·anyway service·- and -·the",
        "wait·!! what·?! ***·File·*** <<·x·>> === a·--·b $$",
        "713-853-7557 853-7557 2022-02-24 +1-202-456-1111",
        "the 1930's and 70's but 2030·'s goals and Putin·'s",
        "#Ukraine #·1 @POTUS",
        "7:30·pm 11·AM $·1.5·bn £·300·k €·2·m 24·hrs 54·º N",
        "and·/·or he·/·she 9/11 wan·na gon·na",
        "Capt. GEN. Lt. Col. COL. Wed. et al.",
        "Wed they wed the Id",
        "(·2010·)·: (·Figure 8·) (·=·three·) :) :-(",
        "the IoT·. the PhD·.",
        "Society·,·[3] in 2007·.·[12]·[13] said Spc. Walsh",
    ],
)
def test_words(nlp: Language, divided: str) -> None:
    words = [token.text for token in nlp(divided.replace("·", ""))]
    assert words == divided.replace("·", " ").split()


def test_saved_with_the_pipeline(nlp: Language, tmp_path: Path) -> None:
    text = "Capt. Ali sent F-16s and/or 2bn!! (see 8): on 2022-02-24."
    nlp.to_disk(tmp_path)
    assert [token.text for token in spacy.load(tmp_path)(text)] == [token.text for token in nlp(text)]
