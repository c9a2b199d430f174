"""Divide words as Universal Dependencies does: spaCy's English rules, but for what EWT and GUM do otherwise.

- A bound prefix stays with its word ("de-escalate", "anti-government"); a hyphen before a figure stands alone
  ("F - 16", "COVID - 19"), as does one at a word's edge, and a dash wherever it is.
- A run of one mark is one word ("!!", "***", "<<", "--"), and so are telephone numbers and dates in figures
  ("853-7557", "2022-02-01"), decades with an apostrophe ("the 1930's") and hashtags.
- Amounts and hours stand apart from what they count ("7:30 pm", "25 bn"), and "and/or" is three words.
- Titles and other abbreviations keep their full stop, in capitals too ("Capt.", "GEN.", "et al.").
- What closes a bracket is no smiley: "(2010):", "(Figure 8)". The mark of a note stands alone: "in 2007.[3]".

The words and prefixes are in ``tokens.csv``.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import cast

from spacy.attrs import NORM, ORTH
from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RUNS = r"[!?]{2,}", *(re.escape(mark) + "{2,}" for mark in "*=_~<>$#+`-")
CLITIC = r"['’](?:s|ve|re|ll|d|m)"
PREFIXES = r"-(?=\w)", r"#(?![A-Za-z])"
INFIXES = (
    "—",
    r"–(?![A-Za-z])",
    r"(?<![A-Za-z])–",
    r"(?<=[A-Za-z%])-(?=\d)",
    r"(?<=[A-Z]\.)-(?=[A-Za-z])",
    r"(?<=\d)%(?=-)",
    rf"(?<=[A-Za-z]){CLITIC}(?=[—–]|--|$)",
)
SUFFIXES = r"(?<=[A-Za-z])-", r"(?<=[a-z][A-Z])\.", r"\[\d{1,3}\]"
APOSTROPHES = "‘`´ʼ"
WHOLE = r"\+?\d+(?:-\d+){2,}", r"\d{3}-\d{4}", r"\+\d+-\d+", r"(?:1\d)?\d0['’]s"


def follow_treebanks(nlp: Language) -> None:
    """Let the tokenizer of an English pipeline divide words as EWT and GUM do; the change is saved with the pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> follow_treebanks(nlp)
    >>> [token.text for token in nlp("to de-escalate a US-led war!!")]
    ['to', 'de-escalate', 'a', 'US', '-', 'led', 'war', '!!']
    >>> [token.text for token in nlp("At 7:30pm GEN. Dvornikov (see 8) lost $2bn and/or F-16s.")][-13:]
    ['8', ')', 'lost', '$', '2', 'bn', 'and', '/', 'or', 'F', '-', '16s', '.']
    """
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    defaults = nlp.Defaults
    units = f"(?<=[0-9])(?:{'|'.join(_listed('unit'))})"
    prefixes = [*RUNS, *PREFIXES, *(str(rule) for rule in defaults.prefixes or () if rule != "#")]
    suffixes = [*RUNS, units, *SUFFIXES, *map(str, defaults.suffixes or ())]
    infixes = [*RUNS, *INFIXES, *map(str, defaults.infixes or ())]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(map(_unbound, infixes)).finditer
    tokenizer.token_match = re.compile(f"(?:{'|'.join(WHOLE)})$").match
    tokenizer.rules = {text: rule for text, rule in (tokenizer.rules or {}).items() if text not in _listed("plain")}
    for abbreviation in _listed("abbreviation"):
        for text in (abbreviation, abbreviation.upper()):
            tokenizer.add_special_case(text, [{"ORTH": text}])
    for divided in _listed("divided"):
        tokenizer.add_special_case(divided.replace(" ", ""), [{"ORTH": part} for part in divided.split()])


def know_apostrophes(nlp: Language) -> None:
    """Let a tokenizer divide contractions with any mark that stands for an apostrophe: "didn`t", "wouldn‘t", "I´m".

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> know_apostrophes(nlp)
    >>> [token.text for token in nlp("Sudan didn`t, Spain couldnʼt.")]
    ['Sudan', 'did', 'n`t', ',', 'Spain', 'could', 'nʼt', '.']
    """
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    plain = {text: parts for text, parts in (tokenizer.rules or {}).items() if text.count("'") == 1 and text[0] != "'"}
    for mark in APOSTROPHES:
        for text, parts in plain.items():
            if text.replace("'", mark) not in tokenizer.rules:
                divided = [{ORTH: part[ORTH].replace("'", mark), NORM: part.get(NORM, part[ORTH])} for part in parts]
                tokenizer.add_special_case(text.replace("'", mark), divided)


def _unbound(infix: str) -> str:
    """The infix rule, but not for a hyphen after a bound prefix."""
    if HYPHENS not in infix and "-(?=" not in infix:
        return infix
    return "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _listed("prefix")) + infix


@cache
def _listed(kind: str) -> tuple[str, ...]:
    """The words of one kind in ``tokens.csv``."""
    with Path(__file__).with_name("tokens.csv").open(encoding="utf8", newline="") as lines:
        return tuple(row["text"] for row in csv.DictReader(lines) if row["kind"] == kind)
