"""Work for several processes is cut so that they end together, and nothing is lost."""

import os
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplomat.extractors.parallel import ordered, tapering


@given(st.integers(0, 300), st.integers(1, 40), st.integers(1, 4))
def test_every_item_is_in_one_list_and_in_order(count, size, processes):
    lists = list(tapering(range(count), size, processes))
    assert list(chain.from_iterable(lists)) == list(range(count))
    assert all(0 < len(each) <= size for each in lists)


@pytest.mark.parametrize("processes", [2, 4])
def test_the_last_lists_are_short(processes):
    lengths = [len(each) for each in tapering(range(1000), 32, processes)]
    assert lengths[0] == 32 and lengths == sorted(lengths, reverse=True)
    assert lengths[-1] <= 4


def test_a_list_is_given_before_all_items_are_read():
    read = []
    lists = tapering((read.append(number) or number for number in range(1000)), 10, 2)
    next(lists)
    assert len(read) <= 30


def _named(number):
    return number, os.getpid()


def _fails(number):
    if number == 7:
        raise ValueError("seven")
    return number


def test_results_come_in_order_from_two_processes_of_which_this_is_one():
    results = list(ordered(_named, range(300), processes=2))
    assert [number for number, _ in results] == list(range(300))
    makers = {maker for _, maker in results}
    assert os.getpid() in makers and len(makers) <= 2


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_comes_after_the_results_before_it(processes):
    results = ordered(_fails, range(20), processes=processes)
    assert [next(results) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match="seven"):
        next(results)
