from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.errors import KnowledgeBaseError

ROWS = [
    {"id": "x-own", "kind": "organization", "label": "Ruritanian Front", "alias": "Black Hand of Ruritania"},
    {"id": "Q159", "kind": "country", "label": "Russia", "alias": "Ruthenia Magna"},
]


def as_csv(path, rows):
    path.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), encoding="utf8")
    return path


def test_a_file_of_names_extends_the_knowledge_base(tmp_path):
    parquet.write_table(pa.Table.from_pylist(ROWS), tmp_path / "own.parquet")
    for path in (as_csv(tmp_path / "own.csv", ROWS), tmp_path / "own.parquet"):
        base = KnowledgeBase.load(path)
        found = [base.lookup(name)[0].entity for name in ("Ruritanian Front", "Black Hand of Ruritania")]
        assert [entity.id for entity in found] == ["x-own", "x-own"]
        assert base.lookup("Ruthenia Magna")[0].entity == base.lookup("Russia")[0].entity


@pytest.mark.parametrize(
    ("change", "message"),
    [({"kind": "planet"}, "row 1 has the kind 'planet'"), ({"label": ""}, "row 1 has no label"),
     ({"salience": "high"}, "row 1 has the salience 'high'"), ({"type": "nickname"}, "row 1 has the type 'nickname'")],
)  # fmt: skip
def test_a_row_that_is_wrong_is_named(tmp_path, change, message):
    with pytest.raises(KnowledgeBaseError, match=message):
        KnowledgeBase.load(as_csv(tmp_path / "own.csv", [{**ROWS[0], **change}]))


def test_a_missing_file(tmp_path):
    with pytest.raises(KnowledgeBaseError, match="there is no .*own.csv"):
        KnowledgeBase.load(tmp_path / "own.csv")
