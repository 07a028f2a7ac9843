"""Belief rises with independent sources alone, and its inputs are measured rates."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import corpus

from triplomat.graph.belief import belief, source_error
from triplomat.graph.facts import facts

ARTICLES, STATEMENTS = corpus()
CONFIDENCES = st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8)


@given(CONFIDENCES, st.floats(0.01, 0.99))
def test_another_source_never_lowers_belief_and_none_makes_it_sure(confidences, more):
    assert belief(confidences) <= belief([*confidences, more]) <= 1
    assert belief(confidences) == belief(reversed(confidences))


def test_one_source_is_believed_as_far_as_it_is_read_and_reports_rightly():
    assert belief([0.9]) == pytest.approx(0.9 * (1 - source_error()), abs=1e-4)
    assert source_error() == pytest.approx((2615 / 2484) / (431 / 12))


def told_again(number, source, text):
    """The second article of the corpus as others tell it."""
    articles = [replace(ARTICLES[1], id=f"z{n}", source=source, text=text and f"{text} {n}") for n in range(number)]
    statements = [replace(STATEMENTS[1], id="", document=article.id) for article in articles]
    return [ARTICLES[1], *articles], [STATEMENTS[1], *statements]


@pytest.mark.parametrize(
    ("source", "text", "sources"),
    [("Herald", "Other words altogether.", 2), (ARTICLES[1].source, "Other words altogether.", 1), ("Herald", None, 1)],
    ids=["independent", "of one publisher", "copies"],
)
def test_articles_of_one_publisher_and_copies_count_once(source, text, sources):
    if text is None:
        articles, statements = told_again(1, source, ARTICLES[1].text)
        articles[1] = replace(articles[1], text=ARTICLES[1].text)
    else:
        articles, statements = told_again(3, source, text)
    (fact,) = facts(statements, articles)
    assert fact.sources == sources


def test_what_joins_two_publishers_makes_them_one_source():
    """A copy in the Herald of what the Daily printed joins all that either printed."""
    text = "word " * 3 + " ".join(f"w{n}" for n in range(60))
    one = replace(ARTICLES[1], id="m", source="Daily", text=text)
    copy = replace(ARTICLES[1], id="n", source="Herald", text=text)
    other = replace(ARTICLES[1], id="o", source="Herald", text=" ".join(f"v{n}" for n in range(60)))
    statements = [replace(STATEMENTS[1], id="", document=name) for name in "mno"]
    (fact,) = facts(statements, [one, copy, other])
    assert fact.sources == 1
