"""What the training sentences must hold: enough of each type and mode, marks that quote, real variety, no repeats."""

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("training_sentences", ROOT / "training" / "sentences.py")
assert _spec is not None
assert _spec.loader is not None
sentences = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = sentences
_spec.loader.exec_module(sentences)

TRAINING = sentences.load()
UNSEEN = sentences.load(sentences.UNSEEN)
FRESH = sentences.load(sentences.FRESH)


def words(text):
    return re.findall(r"\w+", text.lower())


def trigrams(text):
    tokens = words(text)
    return {tuple(tokens[i : i + 3]) for i in range(len(tokens) - 2)}


def near_duplicates(texts, others=None, share=0.6):
    """Pairs that have more than `share` of the smaller one's trigrams in common."""
    found, where = [], {}
    if others is not None:
        for text in others:
            for gram in trigrams(text):
                where.setdefault(gram, set()).add(text)
    for text in texts:
        grams = trigrams(text)
        common = Counter(other for gram in grams for other in where.get(gram, ()) if other != text)
        found += [(text, other) for other, n in common.items() if n > share * min(len(grams), len(trigrams(other)))]
        if others is None:
            for gram in grams:
                where.setdefault(gram, set()).add(text)
    return found


@pytest.mark.parametrize("kind", sentences.TYPES)
def test_each_type_has_at_least_650_sentences_and_none_2600(kind):
    assert sum(example.type == kind for example in TRAINING) >= (2600 if kind == sentences.NONE else 650)


@pytest.mark.parametrize("kind", sentences.TYPES)
def test_each_mode_has_at_least_eight_sentences(kind):
    counts = Counter(example.mode for example in TRAINING if example.type == kind)
    assert {mode: counts[mode] for mode in sentences.MODES[kind] if counts[mode] < 8} == {}


def test_the_fresh_set_has_forty_of_each_type_and_eighty_without_an_event():
    counts = Counter(example.type for example in FRESH)
    assert counts.pop(sentences.NONE) == 80
    assert set(counts.values()) == {40}


def test_the_unseen_set_is_a_fifth_of_all_types():
    assert len(UNSEEN) >= 480
    assert min(Counter(example.type for example in UNSEEN).values()) >= 30
    assert {example.type for example in UNSEEN} == set(sentences.TYPES)


def test_every_event_has_an_actor_and_marks_are_clean():
    for example in (*TRAINING, *UNSEEN, *FRESH):
        assert example.actors or example.type == sentences.NONE, example.text
        for start, end in (*example.actors, *example.recipients):
            quoted = example.text[start:end]
            assert quoted == quoted.strip() != "", example.text


def test_sentences_are_as_long_as_news_sentences_are():
    lengths = [len(example.text.split()) for example in TRAINING]
    assert max(lengths) <= 50
    assert sum(4 <= length <= 45 for length in lengths) >= 0.99 * len(lengths)


def test_variety_nine_of_ten_trigrams_occur_once():
    counts = Counter(gram for example in TRAINING for gram in trigrams(example.text))
    assert sum(n == 1 for n in counts.values()) / len(counts) >= 0.9


def test_no_sentence_is_there_twice_or_nearly_so():
    pairs = near_duplicates([example.text for example in TRAINING])
    by_text = {example.text: example for example in TRAINING}
    # hard pairs differ in one word and in their label on purpose
    labels = {text: (e.type, e.mode, e.polarity, e.modality) for text, e in by_text.items()}
    assert [pair for pair in pairs if labels[pair[0]] == labels[pair[1]]] == []
    assert len(by_text) == len(TRAINING)


def test_no_unseen_sentence_resembles_a_training_sentence():
    assert near_duplicates([e.text for e in (*UNSEEN, *FRESH)], [e.text for e in TRAINING], share=0.5) == []


def test_no_sentence_was_taken_from_the_gold_records():
    gold = ROOT.parent / "shared" / "gold" / "plover-gsr-dev.json"
    if not gold.exists():
        pytest.skip(f"{gold} is not there")
    texts = [record["text"] for record in json.loads(gold.read_text(encoding="utf-8")) if record.get("text")]
    assert near_duplicates([e.text for e in (*TRAINING, *UNSEEN, *FRESH)], texts, share=0.4) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Nobody is marked here.", "no actor"),
        ("[A:Chad] left. | visit", "neither a mode"),
        ("[A:Chad left.", "left over"),
        ("[A:Chad] [left].", "left over"),
    ],
)
def test_a_line_out_of_format_is_refused(line, reason):
    with pytest.raises(ValueError, match=reason):
        sentences.parse(line, "RETREAT")


def test_a_line_gives_offsets_into_the_text_without_marks():
    example = sentences.parse("[A:Chad] let [R:the envoy] go. | release | negative", "RETREAT")
    assert example.text == "Chad let the envoy go."
    assert [example.text[a:b] for a, b in (*example.actors, *example.recipients)] == ["Chad", "the envoy"]
    assert (example.mode, example.polarity, example.modality) == ("release", "negative", "asserted")
