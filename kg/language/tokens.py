"""Words with a bound prefix ("de-escalate", "anti-government") stay one token, as Universal Dependencies has them."""

from __future__ import annotations

from typing import cast

from spacy.lang.char_classes import HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

# Prefixes that the English treebanks EWT and GUM never, or hardly ever, split off.
BOUND_PREFIXES = (
    "anti", "co", "counter", "de", "ex", "inter", "mid", "mis", "multi", "non", "over", "post", "pre", "pro", "re",
    "semi", "sub", "ultra", "un",
)  # fmt: skip


def keep_bound_prefixes(nlp: Language) -> None:
    """Let the tokenizer split no hyphen after a bound prefix; the change is saved with the pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> keep_bound_prefixes(nlp)
    >>> [token.text for token in nlp("to de-escalate a US-led war")]
    ['to', 'de-escalate', 'a', 'US', '-', 'led', 'war']
    """
    guard = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in BOUND_PREFIXES)
    infixes = [guard + infix if HYPHENS in infix else infix for infix in map(str, nlp.Defaults.infixes or ())]
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
