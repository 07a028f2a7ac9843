"""Queries → answers from worker processes that are killed at the time limit, so that a query bomb costs one worker at
most.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triplomat.ontology.terms import Names

from .worker import MEMORY, command, environment

_KEPT, _KEPT_BYTES = 256, 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What an HTTP client gets: status, media type, body."""

    status: int
    type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What the queries of a server may take.

    `workers` is how many run at once, `timeout` the seconds that one has, `wait` those that it may wait for a worker,
    `largest` the bytes of an answer, `memory` those of a worker.
    """

    workers: int
    timeout: float
    wait: float
    largest: int = 64 * 1024**2
    memory: int = MEMORY


class Pool:
    """A fixed number of workers over one store.

    A worker answers one query at a time. When the folder of the store is replaced by another build, the workers are
    started anew on that one.
    """

    def __init__(self, folder: Path, names: Names, limits: Limits) -> None:
        self.folder, self.names, self.limits = folder, names, limits
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers: set[_Worker] = set()
        self._asked: dict[Any, tuple[asyncio.Task[Answer], int]] = {}
        self._kept: OrderedDict[Any, Answer] = OrderedDict()
        self._stopping = False

    async def start(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(self._replace(None) for _ in range(self.limits.workers)))

    async def stop(self) -> None:
        """Let go of all workers, and of what they are at."""
        self._stopping = True
        tasks = [*self._tasks, *(task for task, _ in self._asked.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in list(self._workers)))

    async def ask(
        self,
        query: str,
        *,
        accept: list[str],
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """The answer to a query in the first of the media types that fits it; never raises for a query's sake.

        A build doesn't change, so an answer is kept for the next who asks the same, and those who ask it at the same
        time wait for one worker; when the last of them goes away, the query ends.
        """
        key = (self._edition(), query, tuple(accept), tuple(default), tuple(named), base)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        graphs = {"default": list(default), "named": list(named)}
        request = {"query": query, "accept": accept, **graphs, "base": base, "bytes": self.limits.largest}
        task, waiting = self._asked.get(key, (None, 0))
        task = task or asyncio.create_task(self._put(request))
        self._asked[key] = task, waiting + 1
        try:
            answer = await asyncio.shield(task)
        finally:
            left = self._asked[key][1] - 1
            self._asked[key] = task, left
            if not left:
                del self._asked[key]
                task.cancel()
        if answer.status == 200 and len(answer.body) <= _KEPT_BYTES:
            self._kept[key] = answer
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return answer

    async def _put(self, request: Mapping[str, Any]) -> Answer:
        """Put a request to a worker."""
        for attempt in (1, 2):
            try:
                worker = await asyncio.wait_for(self._idle.get(), self.limits.wait)
            except TimeoutError:
                return told(503, "the server is busy; try again in a while")
            if worker.edition != self._edition() or not worker.alive:
                self._later(worker)
                continue_with = await self._fresh()
                if continue_with is None:
                    return told(503, "the store can't be opened; build the folder again")
                worker = continue_with
            try:
                head, body = await asyncio.wait_for(worker.ask(request), self.limits.timeout)
            except TimeoutError:
                self._later(worker)
                return told(503, f"no answer within {self.limits.timeout:g} s; narrow the query or add a LIMIT")
            except (OSError, ValueError, EOFError, asyncio.IncompleteReadError):
                grown = worker.asked
                self._later(worker)
                if attempt == 1 and not grown:
                    continue
                return told(503, "the query needs more memory than it may have; narrow it")
            except asyncio.CancelledError:  # the client went away: its query is of no use to anybody
                self._later(worker)
                raise
            if head.get("failed") and worker.edition != self._edition() and attempt == 1:
                self._later(worker)  # its store was replaced while it read it
                continue
            self._idle.put_nowait(worker)
            return Answer(head["status"], head.get("type", "text/plain"), body)
        return told(503, "the server is busy; try again in a while")

    def _edition(self) -> tuple[int, int]:
        """Which store the folder holds: a build and an update each write a new one."""
        try:
            found = (self.folder / "store" / "CURRENT").stat()
        except OSError:
            return (0, 0)
        return found.st_ino, found.st_mtime_ns

    def _later(self, worker: _Worker) -> None:
        """Kill a worker and start another, without making anybody wait."""
        if self._stopping:
            return
        task = asyncio.create_task(self._replace(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: _Worker | None) -> None:
        if worker is not None:
            self._workers.discard(worker)
            await worker.kill()
        while True:
            fresh = await _Worker.start(command(self.folder / "store", self.names, self.limits.memory), self._edition())
            if await fresh.ready():
                break
            await fresh.kill()
            await asyncio.sleep(0.5)
        self._workers.add(fresh)
        self._idle.put_nowait(fresh)

    async def _fresh(self) -> _Worker | None:
        """A worker of the folder's present build."""
        while True:
            try:
                worker = await asyncio.wait_for(self._idle.get(), self.limits.wait)
            except TimeoutError:
                return None
            if worker.edition == self._edition() and worker.alive:
                return worker
            self._later(worker)


class _Worker:
    """One worker process and the build that it reads."""

    def __init__(self, process: asyncio.subprocess.Process, edition: tuple[int, int]) -> None:
        self.process, self.edition, self.asked = process, edition, False

    @classmethod
    async def start(cls, command: Sequence[str], edition: tuple[int, int]) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment(),
            start_new_session=os.name == "posix",  # Ctrl-C is for the server, which lets go of its workers itself
        )
        return cls(process, edition)

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def ready(self) -> bool:
        """Whether it has opened the store."""
        with suppress(OSError, ValueError, EOFError, asyncio.IncompleteReadError, TimeoutError):
            await asyncio.wait_for(self.ask({"query": "ASK {}"}), 30)
            self.asked = False
            return True
        return False

    async def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The head and body of the reply to one request; EOFError where the process ended."""
        assert self.process.stdin and self.process.stdout
        self.asked = True
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        await self.process.stdin.drain()
        line = await self.process.stdout.readline()
        if not line:
            raise EOFError
        head = json.loads(line)
        return head, await self.process.stdout.readexactly(head["length"])

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


def told(status: int, reason: str) -> Answer:
    """An answer that says in one line why there is none."""
    return Answer(status, "text/plain", f"{reason}\n".encode())
