"""The command line: words a user types → one call of the library each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from triplomat.errors import InputError, TriplomatError

DONE, SKIPPED, WRONG_USE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """An argument parser whose error is one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 some inputs were skipped, 2 wrong use."""
    options = make_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except InputError as error:
        print(f"triplomat: {error}", file=sys.stderr)
        return SKIPPED
    except TriplomatError as error:
        print(f"triplomat: {error}", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("triplomat: interrupted", file=sys.stderr)
        return 130
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"triplomat: {where}{error.strerror or error}", file=sys.stderr)
        return WRONG_USE
    return status


def make_parser() -> _Parser:
    """The parser of all commands; each has an example in its help."""
    from triplomat import __version__, commands

    parser = _Parser(prog="triplomat", description="Reads news articles and builds a knowledge graph of who does what.")
    parser.add_argument("--version", action="version", version=f"triplomat {__version__}")
    kinds = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    build = _command(
        kinds,
        "build",
        commands.build,
        "read articles and write the whole result into a folder",
        "triplomat build articles/ --published 2024-06-20 -o result",
    )
    _inputs(build, needed=False, check=True)
    build.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder for the result")
    build.add_argument("--rdf", default="trig", metavar="KINDS", help="RDF files to write, of ttl,nq,jsonld,trig")
    build.add_argument("--base-iri", metavar="IRI", help="base of all IRIs")
    build.add_argument("--title", help="title of the page")
    build.add_argument(
        "--retry",
        action="store_true",
        help="keep what DIR holds and read its inputs again, so that those that failed get another try",
    )

    build.add_argument("--store", metavar="URL", help="load the graph into this SPARQL server too: its update address")
    build.add_argument("--engine", choices=("local", "spark"), default="local", help="where the work is done")
    build.add_argument("--master", metavar="URL", help="the Spark cluster, as spark://host:7077, or local[2]")

    extract = _command(
        kinds,
        "extract",
        commands.extract,
        "write the statements only",
        "triplomat extract article.txt --published 2024-06-20 --format tsv",
    )
    _inputs(extract)
    extract.add_argument("--format", choices=("jsonl", "tsv"), default="jsonl", help="jsonl: statements; tsv: rows")
    extract.add_argument("-o", "--output", type=Path, metavar="FILE", help="file instead of standard output")

    events = _command(
        kinds,
        "events",
        commands.events,
        "write the table of events, in POLECAT's columns",
        "triplomat events articles/ --format csv -o events.csv",
    )
    _inputs(events)
    events.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    events.add_argument("-o", "--output", type=Path, metavar="FILE", help="file instead of standard output")

    query = _command(
        kinds,
        "query",
        commands.query,
        "ask a built graph in SPARQL",
        "triplomat query result 'SELECT ?who WHERE { ?e tm:actor ?who }'",
    )
    query.add_argument("graph", metavar="DIR_OR_FILE_OR_URL", help="a built folder, an RDF file, or an endpoint's URL")
    query.add_argument("query", nargs="?", metavar="SPARQL|FILE.rq|NAME", help="what to ask; - reads standard input")
    query.add_argument("--list", action="store_true", help="name the shipped queries")
    query.add_argument("--format", choices=("table", "csv", "tsv", "json", "ttl"), default="table")
    query.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a shipped query's parameter")
    query.add_argument("--limit", type=int, metavar="N", help="at most N rows")
    query.add_argument("--timeout", type=float, metavar="SECONDS", help="give up after this long")
    query.add_argument("--explain", action="store_true", help="print the query that would run")

    analyze = _command(
        kinds,
        "analyze",
        commands.analyze,
        "alliance centrality, blocs and balance of a built graph",
        "triplomat analyze result --as-of 2024-06-20 --format csv",
    )
    analyze.add_argument("folder", type=Path, metavar="DIR", help="a built folder")
    analyze.add_argument("--as-of", metavar="DATE", help="only what had happened by this date")
    analyze.add_argument(
        "--level",
        choices=("state", "actor"),
        default="state",
        help="take persons and organs for the state that they act for, or each for itself; default: state",
    )
    analyze.add_argument("--format", choices=("table", "csv", "json"), default="table")
    analyze.add_argument("--explain", metavar="ACTOR", help="name the sentences that an actor's score rests on")
    analyze.add_argument("--measure", default="strength", help="the measure to explain; default: strength")

    serve = _command(
        kinds,
        "serve",
        commands.serve,
        "serve a built graph: SPARQL endpoint and page",
        "triplomat serve result --port 8080",
    )
    serve.add_argument("folder", type=Path, metavar="DIR", help="a built folder")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="what a query may take")
    serve.add_argument(
        "--update-token", type=Path, metavar="FILE", help="allow SPARQL updates to who sends the token in FILE"
    )
    serve.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let web pages of this site read the answers, such as https://example.org; none may otherwise",
    )

    mcp = _command(
        kinds,
        "mcp",
        commands.mcp,
        "offer a built graph to a language model as tools (Model Context Protocol, on standard input and output)",
        "triplomat mcp result",
    )
    mcp.add_argument("graph", metavar="DIR_OR_FILE_OR_URL", help="a built folder, an RDF file, or an endpoint's URL")

    add = _command(
        kinds,
        "add",
        commands.add,
        "put articles into a built folder",
        "triplomat add result new-article.txt --published 2024-06-21",
    )
    add.add_argument("folder", type=Path, metavar="DIR", help="a built folder")
    _inputs(add, check=True)

    remove = _command(
        kinds, "remove", commands.remove, "take articles out of a built folder", "triplomat remove result new-article"
    )
    remove.add_argument("folder", type=Path, metavar="DIR", help="a built folder")
    remove.add_argument("articles", nargs="+", metavar="ARTICLE", help="an article's id")

    diff = _command(
        kinds,
        "diff",
        commands.diff,
        "what is new, gone, strengthened or disputed between two folders",
        "triplomat diff before after",
    )
    diff.add_argument("before", type=Path, metavar="DIR1")
    diff.add_argument("after", type=Path, metavar="DIR2")

    export = _command(
        kinds,
        "export",
        commands.export,
        "write a built graph for another program",
        "triplomat export result neo4j -o import",
    )
    export.add_argument("folder", type=Path, metavar="DIR", help="a built folder")
    export.add_argument("kind", metavar="KIND", help="neo4j, followthemoney, parquet, or sparql for a server")
    export.add_argument("-o", "--output", required=True, metavar="FOLDER_OR_URL")

    check = _command(
        kinds, "check", commands.check, "hold a built folder's RDF against the SHACL shapes", "triplomat check result"
    )
    check.add_argument("folder", type=Path, metavar="DIR", help="a built folder")

    evaluate = _command(
        kinds,
        "evaluate",
        commands.evaluate,
        "score statements against facts that you wrote down",
        "triplomat evaluate statements.jsonl gold.jsonl",
    )
    evaluate.add_argument("statements", type=Path, metavar="STATEMENTS")
    evaluate.add_argument("gold", type=Path, metavar="GOLD")

    actors = _command(
        kinds, "actors", commands.actors, "what a name resolves to, why, and when", "triplomat actors Kremlin"
    )
    actors.add_argument("name", metavar="NAME")
    actors.add_argument("--on", metavar="DATE", help="at this date")
    actors.add_argument("--actors", type=Path, metavar="FILE.csv", help="your own actors beside the packaged ones")

    lexicon = _command(
        kinds,
        "lexicon",
        commands.lexicon,
        "say which line of the lexicon codes a sentence, and why",
        'triplomat lexicon explain "Russia threatened Ukraine."',
    )
    lexicon.add_argument("verb", choices=("explain",))
    lexicon.add_argument("sentence")
    _knowledge(lexicon)
    return parser


def _command(
    kinds: argparse._SubParsersAction[_Parser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    example: str,
) -> _Parser:
    parser = kinds.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"Example: {example}",
    )
    parser.set_defaults(run=run)
    return parser


def _inputs(parser: argparse.ArgumentParser, *, needed: bool = True, check: bool = False) -> None:
    many, told = "+" if needed else "*", "file, folder, glob, URL, or - for standard input"
    parser.add_argument("inputs", nargs=many, metavar="INPUT", help=told)
    parser.add_argument("--published", metavar="DATE", help="date (YYYY-MM-DD) of articles that have none")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    if check:
        parser.add_argument("--check", action="store_true", help="hold each article's RDF against the shapes, too")
    _knowledge(parser)


def _knowledge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="NAME", help="spaCy model (default: $TRIPLOMAT_MODEL, or the packaged one)")
    parser.add_argument("--actors", type=Path, metavar="FILE.csv", help="your own actors beside the packaged ones")
    parser.add_argument(
        "--lexicon", type=Path, metavar="FILE.csv", help="your own lexicon entries over the packaged ones"
    )
    parser.add_argument("--no-encoder", action="store_true", help="code events by the lexicon alone")
