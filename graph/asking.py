"""The options of `triplomat query` → the answer on standard output."""

from __future__ import annotations

import shutil
import sys
import warnings
from argparse import Namespace

from triplomat.errors import UsageError

from .shipped import Shipped, shipped
from .sources import declare, open_source


def ask(options: Namespace) -> int:
    """Print the answer to a query, the shipped queries (`--list`), or the SPARQL that would run (`--explain`)."""
    if options.list or options.query is None:
        if not options.list:
            raise UsageError("give a query, a .rq file or a shipped query's name (--list shows those)")
        print("\n\n".join(described(query) for query in shipped().values()))
        return 0
    if options.limit is not None and options.limit < 0:
        raise UsageError(f"--limit must be 0 or more, not {options.limit}")
    query = sys.stdin.read() if options.query == "-" else options.query
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _warn
        source = open_source(str(options.graph))
    sparql = source.prepare(query, settings(options.set))
    if options.explain:
        print(declare(sparql, source.names))
        return 0
    result = source.answer(sparql, limit=options.limit, timeout=options.timeout)
    if not result.rows and not result.truth:
        for line in source.strangers(sparql):
            print(f"triplomat: {line}", file=sys.stderr)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    format = "ttl" if result.kind == "graph" and options.format == "table" else options.format
    sys.stdout.write(result.text(format, width=width))
    return 0


def settings(given: list[str]) -> dict[str, str]:
    """NAME=VALUE pairs as a dictionary; UsageError where one has no equals sign."""
    pairs: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise UsageError(f"--set {item}: write NAME=VALUE, as in --set actor=Russia")
        pairs[name.strip()] = value.strip()
    return pairs


def described(query: Shipped) -> str:
    """A shipped query as `--list` shows it: name, title, question, parameters."""
    lines = [f"{query.name}: {query.title}", f"  {query.question}"]
    for parameter in query.parameters:
        default = f", else {parameter.default}" if parameter.default else ""
        lines.append(f"  --set {parameter.name}=… ({parameter.kind}{default}) {parameter.meaning}")
    return "\n".join(lines)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    print(f"triplomat: {message}", file=sys.stderr)
