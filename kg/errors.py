"""The errors that ``kg`` raises: one small tree, each message naming the file or field and the remedy."""

from __future__ import annotations


class KgError(Exception):
    """Anything that ``kg`` refuses to do; its message is one line that a user can act on."""


class ReadingError(KgError):
    """An article cannot be read: missing, empty, binary, or in another encoding."""


class PipelineError(KgError):
    """A spaCy pipeline is not installed or lacks a component that claims need."""


class RecordError(KgError, ValueError):
    """A value of the model breaks a rule, such as a span that ends before it starts."""


class LedgerError(KgError):
    """The ledger is missing, damaged, or written by a version that this one cannot read."""


class QueryError(KgError):
    """A SPARQL query is malformed, or no ready query has the name given."""


class GraphFileError(KgError):
    """A file to import holds no graph that ``kg`` wrote, or lacks what an article is restored from."""


class ExportError(KgError):
    """A view cannot be written: unknown format, or a place that cannot be written to."""


class KnowledgeBaseError(KgError):
    """The knowledge base is missing or damaged, or its sources contradict each other."""


class EngineError(KgError):
    """An engine lacks what it needs, or a job on it fails."""


class EvaluationError(KgError):
    """A gold file is missing, or not in the format named."""


class EventTableError(KgError):
    """A table of event codes or words is damaged: a row with missing cells, or an unknown type or class."""


class StoreError(KgError):
    """Another store cannot be reached, refuses what it is given, or breaks off in the middle of a load."""


class ServingError(KgError):
    """The endpoint cannot be started: its packages are not installed, or its port is taken."""


class TrainingError(KgError):
    """A recipe's source is missing, or not the one that the recipe was written for."""
