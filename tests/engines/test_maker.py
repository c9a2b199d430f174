"""The maker of a record: the same for the same code and weights, another for other ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engines import maker


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
    (package / "events" / "coder.py").write_text("second")
    assert maker.maker_of("small") != before
