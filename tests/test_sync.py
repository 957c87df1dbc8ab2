"""What runs against what is new: pairs, fates, gaps and doubles counted in the YAML; likeness."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from tests.alignment_plans import (
    DAY,
    NAMES,
    day,
    figures,
    finished,
    made,
    milestones,
    places,
    raw_plans,
    rows,
    shipped,
    shipped_material,
)
from tests.plans import milestone
from tests.standing_plans import material, plan_of
from tests.standing_plans import program as programme

from banyuasin_plan.alignment.names import ALIKE, EMPTY, LEAST_WORDS, Index, normalised
from banyuasin_plan.plan.model import Inherited
from banyuasin_plan.reports import schedule, sync

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = " ".join((DOCS / "reference" / "alignment.md").read_text(encoding="utf-8").split())
"""What people are told about the reports on alignment, on one line."""

WAYS = {"continues": "continued", "merges": "merged", "replaces": "replaced"}


def taken(raw: Raw) -> dict[tuple[str, str], str]:
    """How each running programme is taken on, by its id and the new one's."""
    return {
        (name, program["id"]): how
        for program in raw["programs"]
        for key, how in WAYS.items()
        for name in (program.get("inherits") or {}).get(key, [])
    }


def end_of(one: Raw) -> date | None:
    """The last day of a running programme."""
    days = [day(one.get("until")), day((one.get("stopped") or {}).get("on"))]
    return min((each for each in days if each), default=None)


def check(raw: Raw, found: Material) -> None:
    """Pairs with owners and days, and every running programme in one fate."""
    report = sync.report(found)
    pairs = {(row["running"], row["program"]): row for row in rows(report, "pairs")}
    wanted = taken(raw)
    assert {key: row["how"] for key, row in pairs.items()} == wanted
    running = {one["id"]: one for one in raw["inherited"]}
    programs = {one["id"]: one for one in raw["programs"]}
    alive = [(of["id"], one["id"]) for of, one in milestones(raw)]
    done = {(of["id"], one["id"]): finished(raw, one) for of, one in milestones(raw)}
    slots = {row["id"]: row for row in rows(schedule.report(found, "forecast"), "milestones")}
    over: dict[str, date | None] = {}
    for name, program in programs.items():
        mine = [one for of, one in alive if of == name]
        by = [one for one in (program.get("inherits") or {}).get("by", []) if one in mine]
        finishes = [day(slots[one]["finish"]) for one in by]
        starts = [day(slots[one]["start"]) for one in mine]
        over[name] = max((one for one in finishes if one), default=None) or min(
            (one for one in starts if one), default=None
        )
    for (old, new), row in pairs.items():
        assert (row["owner_then"], row["owner_now"]) == (
            running[old].get("owner"),
            programs[new].get("lead"),
        )
        then, now = running[old].get("owner"), programs[new].get("lead")
        assert row["owner_changed"] == (then != now if then and now else None)
        assert row["by_milestones"] == (programs[new]["inherits"].get("by") or [])
        assert day(row["takes_over"]) == over[new]
        assert day(row["ends"]) == end_of(running[old])
        by = [one for one in row["by_milestones"] if (new, one) in done]
        assert row["handed_over"] == (bool(by) and all(done[new, one] for one in by))
    left = [one for one in raw["inherited"] if one["id"] not in {old for old, _ in wanted}]
    stopped = {one["id"] for one in left if one.get("stopped")}
    assert {row["id"] for row in rows(report, "stopped")} == stopped
    assert {row["id"] for row in rows(report, "nobody")} == {one["id"] for one in left} - stopped
    assert {row["id"] for row in rows(report, "new")} == set(programs) - {new for _, new in wanted}
    told = figures(report)
    assert told["running"] == len(running)
    for how in WAYS.values():
        assert told[how] == len({old for (old, _), way in wanted.items() if way == how})
    assert told["new_owners"] == sum(row["owner_changed"] is True for row in pairs.values())
    check_ends(raw, found, over)
    check_doubles(raw, found)


