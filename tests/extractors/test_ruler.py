"""The attribute ruler that remembers single tokens gives every token what spaCy's own gives it."""

from __future__ import annotations

import json
from importlib.resources import files

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

from triplomat.extractors.parsing import load_pipeline, model_name
from triplomat.extractors.ruler import MemoRuler, remember

_SAMPLE = files("triplomat").joinpath("sample/articles.jsonl").read_text(encoding="utf-8")
_TEXTS = [json.loads(line)["text"] for line in _SAMPLE.splitlines()]
_RARE = "I ain't gonna go; we gotta. Let's see, c'mon! Here're they. There's none.\n\nThey'd've gone, 'cause it's late."
_TAGS = ["NN", "VBZ", "VBP", "MD", "PRP", "EX", "RB", "_SP", "IN", "WDT"]
_DEPS = ["ROOT", "nsubj", "aux", "expl", "neg", "attr", "dep"]
_MODEL = spacy.load(model_name(), exclude=["ner", "lemmatizer"])
_OWN = spacy.load(model_name(), exclude=["ner", "lemmatizer"])
remember(_OWN)


def _attributes(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_, token.norm_) for token in doc]


def test_the_pipeline_has_it() -> None:
    assert isinstance(load_pipeline().get_pipe("attribute_ruler"), MemoRuler)


def test_every_token_of_the_sample_and_of_rare_forms_is_the_same() -> None:
    for text in [*_TEXTS, _RARE, "", "\n"]:
        assert _attributes(_OWN(text)) == _attributes(_MODEL(text))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["ai", "n't", "gon", "na", "let", "'s", "there", "is", "Iran", "be", " ", "nothin'", "that"]),
        min_size=1,
        max_size=8,
    ),
    st.data(),
)
def test_any_tags_and_labels_are_treated_alike(words: list[str], data: st.DataObject) -> None:
    tags = [
        data.draw(st.sampled_from(["NN", "VBZ", "VBP", "MD", "PRP", "EX", "RB", "_SP", "IN", "WDT"])) for _ in words
    ]
    deps = [data.draw(st.sampled_from(["ROOT", "nsubj", "aux", "expl", "neg", "attr", "dep"])) for _ in words]
    docs = [Doc(nlp.vocab, words, tags=tags, deps=deps, heads=[0] * len(words)) for nlp in (_MODEL, _OWN)]
    theirs, own = (nlp.get_pipe("attribute_ruler")(doc) for nlp, doc in zip((_MODEL, _OWN), docs, strict=True))
    assert _attributes(own) == _attributes(theirs)


def test_a_ruler_that_sets_extensions_stays() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    Token.set_extension("odd", default=False, force=True)
    ruler.add([[{"LOWER": "x"}]], {"_": {"odd": True}})
    remember(nlp)
    assert type(nlp.get_pipe("attribute_ruler")) is AttributeRuler
