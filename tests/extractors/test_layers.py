"""The quicker layers and parsers give every token what the model's own give it."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info, threadpool_limits

from triplomat.extractors.layers import OneThreadOps, quicken
from triplomat.extractors.parsing import load_pipeline, model_name
from triplomat.extractors.stepwise import StepwiseParser, StepwiseRecognizer, step_together

_SAMPLE = files("triplomat").joinpath("sample/articles.jsonl").read_text(encoding="utf-8")
_TEXTS = [json.loads(line)["text"] for line in _SAMPLE.splitlines()]
_MODEL = spacy.load(model_name())
_OWN = spacy.load(model_name())
step_together(_OWN)
quicken(_OWN)


def _annotations(doc: Doc) -> list[tuple[object, ...]]:
    return [(token.tag_, token.dep_, token.head.i, token.ent_iob_, token.ent_type_, token.lemma_) for token in doc]


def _same(texts: list[str], batch_size: int) -> bool:
    theirs, own = ([*map(_annotations, nlp.pipe(texts, batch_size=batch_size))] for nlp in (_MODEL, _OWN))
    return own == theirs


def test_the_pipeline_has_them() -> None:
    nlp = load_pipeline()
    assert isinstance(nlp.get_pipe("parser"), StepwiseParser)
    assert isinstance(nlp.get_pipe("ner"), StepwiseRecognizer)
    assert nlp.pipe_names.index("parser") < nlp.pipe_names.index("attribute_ruler") < nlp.pipe_names.index("ner")


def test_every_token_of_the_sample_is_the_same_in_any_batch() -> None:
    assert _same(["", *_TEXTS, "\n", "Yes."], 32)
    assert _same([*_TEXTS[:3], ""], 1)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["Russia", "sold", "5", "the", "U.S.", ",", "\n", "“", "Kim", "said", "."]), max_size=9)
)
def test_any_words_are_parsed_alike(words: list[str]) -> None:
    assert _same([" ".join(words), " ".join(reversed(words))], 2)


def test_a_beam_stays() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beam_ner")
    step_together(nlp)
    assert type(nlp.get_pipe("ner" if "ner" in nlp.pipe_names else "beam_ner")) is EntityRecognizer


def test_products_are_the_same_and_the_threads_come_back() -> None:
    left, right = (np.random.default_rng(seed).random((70, 40), dtype="f") for seed in (1, 2))
    with threadpool_limits(limits=2, user_api="blas"):
        before = [library["num_threads"] for library in threadpool_info()]
        product = OneThreadOps().gemm(left, right, trans2=True)
        assert [library["num_threads"] for library in threadpool_info()] == before
    assert np.allclose(product, NumpyOps().gemm(left, right, trans2=True))
