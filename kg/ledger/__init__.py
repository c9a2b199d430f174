"""The append-only record of what was read out of each article, as Parquet tables: every view is made from it."""

from __future__ import annotations

from kg.ledger.ledger import Ledger
from kg.ledger.lock import Holder, held
from kg.ledger.manifest import Making, making_of
from kg.ledger.tables import SCHEMA_VERSION, TABLES

__all__ = ["SCHEMA_VERSION", "TABLES", "Holder", "Ledger", "Making", "held", "making_of"]