def check_ends(raw: Raw, found: Material, over: dict[str, date | None]) -> None:
    """What ends inside the hundred days, and the days nobody serves, one by one."""
    report = sync.report(found)
    told = figures(report)
    first = date(2025, 2, 20)
    last = first + timedelta(99)
    ends = {one["id"]: end_of(one) for one in raw["inherited"]}
    inside = {name for name, end in ends.items() if end and first <= end <= last}
    assert {row["id"] for row in rows(report, "ending")} == inside
    assert told["ending"] == len(inside)
    for row in rows(report, "ending"):
        end, by = ends[row["id"]], [new for old, new in taken(raw) if old == row["id"]]
        assert day(row["ends"]) == end
        assert row["days_left"] == ((end or DAY) - DAY).days
        assert sorted(row["successors"]) == sorted(by)
        assert day(row["takes_over"]) == min(
            (first for first in (over[one] for one in by) if first), default=None
        )
    gaps = {row["running"]: row["days"] for row in rows(report, "gaps")}
    wanted = {}
    for name, end in ends.items():
        days = [over[new] for old, new in taken(raw) if old == name]
        soonest = min((one for one in days if one), default=None)
        if end and soonest:
            empty = [end + timedelta(nth) for nth in range(1, 500)]
            empty = [one for one in empty if one < soonest]
            if empty:
                wanted[name] = len(empty)
    assert gaps == wanted
    assert told["gaps"] == len(wanted)
    assert told["stopped"] == len(rows(report, "stopped"))
    assert told["with_nobody"] == len(rows(report, "nobody"))
    assert told["new_programs"] == len(rows(report, "new"))


def similar(one: str, other: str) -> float:
    """Letters that two texts have in common in order, twice, in percent of all of theirs."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row, letter in enumerate(one):
        for column, against in enumerate(other):
            table[row + 1][column + 1] = (
                table[row][column] + 1
                if letter == against
                else max(table[row][column + 1], table[row + 1][column])
            )
    return 200 * table[-1][-1] / (len(one) + len(other))


def words_of(name: str) -> list[str]:
    """A name's words as the docs tell it: no capitals, accents, remarks, years, small words."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.lower())
        if not unicodedata.combining(letter)
    )
    head = re.sub(r"\(.*?\)", " ", plain).split(",")[0]
    words = re.findall("[a-z0-9]+", head) or re.findall("[a-z0-9]+", plain)
    years = {str(year) for year in range(1900, 2100)}
    return sorted(set(words) - set(small_words()) - years or set(words))


def small_words() -> list[str]:
    """The words that the docs say do not count."""
    (listed,) = re.findall(r"words that any programme may have: (.+?)\.", PAGE)
    return str(listed).split(", ")


def percent_alike() -> int:
    """From which percentage of letters on the docs call two names alike."""
    (percent,) = re.findall(r"are (\d+) % alike in letters", PAGE)
    return int(percent)


def likeness(one: str, other: str) -> tuple[float, str] | None:
    """How much two names are alike and in which way, by what the docs say; None where not."""
    mine, theirs = words_of(one), words_of(other)
    letters = similar(" ".join(mine), " ".join(theirs))
    if mine == theirs:
        return 100, "same"
    if min(len(mine), len(theirs)) >= 2 and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return max(letters, percent_alike()), "inside"
    return (letters, "close") if letters >= percent_alike() else None


