"""The maker of a record: the same for the same code and weights, another for other ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engines import maker
from kg.errors import KnowledgeBaseError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one room that reads and one that shows."""
    for path in ("events/coder.py", "views/html.py"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("first")
    monkeypatch.setattr(maker, "PACKAGE", tmp_path)
    return tmp_path


def test_what_reads_makes_the_maker(package: Path) -> None:
    before = maker.maker_of("small")
    assert maker.maker_of("small") == before
    assert maker.maker_of("en_core_web_sm") != before
    (package / "views" / "html.py").write_text("second")
    assert maker.maker_of("small") == before
    (package / "events" / "__pycache__").mkdir()
    (package / "events" / "__pycache__" / "coder.pyc").write_text("compiled")
    assert maker.maker_of("small") == before
    (package / "events" / "coder.py").write_text("first  # a comment changes nothing")
    assert maker.maker_of("small") == before
    (package / "events" / "coder.py").write_text("second")
    assert maker.maker_of("small") != before


def test_a_knowledge_base_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"names.csv cannot be read \(No such file or directory\)"):
        maker.maker_of("small", str(tmp_path / "names.csv"))


def test_every_room_is_in_a_fingerprint() -> None:
    """A new room that reads or shows must be named, or its changes would go unnoticed."""
    above = {"engines", "evaluation", "training", "corpora", "serving", "stores", "mcp"}
    rooms = {path.parent.name for path in maker.PACKAGE.glob("*/__init__.py")}
    assert rooms - above == {*maker.ROOMS_THAT_READ, *maker.ROOMS_THAT_SHOW}
