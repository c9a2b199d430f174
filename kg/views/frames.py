"""The tables of a graph as data frames of pandas or polars, each column with the type that it has in Parquet.

Neither library is needed for anything else, so that neither is installed unless it is asked for.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from kg.errors import ExportError
from kg.version import install
from kg.views.tables import arrow_table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from kg.graph import Graph


def to_pandas(graph: Graph, table: str) -> pd.DataFrame:
    """One table for pandas: text as ``string``, flags as ``boolean``, counts as ``Int64``, scores as ``float64``.

    :raises ExportError: if there is no such table, or pandas is not installed.
    """
    _require("pandas")
    import pandas as pd

    types = {pa.string(): pd.StringDtype(), pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}
    return arrow_table(graph, table).to_pandas(types_mapper=types.get)


def to_polars(graph: Graph, table: str) -> pl.DataFrame:
    """One table for polars: ``String``, ``Boolean``, ``Int64``, ``Float64`` and ``List(String)``.

    :raises ExportError: if there is no such table, or polars is not installed.
    """
    _require("polars")
    import polars as pl

    return cast("pl.DataFrame", pl.from_arrow(arrow_table(graph, table)))


def _require(library: str) -> None:
    if find_spec(library) is None:
        raise ExportError(f"a table for {library} needs it: run {install('tables')}")
