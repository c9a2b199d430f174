"""Extraction on one machine: articles in, records out, in the same order and the same for any number of workers.

Each article is parsed by itself. spaCy could parse many at once, but then a score may differ in its last digits with
the articles that happen to share a batch, and a graph would depend on how the work was shared out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kg.engines.pool import Pool
from kg.engines.watchdog import at_most, limit_of
from kg.language.bundled import DEFAULT, check_language, check_pipeline
from kg.model import Article, Claim, Record
from kg.reading import Rejected
from kg.reading.fields import iso_date
from kg.reading.recognition import ENGLISH, language_name

if TYPE_CHECKING:
    from spacy.language import Language

ARTICLES_AT_ONCE = 16
CHARACTERS_AT_ONCE = 100_000
LONGEST_TITLE = 2_000
# What a worker process may take by the clock: more than enough for its start, its limit and a busy machine.
PATIENCE, PATIENCE_A_LIMIT = 300.0, 5.0


def extract(
    article: Article | str,
    *,
    published: str | None = None,
    pipeline: str | Language | None = None,
    open: bool = False,
) -> Record:
    """Everything read out of one article: its entities, mentions and claims.

    :param article: an article, or the text of one.
    :param published: the ISO 8601 date of the text, against which "on Tuesday" is reckoned.
    :param pipeline: the name of a pipeline, or a loaded one; the bundled one if not given.
    :param open: keep claims among things that are no actors too.
    :raises PipelineError: if there is no such pipeline, or it cannot read the article.
    :raises ReadingError: if ``published`` is no date.

    >>> record = extract("Russia rejected the proposal of NATO.")
    >>> sorted({(claim.subject.name, claim.relation.lemma) for claim in record.claims})
    [('Russia', 'reject')]
    """
    if isinstance(pipeline, str):
        check_pipeline(pipeline)
        check_language(pipeline)
    nlp = loaded(pipeline or DEFAULT) if pipeline is None or isinstance(pipeline, str) else pipeline
    if isinstance(article, str):
        article = Article.make(text=article, published=iso_date(published) if published else None)
    return _record_of(article, nlp, open=open)


def extract_all(
    articles: Iterable[Article | Rejected],
    *,
    pipeline: str | None = None,
    workers: int = 1,
    open: bool = False,
    knowledge_base: str | None = None,
    language_unchecked: bool = False,
) -> Iterator[Record | Rejected]:
    """The records of many articles, in their order; an article that cannot be worked on gives a rejection in its place.

    What :func:`kg.reading.read` rejected goes through as it is, so that the two fit together.

    With more than one worker, processes are started: a script that calls this needs ``if __name__ == "__main__":``.

    :param knowledge_base: a CSV or Parquet file of names that extends the knowledge base, or another one's file.
    :param language_unchecked: take a pipeline for another language than English; its claims are not to be trusted.
    :raises PipelineError: if there is no such pipeline, or it is not English; raised by the call itself,
        before any article is read. The pipeline is loaded for the first article, so that where there is none, none is
        loaded.
    """
    pipeline = pipeline or DEFAULT
    check_pipeline(pipeline)
    if not language_unchecked:
        check_language(pipeline)
    work = partial(worked_on, pipeline=pipeline, open=open, knowledge_base=knowledge_base)
    if workers <= 1:
        return (work(item) for item in articles)
    loaded(pipeline, knowledge_base)  # what is wrong with it is told here, not by every worker
    return Pool(work, workers, lost=_lost, patience=_patience).map(_batches(articles))


@lru_cache(maxsize=2)
def loaded(pipeline: str, knowledge_base: str | None = None) -> Language:
    """The pipeline of this name with a knowledge base, loaded once in a process.

    :raises PipelineError: if there is none, or it lacks a component.
    """
    from kg.language.pipeline import load_pipeline  # spaCy takes a second to import

    return load_pipeline(pipeline, knowledge_base=knowledge_base)


def _batches(articles: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    """Articles that go to a worker together: not many, nor long ones, so that what is done is soon put away."""
    batch: list[Article | Rejected] = []
    characters = 0
    for item in articles:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= ARTICLES_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _patience(item: Article | Rejected) -> float:
    return PATIENCE + PATIENCE_A_LIMIT * limit_of(len(item.text) if isinstance(item, Article) else 0)


def _lost(item: Article | Rejected, reason: str) -> Record | Rejected:
    if isinstance(item, Rejected):
        return item
    return rejection(item, f"cannot be worked on ({reason})", error="WorkerDied")


def rejection(article: Article, reason: str, *, remedy: str | None = None, error: str | None = None) -> Rejected:
    """The rejection of an article that was read, told by the file where it was read, and by its id."""
    where = article.origin or article.id
    named = f"the article {article.id!r} {reason}" if article.origin else reason
    return Rejected(where, named, remedy or "leave it out, and report it with the article's text", error=error)


def worked_on(item: Article | Rejected, *, pipeline: str, open: bool, knowledge_base: str | None) -> Record | Rejected:
    """The record of an article, or its rejection; a rejection goes through as it is."""
    if isinstance(item, Rejected):
        return item
    nlp = loaded(pipeline, knowledge_base)
    return _refused(item, nlp) or _record_or_rejection(item, nlp, open)


def _refused(article: Article, nlp: Language) -> Rejected | None:
    """The rejection of an article that is too long, or in a language that the pipeline does not read."""
    if len(article.text) > nlp.max_length:
        reason = f"has {len(article.text)} characters, more than the {nlp.max_length} that a parse can hold"
        return rejection(article, reason, remedy="split it into several articles", error="TooLong")
    if article.title and len(article.title) > LONGEST_TITLE:
        reason = f"has a title of {len(article.title)} characters, and a title has at most {LONGEST_TITLE}"
        return rejection(article, reason, remedy="put it into the text, or mend the field", error="TooLong")
    language = article.language.lower().split("-")[0]
    if language != nlp.lang:
        reason = f"is in {language_name(language)}, and the pipeline reads {language_name(nlp.lang or ENGLISH)}"
        remedy = "name a pipeline of that language with --pipeline, or leave it out"
        return rejection(article, reason, remedy=remedy, error="OtherLanguage")
    return None


def _record_or_rejection(article: Article, nlp: Language, open: bool) -> Record | Rejected:
    """The record of an article; whatever goes wrong with it is told of it, and ends nothing but it."""
    try:
        with at_most(limit_of(len(article.text))):
            return _record_of(article, nlp, open=open)
    except Exception as error:
        name = type(error).__name__
        return rejection(article, f"cannot be worked on ({name}: {' '.join(str(error).split())})", error=name)


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
