"""The names of dependency labels and tags that rules of several modules group alike.

Labels are those of Universal Dependencies, tags those of the Penn Treebank, parts of speech the universal ones. Rooms
to the right of this one name groups by these constants, or ask :class:`kg.grammar.clauses.Clause`; they spell no label.
"""

from __future__ import annotations

from typing import Final

SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer")
NOMINAL_SUBJECTS: Final = ("nsubj", "nsubj:pass")
ANY_SUBJECTS: Final = (*NOMINAL_SUBJECTS, "csubj", "expl")
OBJECTS: Final = ("obj", "iobj")
AUXILIARIES: Final = ("aux", "aux:pass")
VERB_GROUP: Final = (*AUXILIARIES, "cop")
COMPLEMENT_CLAUSES: Final = ("ccomp", "xcomp")
OBLIQUES: Final = ("obl", "nmod", "obl:tmod", "obl:npmod", "obl:unmarked")
POSSESSOR: Final = "nmod:poss"
BEFORE_NOUN: Final = frozenset({"compound", "amod", "det", "flat", "nummod"})

FINITE_TAGS: Final = frozenset({"VBD", "VBP", "VBZ"})
PRESENT_TAGS: Final = frozenset({"VBP", "VBZ"})
PARTICIPLE_TAGS: Final = frozenset({"VBG", "VBN"})
RELATIVE_TAGS: Final = frozenset({"WDT", "WP", "WP$", "WRB"})
PRONOUN_TAGS: Final = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$", "EX", "WRB"})
NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
NOUNS: Final = frozenset({"NOUN", "PROPN"})
VERBS: Final = frozenset({"VERB", "AUX"})
