"""The component ``kg_lemmatizer``: spaCy's rules for English, told by the tag which words are base forms already.

spaCy asks the morphology whether a verb is a base form, and takes "need" in "we need" for none, since Universal
Dependencies gives it number and person; it then cuts off a supposed ending. The tag says it plainly. Where the part of
speech contradicts the tag ("claims" as a plural noun and a verb), the tag wins, for it is what the parse agrees with.
Of two verbs that the rules allow, the spelling chooses: "hoped" is of "hope", "hopped" of "hop". Auxiliaries, which
spaCy's tables leave out, go by those of verbs, and their short forms by a list.
"""

from __future__ import annotations

import re

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline.lemmatizer import lemmatizer_score
from spacy.tokens import Doc, Token
from thinc.api import Model

PART_OF_SPEECH = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "VB": "VERB", "VBD": "VERB", "VBG": "VERB",
    "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
}  # fmt: skip
VERBAL = frozenset({"VERB", "AUX"})
AUXILIARIES = {
    "'s": "be", "'m": "be", "'re": "be", "'ve": "have", "'d": "would", "'ll": "will", "ca": "can", "wo": "will",
    "sha": "shall", "does": "do", "being": "be",
}  # fmt: skip
ENDINGS = ("ed", "ing")
DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # one syllable, one short vowel: "hop" doubles its end
BASE_TAGS = frozenset({"VB", "VBP", "NN", "JJ", "RB", "MD"})


class TagLemmatizer(EnglishLemmatizer):
    """Rule lemmatizer that leaves words with a base form's tag as they are, unless they are irregular ("are")."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token, after its part of speech has been brought in line with its tag."""
        for token in doc:
            by_tag = PART_OF_SPEECH.get(token.tag_)
            if by_tag is not None and (by_tag in VERBAL) != (token.pos_ in VERBAL):
                token.pos_ = by_tag
        return super().__call__(doc)

    def is_base_form(self, token: Token) -> bool:
        """Whether a word is its own lemma."""
        irregular = self.lookups.get_table("lemma_exc", {}).get(token.pos_.lower(), {})
        return token.tag_ in BASE_TAGS and token.lower_ not in irregular

    def rule_lemmatize(self, token: Token) -> list[str]:
        """The lemmas that a word may have, the likeliest first."""
        if token.pos_ in VERBAL:
            auxiliary = AUXILIARIES.get(token.lower_.replace("’", "'"))
            if auxiliary is not None:
                return [auxiliary]
        if token.pos_ == "AUX":
            irregular = self.lookups.get_table("lemma_exc", {}).get("verb", {})
            return [token.lower_] if token.tag_ == "MD" else irregular.get(token.lower_, [token.lower_])
        found = super().rule_lemmatize(token)
        return sorted(found, key=lambda lemma: (not is_spelt_so(token, lemma), not self._is_known_behind_hyphen(lemma)))

    def _is_known_behind_hyphen(self, lemma: str) -> bool:
        """Whether what stands behind a prefix is a verb of the tables: "re-open", not "re-opene"."""
        prefix, _, verb = lemma.rpartition("-")
        return not prefix or verb in self.lookups.get_table("lemma_index", {}).get("verb", ())


def is_spelt_so(token: Token, lemma: str) -> bool:
    """Whether a verb in "-ed" or "-ing", or a plural, is spelt as those of this lemma are; other words always are.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["hoped", "taxes"], pos=["VERB", "NOUN"])
    >>> hoped, taxes = doc
    >>> is_spelt_so(hoped, "hop"), is_spelt_so(hoped, "hope"), is_spelt_so(taxes, "taxis"), is_spelt_so(taxes, "tax")
    (False, True, False, True)
    """
    word = token.lower_
    if token.pos_ == "NOUN" and word.endswith("s"):
        return word in (lemma, lemma + "s", lemma + "es") or word == lemma.removesuffix("y") + "ies"
    ending = next((ending for ending in ENDINGS if word.endswith(ending)), None)
    if token.pos_ != "VERB" or ending is None or lemma == word:
        return True
    doubled = lemma + lemma[-1] + ending
    if DOUBLING.fullmatch(lemma):
        return word == doubled
    return word in (lemma.removesuffix("e") + ending, lemma + ending, doubled)


def make_lemmatizer(nlp: Language, name: str) -> TagLemmatizer:
    """The lemmatizer; its tables are loaded with the pipeline, or from spacy-lookups-data when it is made."""
    model: Model[object, object] | None = None
    return TagLemmatizer(nlp.vocab, model, name, mode="rule", overwrite=True, scorer=lemmatizer_score)


Language.factory(
    "kg_lemmatizer", func=make_lemmatizer, assigns=["token.lemma"], default_score_weights={"lemma_acc": 1.0}
)
