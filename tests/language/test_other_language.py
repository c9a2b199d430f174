"""A pipeline for another language than English."""

from __future__ import annotations

import pytest
import spacy

from kg.errors import PipelineError
from kg.language.bundled import check_language


def test_a_pipeline_that_is_not_english_is_refused(tmp_path) -> None:
    spacy.blank("fr").to_disk(tmp_path)
    with pytest.raises(PipelineError, match="--language-unchecked"):
        check_language(str(tmp_path))
    check_language("small")
