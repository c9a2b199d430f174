"""How well the article is found on a web page: runs of four words of its body against those of the gold.

The gold is a folder of saved pages, each beside the text of its article under the same name: title, blank line, body.
The measure is that of the public benchmark of article extraction by Zyte: F1 over runs of four words, by page.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts, Scores
from kg.model import Article
from kg.reading import read

RUN = 4
WORD = re.compile(r"\w+")
PAGES = (".html", ".htm", ".xhtml")


def score(gold: Path) -> Scores:
    """The mean precision, recall and F1 of the pages of a folder, how many had the right title, and ``n``.

    :raises EvaluationError: if the folder holds no page with its text beside it.
    """
    counts: list[Counts] = []
    titles = 0
    for page in sorted(path for path in gold.rglob("*") if path.suffix in PAGES):
        wanted = page.with_suffix(".txt")
        if not wanted.exists():
            raise EvaluationError(f"{page} has no text beside it: write {wanted.name}, title, blank line and body")
        title, _, body = wanted.read_text(encoding="utf-8").partition("\n\n")
        (found,) = read([page], note=lambda note: None)
        article = found if isinstance(found, Article) else None
        counts.append(compared(article.body if article else "", body))
        titles += article is not None and article.title == title.strip()
    if not counts:
        raise EvaluationError(f"{gold} holds no pages: give a folder of .html files, each with its .txt")
    n = len(counts)
    mean = {name: sum(count.scores()[name] for count in counts) / n for name in counts[0].scores()}
    return {"n": n, **mean, "titles": titles / n}


def compared(found: str, gold: str) -> Counts:
    """The runs of words of two texts, as many times as each occurs.

    >>> compared("the envoy left Kyiv today", "the envoy left Kyiv yesterday").f1
    0.5
    """
    ours, theirs = _runs(found), _runs(gold)
    return Counts(correct=(ours & theirs).total(), predicted=ours.total(), gold=theirs.total())


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)) if words)
