"""Wordpieces, windows and the component that runs an encoder, here a tiny graph that looks vectors up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import PipelineError
from kg.language.encoder import WIDTH, Encoder, Pieces, pool, sentence_may_end, windows
from kg.language.wordpieces import WordPieces, case_of

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "the", "talk", "##s", "in", "kyiv", ".", "orb", "##an", '"']


def lookup_graph() -> bytes:
    """A graph whose vector of a piece is its number plus a tenth of its case in every column."""
    onnx = pytest.importorskip("onnx")
    helper, kinds = onnx.helper, onnx.TensorProto
    table = np.repeat(np.arange(len(VOCABULARY), dtype=np.float32)[:, None], WIDTH, axis=1)
    cases = np.repeat(np.arange(4, dtype=np.float32)[:, None] / 10, WIDTH, axis=1)
    nodes = [
        helper.make_node("Gather", ["table", "pieces"], ["piece"]),
        helper.make_node("Gather", ["case_table", "cases"], ["case"]),
        helper.make_node("Add", ["piece", "case"], ["vectors"]),
    ]
    inputs = [helper.make_tensor_value_info(name, kinds.INT64, [1, "n"]) for name in ("pieces", "cases")]
    output = helper.make_tensor_value_info("vectors", kinds.FLOAT, [1, "n", WIDTH])
    weights = [
        onnx.numpy_helper.from_array(table, "table"),
        onnx.numpy_helper.from_array(cases, "case_table"),
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, [output], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString()


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A blank pipeline with the tiny encoder."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("kg_encoder")
    component.load(lookup_graph(), VOCABULARY)  # pyright: ignore[reportAttributeAccessIssue]
    return nlp


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("talks", ["talk", "##s"]),
        ("TALKS", ["talk", "##s"]),
        ("Orbán", ["orb", "##an"]),
        ("talks.", ["talk", "##s", "."]),
        ("summit", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("\n\n", []),
    ],
)
def test_a_word_is_divided_into_its_longest_pieces(word: str, pieces: list[str]) -> None:
    divide = WordPieces(VOCABULARY)
    assert [VOCABULARY[number] for number in divide(word)] == pieces
    assert divide(word) == divide(word)


@given(st.text(max_size=12))
def test_every_word_that_is_no_white_space_has_a_piece(word: str) -> None:
    assert bool(WordPieces(VOCABULARY)(word)) == bool(word and not word.isspace())
    assert case_of(word) in range(4)


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=60))
def test_windows_keep_every_token_once_and_the_limit(tokens: list[tuple[int, bool]]) -> None:
    sizes = [size for size, _ in tokens]
    found = list(windows(sizes, [ends for _, ends in tokens], limit=40))
    assert [i for window in found for i in range(window.first, window.last)] == list(range(len(sizes)))
    for window in found:
        assert window.start <= window.first < window.last <= window.end
        assert sum(sizes[window.start : window.end]) <= 40


def test_a_window_ends_where_a_sentence_does() -> None:
    doc = spacy.blank("en")('He said: "No talks." Kyiv waits.\n\nRome too')
    ends = [token.text for token, may_end in zip(doc, sentence_may_end(doc), strict=True) if may_end]
    assert ends == ['"', ".", "\n\n"]


def test_a_long_sentence_is_read_in_windows_that_overlap() -> None:
    found = list(windows([1] * 300, [False] * 300, limit=100))
    assert all(after.start < after.first == before.last for before, after in zip(found, found[1:], strict=False))


def test_a_token_has_the_mean_of_its_pieces_and_white_space_zeros(nlp: Language) -> None:
    doc = nlp("The talks\n\nin Kyiv")
    talks = (VOCABULARY.index("talk") + VOCABULARY.index("##s")) / 2
    expected = [VOCABULARY.index("the") + 0.1, talks, 0.0, VOCABULARY.index("in"), VOCABULARY.index("kyiv") + 0.1]
    assert doc.tensor.shape == (5, WIDTH)
    assert doc.tensor[:, 0] == pytest.approx(expected)


def test_vectors_do_not_depend_on_the_other_texts(nlp: Language) -> None:
    texts = ["The talks in Kyiv.", "", "Orbán " * 150]
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        assert np.array_equal(doc.tensor, nlp(text).tensor)


def test_rows_that_nothing_owns_are_left_out(nlp: Language) -> None:
    table = np.zeros((3, WIDTH), dtype=np.float32)
    pool(np.ones((5, WIDTH), dtype=np.float32), [-1, 0, 0, 2, -1], table)
    assert table[:, 0].tolist() == [1, 0, 1]
    divided = Pieces.of(nlp.make_doc("The talks"), WordPieces(VOCABULARY))
    assert divided.owners(divided.windows[0]) == [-1, 0, 1, 1, -1]


def test_a_saved_encoder_gives_the_same_vectors(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "tiny")
    loaded = spacy.load(tmp_path / "tiny")
    assert np.array_equal(loaded("Talks in Kyiv").tensor, nlp("Talks in Kyiv").tensor)


def test_an_encoder_without_weights_says_so() -> None:
    with pytest.raises(PipelineError, match="no weights"):
        Encoder()(spacy.blank("en")("Talks"))


def test_a_head_reads_the_vectors(nlp: Language) -> None:
    model = spacy.registry.architectures.get("kg.TensorTok2Vec.v1")(width=WIDTH)
    doc = nlp("Talks in Kyiv")
    rows, backprop = model.begin_update([doc])
    assert np.array_equal(rows[0], doc.tensor)
    told: list[np.ndarray] = []
    model.attrs["learn"] = lambda docs, gradients: told.extend(gradients)
    rows, backprop = model.begin_update([doc])
    backprop([rows[0] + 1])
    assert np.array_equal(told[0], doc.tensor + 1)
    assert model.predict([spacy.blank("en")("no tensor yet")])[0].shape == (3, WIDTH)
