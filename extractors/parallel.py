"""A function over items → its results in order, worked out in this process or in several, with few in memory."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from triplomat.errors import TriplomatError

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 2  # batches that wait for each process
_FEWEST = 4  # items of a list


class WorkerError(TriplomatError, RuntimeError):
    """A process that died over its work."""


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of so many items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def tapering(items: Iterable[T], size: int, processes: int) -> Iterator[list[T]]:
    """The same for so many processes: the last lists are shorter and shorter, so that no process waits long for
    another's.
    """
    if processes <= 1:
        yield from batched(items, size)
        return
    rest = iter(items)
    waiting = deque(islice(rest, size * processes))
    while waiting:
        waiting.extend(islice(rest, size * processes + size - len(waiting)))
        share = max(_FEWEST, len(waiting) // (2 * processes)) if len(waiting) < size * processes else size
        yield [waiting.popleft() for _ in range(min(share, size, len(waiting)))]


def ordered(work: Callable[[T], R], items: Iterable[T], *, processes: int = 1) -> Iterator[R]:
    """The result of each item in order; `work` and items must be picklable where there are several processes.

    This process is one of them and takes what the others are too busy for. These are started afresh, not forked, and
    end with their parent, however that ends. WorkerError where one dies.
    """
    if processes <= 1:
        yield from map(work, items)
        return
    waiting: deque[Future[R]] = deque()
    others = processes - 1
    with ProcessPoolExecutor(others, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            for item in items:
                busy = sum(not each.done() for each in waiting)
                waiting.append(pool.submit(work, item) if busy < _AHEAD * others else _own(work, item))
                while waiting and (waiting[0].done() or len(waiting) > 2 * _AHEAD * processes):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process died (out of memory?); what was done is kept: run the command again, with fewer --jobs"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _own(work: Callable[[T], R], item: T) -> Future[R]:
    """The result of work that is done here and now, or its error."""
    done: Future[R] = Future()
    try:
        done.set_result(work(item))
    except Exception as error:
        done.set_exception(error)
    return done


def _end_with_parent() -> None:
    """Have this process end when its parent is gone, which a killed parent can't do itself."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent.sentinel,), daemon=True).start()


def _wait_for(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
