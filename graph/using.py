"""A SPARQL update as a request has it → the text for the engine: its graphs as USING clauses, no graph missing.

SPARQL 1.1 Protocol, 2.2.3: `using-graph-uri` and `using-named-graph-uri` are the dataset of each WHERE of the update.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triplomat.errors import TriplomatError

from .grammar import Token, tokens


class ConflictError(TriplomatError, ValueError):
    """An update that names its own dataset while the request names one too."""


def with_using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update put to these graphs; ConflictError where it has USING or WITH itself.

    >>> with_using("DELETE WHERE { ?s ?p ?o }", ["http://example.org/g"], [])
    'DELETE { ?s ?p ?o } USING <http://example.org/g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    words = list(tokens(update))
    clause = " ".join([*(f"USING <{graph}>" for graph in default), *(f"USING NAMED <{graph}>" for graph in named)])
    parts, done = [], 0
    for number in _top_level(words):
        word = words[number].text.upper()
        if word in ("USING", "WITH"):
            raise ConflictError(f"the request names the graphs, and so does the update by {word}")
        if word != "WHERE":
            continue
        short = number and words[number - 1].text.upper() == "DELETE"
        parts += [
            update[done : words[number].start],
            f"{_group(update, words, number + 1)} " if short else "",
            clause,
            " ",
        ]
        done = words[number].start
    return "".join([*parts, update[done:]])


def with_any_graph(update: str) -> str:
    """The update with SILENT after each CLEAR and DROP: a graph without triples is one that is empty, not an error.

    SPARQL 1.1 Update, 3.1.3 and 3.2.2, of stores that don't record empty graphs.

    >>> with_any_graph("CLEAR GRAPH <http://example.org/g>")
    'CLEAR SILENT GRAPH <http://example.org/g>'
    """
    words = list(tokens(update))
    parts, done = [], 0
    for number in _top_level(words):
        following = words[number + 1].text.upper() if number + 1 < len(words) else ""
        if words[number].text.upper() in ("CLEAR", "DROP") and following != "SILENT":
            end = words[number].start + len(words[number].text)
            parts += [update[done:end], " SILENT"]
            done = end
    return "".join([*parts, update[done:]])


def _top_level(words: Sequence[Token]) -> Iterator[int]:
    """The numbers of the words that stand in no braces."""
    depth = 0
    for number, token in enumerate(words):
        if token.text == "{":
            depth += 1
        elif token.text == "}":
            depth -= 1
        elif token.kind == "word" and depth == 0:
            yield number


def _group(update: str, words: Sequence[Token], number: int) -> str:
    """The group in braces that begins at a word."""
    depth = 0
    for token in words[number:]:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if not depth:
            return update[words[number].start : token.start + 1]
    return update[words[number].start :] if number < len(words) else ""
