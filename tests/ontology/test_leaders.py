"""The table of leaders is well formed, and its terms don't contradict each other."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

ACTORS = Path(__file__).parents[2] / "ontology" / "actors"
OFFICE = re.compile(r"([a-z_]+)@([^:|]+):(\d{4}(?:-\d\d){0,2})?\.\.(\d{4}(?:-\d\d){0,2})?")
SINGLE = {
    *("president", "prime_minister", "chancellor", "monarch", "leader", "foreign_minister"),
    *("defence_minister", "finance_minister", "secretary_general", "president_commission"),
    *("military_chief", "security_adviser", "central_bank_governor", "high_representative"),
}
# Offices that two people really held, or claimed, at once: two prime ministers, a stand-in beside a
# suspended or disabled holder, rivals after an election or a coup, a paramount leader beside the
# party's secretary.
SHARED = {
    ("leader@CHN", "Deng_Xiaoping", "Hu_Yaobang"),
    ("leader@CHN", "Deng_Xiaoping", "Zhao_Ziyang"),
    ("leader@CHN", "Deng_Xiaoping", "Jiang_Zemin"),
    ("leader@LBY", "Muammar_Gaddafi", "Mustafa_Abdul_Jalil"),
    ("president@BRA", "Fernando_Collor_de_Mello", "Itamar_Franco"),
    ("president@CIV", "Alassane_Ouattara", "Laurent_Gbagbo"),
    ("president@GMB", "Adama_Barrow", "Yahya_Jammeh"),
    ("president@KGZ", "Kurmanbek_Bakiyev", "Roza_Otunbayeva"),
    ("president@KOR", "Hwang_Kyo-ahn", "Park_Geun-hye"),
    ("president@MDG", "Didier_Ratsiraka", "Marc_Ravalomanana"),
    ("president@VEN", "Hugo_Chávez", "Pedro_Carmona"),
    ("prime_minister@ISR", "Ariel_Sharon", "Ehud_Olmert"),
    ("prime_minister@KHM", "Hun_Sen", "Norodom_Ranariddh"),
    ("prime_minister@KHM", "Hun_Sen", "Ung_Huot"),
    ("prime_minister@LBY", "Baghdadi_Mahmudi", "Mahmoud_Jibril"),
    ("prime_minister@MDA", "Maia_Sandu", "Pavel_Filip"),
    ("prime_minister@THA", "Paetongtarn_Shinawatra", "Phumtham_Wechayachai"),
}


@dataclass(frozen=True, slots=True)
class Term:
    person: str
    office: str
    holder: str
    start: str
    end: str

    @property
    def surely(self) -> tuple[str, str]:
        """First and last day on which the term certainly runs, as comparable text."""
        latest = {4: "-12-31", 7: "-31", 10: "", 0: "0000"}[len(self.start)]
        earliest = {4: "-01-01", 7: "-01", 10: "", 0: "9999"}[len(self.end)]
        return self.start + latest, self.end + earliest

    def on(self, day: str) -> bool:
        return self.start <= day and (not self.end or day[: len(self.end)] <= self.end)


def rows(name: str) -> list[dict[str, str]]:
    with (ACTORS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def terms() -> tuple[Term, ...]:
    return tuple(read_terms())


def read_terms() -> Iterator[Term]:
    for row in rows("leaders.csv"):
        for office in row["offices"].split("|"):
            parts = OFFICE.fullmatch(office)
            assert parts, (row["id"], office)
            yield Term(row["id"], *(part or "" for part in parts.groups()))


def holders(office: str, holder: str, day: str) -> set[str]:
    return {t.person for t in terms() if (t.office, t.holder) == (office, holder) and t.on(day)}


def test_ids_and_wikidata_items_are_unique() -> None:
    leaders = rows("leaders.csv")
    for values in ([r["id"] for r in leaders], [r["wikidata"] for r in leaders if r["wikidata"]]):
        assert len(values) == len(set(values))


def test_fields_are_well_formed() -> None:
    for row in rows("leaders.csv"):
        assert re.fullmatch(r"person:[^\s|]+", row["id"]), row
        assert row["name"] == row["name"].strip() != "", row
        assert re.fullmatch(r"(Q\d+)?", row["wikidata"]), row
        assert re.fullmatch(r"([A-Z]{3})?", row["state"]), row
        assert row["gender"] in {"m", "f"}, row
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        assert len(names) == len(set(names)), row


def test_terms_start_before_they_end() -> None:
    for term in terms():
        if term.start and term.end:
            shared = min(len(term.start), len(term.end))
            assert term.start[:shared] <= term.end[:shared], term


def test_nobody_holds_a_single_office_beside_another() -> None:
    seats: dict[str, list[Term]] = defaultdict(list)
    for term in terms():
        if term.office in SINGLE:
            seats[f"{term.office}@{term.holder}"].append(term)
    clashes = {
        (seat, *sorted(t.person.removeprefix("person:") for t in (one, other)))
        for seat, held in seats.items()
        for one, other in combinations(held, 2)
        if max(one.surely[0], other.surely[0]) < min(one.surely[1], other.surely[1])
    }
    assert clashes == SHARED


@pytest.mark.parametrize(
    ("office", "holder", "day", "person"),
    [
        ("prime_minister", "RUS", "2009-06-01", "Vladimir_Putin"),
        ("president", "RUS", "2009-06-01", "Dmitry_Medvedev"),
        ("president", "RUS", "2024-06-20", "Vladimir_Putin"),
        ("president", "USA", "1991-02-01", "George_H._W._Bush"),
        ("president", "USA", "2003-03-20", "George_W._Bush"),
        ("president", "USA", "2018-06-12", "Donald_Trump"),
        ("president", "USA", "2022-02-24", "Joe_Biden"),
        ("president", "USA", "2025-06-01", "Donald_Trump"),
        ("foreign_minister", "USA", "2015-07-14", "John_Kerry"),
        ("leader", "PRK", "1993-01-01", "Kim_Il_Sung"),
        ("leader", "PRK", "2000-06-15", "Kim_Jong_Il"),
        ("leader", "PRK", "2024-06-20", "Kim_Jong_Un"),
        ("president", "KOR", "2000-06-15", "Kim_Dae-jung"),
        ("president", "KOR", "2018-04-27", "Moon_Jae-in"),
        ("president", "UKR", "2014-03-01", "Oleksandr_Turchynov"),
        ("president", "UKR", "2022-02-24", "Volodymyr_Zelensky"),
        ("chancellor", "DEU", "2008-01-01", "Angela_Merkel"),
        ("prime_minister", "GBR", "2022-10-01", "Liz_Truss"),
        ("foreign_minister", "RUS", "2010-01-01", "Sergey_Lavrov"),
        ("prime_minister", "ISR", "1994-10-26", "Yitzhak_Rabin"),
        ("secretary_general", "UN", "2010-01-01", "Ban_Ki-moon"),
    ],
)
def test_who_held_the_office(office: str, holder: str, day: str, person: str) -> None:
    assert holders(office, holder, day) == {f"person:{person}"}


def test_an_ambassador_acts_for_the_state_that_sends() -> None:
    assert {t.holder for t in terms() if t.office == "ambassador"} <= {r["state"] for r in rows("leaders.csv")}


def test_offices_of_an_organisation_are_of_one_that_the_tables_know() -> None:
    known = {row["id"].partition(":")[2] for name in ACTORS.glob("*.csv") for row in rows(name.name) if "id" in row}
    heads = {"secretary_general", "director_general", "high_representative", "president_commission"}
    assert {t.holder for t in terms() if t.office in heads} - known <= {"AEOI"}


def test_every_office_has_a_sector() -> None:
    roles = {row["word"] for row in rows("roles.csv")}
    assert {t.office.replace("_", " ") for t in terms()} <= roles


def test_role_words_are_unique_lower_case_and_of_a_known_sector() -> None:
    roles = rows("roles.csv")
    assert len({row["word"] for row in roles}) == len(roles) >= 350
    sectors = "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL NGO OPP PTY REB REF REL SPY UAF"
    for row in roles:
        assert row["word"] == row["word"].lower().strip() != "", row
        assert row["sector"] in {"", *sectors.split()}, row
        assert row["kind"] in {"person", "body"}, row


@pytest.mark.parametrize(
    ("word", "sector"),
    [
        ("soldier", "MIL"),
        ("army", "MIL"),
        ("foreign ministry", "GOV"),
        ("police", "COP"),
        ("gunman", "REB"),
        ("parliament", "LEG"),
        ("court", "JUD"),
        ("protester", "CVL"),
        ("refugee", "REF"),
        ("former president", "ELI"),
        ("opposition", "OPP"),
        ("company", "BUS"),
        ("journalist", "JRN"),
        ("union", "LAB"),
        ("envoy", "GOV"),
    ],
)
def test_sector_of_a_role(word: str, sector: str) -> None:
    assert {row["word"]: row["sector"] for row in rows("roles.csv")}[word] == sector
