"""A SPARQL update that a server was sent → the store of its folder, written by a process that can be killed."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from triplomat.ontology.terms import Names

from .pool import Answer, Limits, told
from .updating import Update, command
from .worker import environment

_STATUS = {1: 400, 2: 503}


class Writer:
    """Makes one update after another; each is published whole or not at all, and readers go on reading meanwhile."""

    def __init__(self, folder: Path, names: Names, limits: Limits) -> None:
        self.folder, self.names, self.limits = folder, names, limits
        self._turn = asyncio.Lock()

    async def write(self, update: Update) -> Answer:
        """Publish an update: 204, or 400 for a wrong one, 503 where it takes too long or another process is writing."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *command(self.folder, self.names, self.limits.memory),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=environment(),
            )
            line = json.dumps(asdict(update)).encode() + b"\n"
            try:
                reason, _ = await asyncio.wait_for(process.communicate(line), self.limits.timeout)
            except TimeoutError:
                return told(503, f"not done within {self.limits.timeout:g} s, so nothing was changed")
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
        if process.returncode == 0:
            return Answer(204, "text/plain", b"")
        if process.returncode in _STATUS:
            return told(_STATUS[process.returncode], reason.decode("utf-8", "replace"))
        return told(503, "the update needs more memory than it may have, so nothing was changed")
