"""Reads the tables of actors, places and roles (CSV, `|` between a cell's values) and holds them to their format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from triplomat.errors import DataError

COLUMNS = frozenset(
    "id name aliases adjectives demonyms wikidata state code sector gender start end successors parent borders "
    "latitude longitude traits offices members".split()
)
_ID = re.compile(r"\S+")
_CODE = re.compile(r"[A-Z]{3}")
_ITEM = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_OFFICE = re.compile(r"([a-z_]+)@([^:]+):([\d-]*)\.\.([\d-]*)")
_MEMBERS = re.compile(r"([A-Z]{3}(?:\+[A-Z]{3})*)@([\d-]*)\.\.([\d-]*)")
TYPES = {"country": "State", "person": "Person", "org": "Organization", "group": "Group"}
PLACE_KINDS = frozenset({"capital", "seat", "city", "region", "demonym", "area"})


@dataclass(frozen=True, slots=True)
class Term:
    """A span of time in an office or as a member; `holder` is the state or organisation that the office is of."""

    office: str
    holder: str
    start: str
    end: str

    def covers(self, on: str | None) -> bool:
        """Whether the term runs on a date (ISO 8601, cut where it is known); without a date, whether it still runs."""
        if on is None:
            return not self.end
        return self.start <= on and (not self.end or on[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity able to act: a row of a table. `id` as in RDF (country:RUS), dates ISO 8601 or empty."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    wikidata: str | None = None
    state: str | None = None
    code: str | None = None
    sector: str | None = None
    gender: str | None = None
    start: str = ""
    end: str = ""
    successors: tuple[str, ...] = ()
    parent: str | None = None
    borders: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    traits: frozenset[str] = frozenset()
    offices: tuple[Term, ...] = ()
    members: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A capital, seat of power, city, region or people, and the state that it lies in or stands for.

    An "area" is a sea, a war or the like that lies in no state, though its name holds one: the South China Sea.
    """

    name: str
    state: str | None
    kind: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """A word for a role or an organ (soldier, foreign ministry) with PLOVER's sector and what it is."""

    word: str
    sector: str | None
    kind: str


def read_actors(text: str, file: str, *, into: dict[str, Actor], known_states: bool = False) -> None:
    """Adds the table's actors to `into` by id; raises DataError and adds none if a row breaks the format.

    With `known_states`, an actor's state must be among those that `into` or the table itself holds.
    """
    found: dict[str, Actor] = {}
    for line, row in _rows(text, file, needed={"id", "name"}, known=COLUMNS):
        actor = _actor(row, file, line)
        if known_states and actor.state and actor.state not in into and actor.state not in (*found, actor.id):
            raise DataError(file, line, f"state {row.get('state')!r} is no state that the tables hold")
        if actor.id in found or actor.id in into:
            raise DataError(file, line, f"id {actor.id} is there already; give each actor one row")
        found[actor.id] = actor
    into.update(found)


def read_places(text: str, file: str) -> Iterator[Place]:
    """The table's places."""
    for line, row in _rows(text, file, needed={"name", "state", "kind"}, known={"name", "state", "kind", "sector"}):
        kind, state = row.get("kind", ""), _state(row.get("state", ""), file, line)
        if kind not in PLACE_KINDS:
            raise DataError(file, line, f"kind {kind!r} is none of {', '.join(sorted(PLACE_KINDS))}")
        if "name" not in row or (state is None) != (kind == "area"):
            raise DataError(file, line, "needs a name and, unless it is an area of no state, a state")
        yield Place(row["name"], state, kind, row.get("sector"))


def read_roles(text: str, file: str) -> dict[str, Role]:
    """The table's role words, by word."""
    rows = _rows(text, file, needed={"word", "sector", "kind"}, known={"word", "sector", "kind"})
    return {row["word"]: Role(row["word"], row.get("sector"), row["kind"]) for _, row in rows}


