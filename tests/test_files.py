"""Files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.files import replacing, write_text


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "first\r\n")
    with pytest.raises(RuntimeError), replacing(path) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert path.read_bytes() == b"first\r\n"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]