def check_doubles(raw: Raw, found: Material) -> None:
    """Alike in name, by one owner or with a district in common, running, and not named."""
    camat = {one["id"] for one in raw["districts"]}
    wanted = {}
    for program in raw["programs"]:
        mine = [one for of, one in milestones(raw) if of["id"] == program["id"]]
        where = places(raw, program.get("districts"))
        for one in mine:
            where |= places(raw, one.get("districts"))
            where |= {one.get("owner", program.get("lead"))} & camat
        names = [program["name"], program.get("full_name"), *program.get("aliases", [])]
        for old in raw["inherited"]:
            end = end_of(old)
            if (
                old.get("stopped")
                or (end and end < DAY)
                or (old["id"], program["id"]) in taken(raw)
            ):
                continue
            theirs = [old["name"], *old.get("aliases", [])]
            same = old.get("owner") is not None and old.get("owner") == program.get("lead")
            shared = where & places(raw, old.get("districts"))
            found_alike = [
                how for one in names if one for other in theirs if (how := likeness(one, other))
            ]
            if (same or shared) and found_alike:
                score = round(max(how[0] for how in found_alike))
                wanted[old["id"], program["id"]] = score, same, len(shared)
    told = rows(sync.report(found), "doubles")
    assert wanted == {
        (row["running"], row["program"]): (
            row["likeness"],
            row["same_owner"],
            row["same_districts"],
        )
        for row in told
    }
    for row in told:
        how = likeness(row["name"], row["running_name"])
        assert how
        assert (round(how[0]), how[1]) == (row["likeness"], row["match"])
        assert row["explained"]
    assert figures(sync.report(found))["doubles"] == len(told)


def test_shipped_plan() -> None:
    """The shipped plan says of all that its sources show to run what becomes of it, and what not.

    Two are with nobody, one of them doubled; the priorities of 2018 to 2023 ended with that term.
    """
    check(shipped(), shipped_material())
    report = sync.report(shipped_material())
    told = figures(report)
    assert [told[key] for key in ("running", "continued", "merged", "with_nobody")] == [
        21,
        15,
        4,
        2,
    ]
    doubles = [(row["running"], row["program"], row["match"]) for row in rows(report, "doubles")]
    assert doubles == [("gotong-royong-2025", "gorong", "same")]
    priorities = [one for one in shipped()["inherited"] if one["id"].endswith("-2018")]
    assert len(priorities) == 7
    assert len(rows(report, "gaps")) == told["gaps"] == 6


@tried(max_examples=60)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """Whatever runs, ends, is stopped or looks alike, each is told where it belongs."""
    check(raw, made(raw))


# When names are alike

PIECES = (
    *("Gerakan ", "Tanam", " Sayur", "Sayuran", " & ", "2020", " 1899", "(lama) ", ", sejak dulu"),
    *("Pulawan", "Pulauan", "-Buah", "PROGRAM ", "café", " cafe", "dan ", "Banyuasin ", "3"),
)
"""Pieces of names: small words, years, remarks, accents, spellings of one word."""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Gerakan Tanam Sayur", ("sayur", "tanam")),
        ("Gertas, pemanfaatan pekarangan (2020)", ("gertas",)),
        ("Bedah rumah warga (2023)", ("bedah", "rumah", "warga")),
        ("Program Pengembangan Perikanan 2024", ("pengembangan", "perikanan")),
        ("Pemuda & Olah-raga é", ("e", "olah", "pemuda", "raga")),
        ("Gerakan Bersama", ("bersama", "gerakan")),
    ],
)
def test_words_that_count(name: str, words: tuple[str, ...]) -> None:
    """Remarks, years and words that every programme has do not count, unless nothing is left."""
    assert normalised(name) == words


def test_docs_list_what_counts() -> None:
    """Small words, the least words inside, and the percentage are those that the docs tell."""
    assert set(small_words()) == EMPTY
    assert len(small_words()) == len(EMPTY)
    assert percent_alike() == ALIKE
    assert LEAST_WORDS == 2
    assert "all words of one, two at least, stand in the other" in PAGE
    assert "years (1900 to 2099)" in PAGE


