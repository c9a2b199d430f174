"""Extraction on one machine: articles in, records out, in the same order and the same for any number of workers.

Each article is parsed by itself. spaCy could parse many at once, but then a score may differ in its last digits with
the articles that happen to share a batch, and a graph would depend on how the work was shared out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context

from spacy.language import Language

from kg.errors import KgError
from kg.language.pipeline import DEFAULT, load_pipeline
from kg.model import Article, Claim, Record
from kg.reading import Rejected

ARTICLES_AT_ONCE = 16
BATCHES_AHEAD = 3


def extract(article: Article | str, *, pipeline: str | Language | None = None, open: bool = False) -> Record:
    """Everything read out of one article: its entities, mentions and claims.

    :param article: an article, or the text of one.
    :param pipeline: the name of a pipeline, or a loaded one; the bundled one if not given.
    :param open: keep claims among things that are no actors too.
    :raises PipelineError: if there is no such pipeline, or it cannot read the article.

    >>> record = extract("Russia rejected the proposal of NATO.")
    >>> sorted({(claim.subject.name, claim.relation.lemma) for claim in record.claims})
    [('Russia', 'reject')]
    """
    nlp = pipeline if isinstance(pipeline, Language) else loaded(pipeline or DEFAULT)
    return _record_of(Article.make(text=article) if isinstance(article, str) else article, nlp, open=open)


def extract_all(
    articles: Iterable[Article | Rejected],
    *,
    pipeline: str | None = None,
    workers: int = 1,
    open: bool = False,
    knowledge_base: str | None = None,
) -> Iterator[Record | Rejected]:
    """The records of many articles, in their order; an article that cannot be worked on gives a rejection in its place.

    What :func:`kg.reading.read` rejected goes through as it is, so that the two fit together.

    With more than one worker, processes are started: a script that calls this needs ``if __name__ == "__main__":``.

    :param knowledge_base: a CSV or Parquet file of names that extends the knowledge base, or another one's file.
    :raises PipelineError: if there is no such pipeline; raised by the call itself, before any article is read.
    """
    pipeline = pipeline or DEFAULT
    loaded(pipeline, knowledge_base)
    batches = _batches(articles)
    if workers <= 1:
        return (item for batch in batches for item in _records_of(batch, pipeline, open, knowledge_base))
    return _in_processes(batches, pipeline, workers, open, knowledge_base)


@lru_cache(maxsize=2)
def loaded(pipeline: str, knowledge_base: str | None = None) -> Language:
    """The pipeline of this name with a knowledge base, loaded once in a process.

    :raises PipelineError: if there is none, or it lacks a component.
    """
    return load_pipeline(pipeline, knowledge_base=knowledge_base)


def _in_processes(
    batches: Iterator[list[Article | Rejected]], pipeline: str, workers: int, open: bool, knowledge_base: str | None
) -> Iterator[Record | Rejected]:
    """Work on a few batches at a time, so that a million articles never wait in memory; results keep their order."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Record | Rejected]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_records_of, batch, pipeline, open, knowledge_base))
            if len(waiting) >= workers * BATCHES_AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(articles: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    rest = iter(articles)
    while batch := list(islice(rest, ARTICLES_AT_ONCE)):
        yield batch


def _records_of(
    batch: list[Article | Rejected], pipeline: str, open: bool, knowledge_base: str | None
) -> list[Record | Rejected]:
    nlp = loaded(pipeline, knowledge_base)
    return [item if isinstance(item, Rejected) else _record_or_rejection(item, nlp, open) for item in batch]


def _record_or_rejection(article: Article, nlp: Language, open: bool) -> Record | Rejected:
    if len(article.text) > nlp.max_length:
        reason = f"has {len(article.text)} characters, more than the {nlp.max_length} that a parse can hold"
        return Rejected(article.id, reason, "split it into several articles")
    if article.language.lower().split("-")[0] != nlp.lang:
        reason = f"is in the language {article.language!r}, and the pipeline reads {nlp.lang!r}"
        return Rejected(article.id, reason, "name a pipeline of that language with --pipeline, or leave it out")
    try:
        return _record_of(article, nlp, open=open)
    except KgError as error:
        return Rejected(article.id, f"cannot be worked on ({error})", "report it with the article's text")


def _record_of(article: Article, nlp: Language, *, open: bool) -> Record:
    doc = nlp.make_doc(article.text)
    doc._.article, doc._.open = article, open
    doc = nlp(doc)
    claims: tuple[Claim, ...] = tuple(doc._.claims)
    named = {mention.entity for mention in doc._.mentions} | {id for claim in claims for id in _entities_of(claim)}
    entities = tuple(entity for id, entity in sorted(doc._.entities.items()) if id in named)
    return Record(article=article, entities=entities, mentions=tuple(doc._.mentions), claims=claims)


def _entities_of(claim: Claim) -> set[str]:
    parts = {part.entity for part in (claim.subject, claim.object) if part}
    arguments = {argument.entity for argument in claim.arguments if argument.entity}
    source = {claim.source.entity} if claim.source and claim.source.entity else set[str]()
    return parts | arguments | source