def _rows(
    text: str, file: str, *, needed: set[str], known: set[str] | frozenset[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows' filled cells with their line numbers; lines that start with # are comments."""
    lines = text.splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        raise DataError(file, None, "is empty; its first line names the columns")
    reader = csv.reader(io.StringIO("\n".join(line for _, line in kept)), strict=True)
    try:
        header = [column.strip() for column in next(reader)]
        if missing := needed - set(header):
            raise DataError(file, kept[0][0], f"lacks the column {', '.join(sorted(missing))}")
        if strange := set(header) - known:
            raise DataError(
                file, kept[0][0], f"column {', '.join(sorted(strange))} is unknown; known: {', '.join(sorted(known))}"
            )
        for cells in reader:
            number = kept[min(reader.line_num, len(kept)) - 1][0]
            if len(cells) != len(header):
                raise DataError(file, number, f"has {len(cells)} cells, the header {len(header)}")
            yield number, {column: cell for column, cell in zip(header, map(str.strip, cells), strict=True) if cell}
    except csv.Error as error:
        raise DataError(file, kept[min(reader.line_num, len(kept)) - 1][0], f"isn't CSV ({error})") from None


def _actor(row: dict[str, str], file: str, line: int) -> Actor:
    prefix, _, rest = row.get("id", "").partition(":")
    if prefix not in TYPES or not _ID.fullmatch(rest):
        raise DataError(
            file,
            line,
            f"id {row.get('id', '')!r} is not country:, person:, org: or group: and a name with _ for spaces",
        )
    if prefix == "country" and not _CODE.fullmatch(rest):
        raise DataError(file, line, f"id {row['id']!r} needs a code of three capital letters (ISO 3166-1 alpha-3)")
    if "name" not in row:
        raise DataError(file, line, f"{row['id']} has no name")
    wikidata = row.get("wikidata")
    if wikidata and not _ITEM.fullmatch(wikidata):
        raise DataError(file, line, f"wikidata {wikidata!r} is no item such as Q159")
    gender = row.get("gender")
    if gender not in (None, "m", "f"):
        raise DataError(file, line, f"gender {gender!r} is neither m nor f")
    code = row.get("code")
    if code and not _CODE.fullmatch(code):
        raise DataError(file, line, f"code {code!r} is not three capital letters")
    sector = row.get("sector")
    if sector and not _CODE.fullmatch(sector):
        raise DataError(file, line, f"sector {sector!r} is not three capital letters")
    start, end = row.get("start", ""), row.get("end", "")
    _check_dates(start, end, file, line)
    return Actor(
        id=row["id"],
        name=row["name"],
        type=TYPES[prefix],
        aliases=_list(row, "aliases"),
        adjectives=_list(row, "adjectives"),
        demonyms=_list(row, "demonyms"),
        wikidata=wikidata,
        state=_state(row.get("state", ""), file, line),
        code=code if prefix != "country" else rest,
        sector=sector,
        gender=gender,
        start=start,
        end=end,
        successors=tuple(_state(code, file, line) or "" for code in _list(row, "successors")),
        parent=_state(row.get("parent", ""), file, line),
        borders=tuple(_state(code, file, line) or "" for code in _list(row, "borders")),
        position=_position(row, file, line),
        traits=frozenset(_list(row, "traits")),
        offices=_offices(row, file, line),
        members=_members(row, file, line),
    )


def _list(row: dict[str, str], column: str) -> tuple[str, ...]:
    cell = row.get(column)
    return tuple([value.strip() for value in cell.split("|") if value.strip()]) if cell else ()


def _state(cell: str, file: str, line: int) -> str | None:
    if not cell:
        return None
    code = cell.removeprefix("country:")
    if not _CODE.fullmatch(code):
        raise DataError(file, line, f"state {cell!r} is not an ISO 3166-1 alpha-3 code")
    return f"country:{code}"


def _position(row: dict[str, str], file: str, line: int) -> tuple[float, float] | None:
    if "latitude" not in row or "longitude" not in row:
        return None
    try:
        return float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise DataError(file, line, "latitude and longitude must be degrees, as numbers") from None


def _check_dates(start: str, end: str, file: str, line: int) -> None:
    for date in (start, end):
        if date and not _DATE.fullmatch(date):
            raise DataError(file, line, f"{date!r} is not an ISO 8601 date, month or year")
    if start and end and start[: len(end)] > end:
        raise DataError(file, line, f"{start} comes after {end}")


def _offices(row: dict[str, str], file: str, line: int) -> tuple[Term, ...]:
    terms = []
    for cell in _list(row, "offices"):
        found = _OFFICE.fullmatch(cell)
        if not found:
            raise DataError(file, line, f"office {cell!r} is not office@HOLDER:START..END")
        office, holder, start, end = found.groups()
        _check_dates(start, end, file, line)
        holder = f"country:{holder}" if _CODE.fullmatch(holder) else holder
        terms.append(Term(office, holder, start, end))
    for number, term in enumerate(terms):
        for other in terms[:number]:
            if (term.office, term.holder) == (other.office, other.holder) and _overlap(term, other):
                raise DataError(file, line, f"two terms as {term.office} of {term.holder} overlap")
    return tuple(terms)


def _overlap(one: Term, other: Term) -> bool:
    return (not one.end or other.start < one.end) and (not other.end or one.start < other.end)


def _members(row: dict[str, str], file: str, line: int) -> tuple[Term, ...]:
    terms = []
    for cell in _list(row, "members"):
        found = _MEMBERS.fullmatch(cell)
        if not found:
            raise DataError(file, line, f"members {cell!r} are not codes, joined by +, @START..END")
        codes, start, end = found.groups()
        _check_dates(start, end, file, line)
        terms += [Term("member", f"country:{code}", start, end) for code in codes.split("+")]
    return tuple(terms)