@tried(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_words_as_the_docs_say(name: str) -> None:
    """Of any name the same words count that a reader of the docs would pick."""
    if words_of(name):
        assert list(normalised(name)) == words_of(name)


@tried(max_examples=100)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
)
def test_likeness_as_the_docs_say(one: str, other: str) -> None:
    """Of any two names the likeness is what a reader of the docs would count, letter by letter."""
    if not words_of(one) or not words_of(other):
        return
    found = Index({"x": (one,)}).alike([other]).get("x")
    expected = likeness(other, one)
    assert (found.how if found else None) == (expected[1] if expected else None)
    if found and expected:
        assert found.score == pytest.approx(expected[0])


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Gerakan Tanam Sayur", "tanam sayur (2020)", "same"),
        ("Sayur Tanam", "Gerakan Tanam Sayur", "same"),
        ("Bedah Rumah", "Bedah rumah warga", "inside"),
        ("Pulawan Buah", "Pulauan Buah", "close"),
        ("Rumah", "Bedah rumah warga", None),
        ("Banyuasin Sehat", "Banyuasin Cerdas", None),
    ],
)
def test_likeness(one: str, other: str, how: str | None) -> None:
    """The same words, all of them inside, or close in letters; a single word inside is nothing."""
    for first, second in ((one, other), (other, one)):
        found = Index({"x": (first,)}).alike([second]).get("x")
        assert (found.how if found else None) == how


@tried(max_examples=40)
@given(st.lists(st.sampled_from(NAMES), max_size=6), st.randoms(use_true_random=False))
def test_likeness_is_steady(names: list[str], rng: object) -> None:
    """The order in which names are known changes nothing, and a name is like itself."""
    known = {str(nth): (name,) for nth, name in enumerate(names)}
    shuffled = list(known.items())
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    for name in NAMES:
        one, other = Index(known).alike([name]), Index(dict(shuffled)).alike([name])
        assert {key: found.score for key, found in one.items()} == {
            key: found.score for key, found in other.items()
        }
        assert {key for key, (known_as,) in known.items() if known_as == name} <= set(one)


# Where one day or one owner decides


def running(**rest: Any) -> Material:
    """One running programme and a new one of dinkes alike in name, which takes over on 11 April."""
    plan = plan_of(
        programme(
            "sayur",
            milestone("sayur-1", "1d", start="2025-04-11"),
            aliases=["Tanam Sayur"],
            districts=["betung"],
            **rest.pop("program", {}),
        )
    )
    old = {"id": "lama", "name": "Gerakan Tanam Sayur (2020)", **rest}
    return material(
        plan.model_copy(update={"inherited": (Inherited.model_validate(old),)}), str(DAY)
    )


@pytest.mark.parametrize(
    ("until", "gap"),
    [
        ("2025-04-11", []),
        ("2025-04-10", []),
        ("2025-04-09", [("2025-04-10", "2025-04-10", 1)]),
        ("2025-03-31", [("2025-04-01", "2025-04-10", 10)]),
    ],
)
def test_gap(until: str, gap: list[tuple[str, str, int]]) -> None:
    """Whoever takes over on the day after the end leaves no gap; else every day between is one."""
    found = running(until=until, program={"inherits": {"continues": ["lama"]}})
    told = rows(sync.report(found), "gaps")
    assert [(row["from"], row["to"], row["days"]) for row in told] == gap


@pytest.mark.parametrize(
    ("old", "seen"),
    [
        ({"owner": "dinkes"}, (True, 0)),
        ({"owner": "setda", "districts": ["betung", "sembawa"]}, (False, 1)),
        ({"owner": "dinkes", "districts": ["betung"]}, (True, 1)),
        ({"owner": "setda", "districts": ["sembawa"]}, None),
        ({"owner": "setda"}, None),
        ({"owner": "dinkes", "until": "2025-04-09"}, None),
        ({"owner": "dinkes", "until": "2025-04-10"}, (True, 0)),
    ],
)
def test_double(old: dict[str, Any], seen: tuple[bool, int] | None) -> None:
    """The same owner or a district in common is needed beside the name, and that it still runs."""
    told = rows(sync.report(running(**old)), "doubles")
    assert [(row["same_owner"], row["same_districts"]) for row in told] == ([seen] if seen else [])
