"""The errors that Triplomat raises: each is a TriplomatError and the builtin kind that it is."""

from __future__ import annotations


class TriplomatError(Exception):
    """Base of all errors of Triplomat; its message names what was wrong and what to do, in one line."""


def cause(error: BaseException) -> str:
    """What the system said, without its numbers and file names."""
    inner = getattr(error, "reason", error)
    return getattr(inner, "strerror", None) or str(inner) or type(inner).__name__


class InputError(TriplomatError, ValueError):
    """An input that can't be read: no such file, binary, wrong encoding, not JSON, too long."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class DataError(TriplomatError, ValueError):
    """A data file (actors, lexicon, shapes) that breaks its format; names the file, the line and the mend."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class ModelError(TriplomatError, LookupError):
    """A spaCy model that isn't installed; names the command that installs it."""


class OutputError(TriplomatError, OSError):
    """An output that can't be written."""


class QueryError(TriplomatError, ValueError):
    """A SPARQL query that can't be read or run."""


class UsageError(TriplomatError, ValueError):
    """An option or argument that makes no sense."""
