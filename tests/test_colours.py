"""The colours of milestones and programmes, each rule on both sides of its boundary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.plans import Written, milestone
from tests.standing_plans import (
    PLAIN,
    only_program,
    plan_of,
    program,
    rule,
    standing,
    tracked,
)

from banyuasin_plan.plan.head import Tolerance
from banyuasin_plan.plan.model import Colour
from banyuasin_plan.tracking.colours import Limits, Verdict, limits_of
from banyuasin_plan.words import Lang, say

ALMOST: Written = {"started": "2025-03-03", "progress": "90", "reported": "2025-03-14"}
"""Nine tenths done by Friday 14 March: of ten days one is left."""

BLOCKED: Written = {"since": "2025-03-03", "what": "izin"}
LATER: Written = {**BLOCKED, "decide_by": "2025-05-01"}


def _late(**rest: object) -> Written:
    """Ten days, promised for Friday 14 March, nine tenths done."""
    return milestone("a", "10d", **{"due": "2025-03-14", **ALMOST, **rest})


def _open(**rest: object) -> Written:
    """Five days that wait for nothing but the plan's start, promised for Friday 16 May."""
    return milestone("a", "5d", **{"not_before": "2025-02-20", "due": "2025-05-16", **rest})


def _reasons(found: Verdict | None) -> tuple[str, str]:
    assert found
    return say(found.reason, Lang.ID), say(found.reason, Lang.EN)


# Done


def test_b1_done_and_verified() -> None:
    """Done work that somebody else verified is blue."""
    done = _late(finished="2025-03-13", verified={"by": "inspektorat", "on": "2025-03-14"})
    found = standing(done, "2025-03-14").verdict
    assert found
    assert (found.colour, found.rule) == (Colour.BLUE, "B1")
    assert _reasons(found) == (
        "selesai 13 Mar 2025 dan terverifikasi",
        "done 13 Mar 2025 and verified",
    )


def test_g1_done_but_not_yet_verified() -> None:
    """The day before it is verified, done work is green and says that nobody verified it."""
    done = _late(finished="2025-03-13", verified={"by": "inspektorat", "on": "2025-03-14"})
    found = standing(done, "2025-03-13").verdict
    assert found
    assert (found.colour, found.rule) == (Colour.GREEN, "G1")
    assert _reasons(found) == (
        "selesai 13 Mar 2025, dilaporkan, belum diverifikasi",
        "done 13 Mar 2025, reported but not yet verified",
    )


def test_done_too_late_is_still_done() -> None:
    """What was late or blocked until it was done is green: colours speak of what is left."""
    assert rule(_late(finished="2025-05-20", blockers=[BLOCKED]), "2025-06-10") == "G1"


def test_cancelled_has_no_colour() -> None:
    """A cancelled milestone has no colour from the day it was cancelled."""
    gone = _late(cancelled={"on": "2025-03-28"})
    assert [rule(gone, day) for day in ("2025-03-27", "2025-03-28")] == ["R1", None]


# Overdue


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-14", "G2"),  # the due date itself; the one day left fits
        ("2025-03-15", "O2"),  # Saturday: no office day has passed, but it can't be done in time
        ("2025-03-17", "O1"),  # Monday: 1 office day
        ("2025-03-21", "O1"),  # Friday: 17, 18, 19, 20, 21 = 5
        ("2025-03-23", "O1"),  # Sunday: still 5
        ("2025-03-24", "R1"),  # Monday: 6
    ],
)
def test_overdue_by_office_days(day: str, expected: str) -> None:
    """Overdue by one to five office days is orange, by six red."""
    assert rule(_late(), day) == expected


def test_reasons_of_overdue() -> None:
    """The reason gives the office days and the due date."""
    assert _reasons(standing(_late(), "2025-03-17").verdict) == (
        "lewat tenggat 1 hari kerja (tenggat 14 Mar 2025)",
        "overdue by 1 office day (due 14 Mar 2025)",
    )
    assert _reasons(standing(_late(), "2025-03-24").verdict) == (
        "lewat tenggat 6 hari kerja (tenggat 14 Mar 2025)",
        "overdue by 6 office days (due 14 Mar 2025)",
    )


# Forecast


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 10 calendar days from Wednesday 21 May end on 30 May, which is day 100
        ("2025-05-21", "Y3"),
        # from the day after on day 101
        ("2025-05-22", "R2"),
    ],
)
def test_r2_forecast_past_the_last_day(day: str, expected: str) -> None:
    """Due by day 100 and forecast for day 100 is in time; for day 101 it is red."""
    last = milestone("a", "10cd", not_before="2025-02-20", due="2025-05-30")
    assert rule(last, day) == expected


def test_r2_only_for_what_is_due_by_the_last_day() -> None:
    """A milestone promised for day 101 is not red for being forecast past day 100."""
    after = milestone("a", "10cd", not_before="2025-02-20", due="2025-05-31")
    # from 23 May ten days end on 1 June, past the due date and past day 100
    assert rule(after, "2025-05-23") == "O2"


def test_r2_counts_the_plans_own_days() -> None:
    """In a plan of 20 working days the last day is the twentieth: Wednesday 19 March."""
    one = milestone("a", "5d", not_before="2025-02-20", due="2025-03-19")
    # 13, 14, 17, 18, 19 March fit; from 14 March the fifth day is the 20th
    found = [rule(one, day, days="20", count="working") for day in ("2025-03-13", "2025-03-14")]
    assert found == ["Y3", "R2"]


def test_reason_of_r2() -> None:
    """The reason gives the forecast and the last day."""
    last = milestone("a", "10cd", not_before="2025-02-20", due="2025-05-30")
    assert _reasons(standing(last, "2025-05-22").verdict) == (
        "perkiraan selesai 31 Mei 2025, lewat hari terakhir (30 Mei 2025)",
        "forecast 31 May 2025, past the last day (30 May 2025)",
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-10", "Y3"),  # Monday to Friday 14 March: five days just fit
        ("2025-03-11", "O2"),  # Tuesday: the fifth day is Monday 17 March
    ],
)
def test_o2_what_is_left_no_longer_fits(day: str, expected: str) -> None:
    """Forecast for its due date fits; one day later it does not."""
    assert rule(_open(due="2025-03-14"), day) == expected


def test_reason_of_o2() -> None:
    """The reason gives the forecast, the office days past the promise, and the promise."""
    # the weekend is no delay: from Friday 14 to Tuesday 18 March are 2 office days
    assert _reasons(standing(_open(due="2025-03-14"), "2025-03-12").verdict) == (
        "perkiraan selesai 18 Mar 2025, 2 hari kerja melewati tenggat (14 Mar 2025)",
        "forecast 18 Mar 2025, 2 office days past its due date (14 Mar 2025)",
    )


# Blocked


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-03", "Y1"),  # the day it began: 0
        ("2025-03-17", "Y1"),  # 4 to 7 March 4, 10 to 14 March 5, Monday 1: 10
        ("2025-03-18", "R3"),  # 11
    ],
)
def test_blocked_by_office_days(day: str, expected: str) -> None:
    """A blocker with a decision to come is yellow for ten office days, then red."""
    assert rule(_open(blockers=[LATER]), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-03-02", "A1"), ("2025-03-06", "Y1"), ("2025-03-07", "A1")]
)
def test_blocker_from_its_first_day_until_it_is_closed(day: str, expected: str) -> None:
    """A blocker counts from the day it began until the day it was closed."""
    assert rule(_open(blockers=[{**LATER, "closed": "2025-03-07"}]), day) == expected


@pytest.mark.parametrize(
    ("decide_by", "expected"),
    [
        (None, "O3"),
        ("2025-03-09", "O3"),  # yesterday
        ("2025-03-10", "Y1"),  # today it may still be taken
        ("2025-03-11", "Y1"),
    ],
)
def test_o3_no_decision(decide_by: str | None, expected: str) -> None:
    """A blocker without a decision date, or past it, is orange."""
    assert rule(_open(blockers=[{**BLOCKED, "decide_by": decide_by}]), "2025-03-10") == expected


def test_worst_blocker_counts() -> None:
    """Of several blockers the one that gives the worst colour gives the colour."""
    fresh = {"since": "2025-03-17", "what": "lahan", "decide_by": "2025-05-02"}
    undecided = {"since": "2025-03-17", "what": "dana"}
    found = standing(_open(blockers=[fresh, LATER]), "2025-03-18").verdict
    assert found
    assert found.reason["what"] == "izin"
    found = standing(_open(blockers=[fresh, undecided]), "2025-03-18").verdict
    assert found
    assert (found.rule, found.reason["what"]) == ("O3", "dana")


def test_reasons_of_blocked() -> None:
    """The reason gives what is in the way, and since or until when."""
    past = {**BLOCKED, "decide_by": "2025-03-07"}
    cases: list[tuple[Written, str]] = [
        (LATER, "2025-03-18"),
        (BLOCKED, "2025-03-10"),
        (past, "2025-03-10"),
        (LATER, "2025-03-10"),
    ]
    found = [_reasons(standing(_open(blockers=[one]), day).verdict) for one, day in cases]
    assert found == [
        ("terkendala 11 hari kerja: izin", "blocked for 11 office days: izin"),
        ("terkendala, belum ada tanggal arahan: izin", "blocked, no decision date: izin"),
        (
            "terkendala, arahan yang dijanjikan 7 Mar 2025 belum ada: izin",
            "blocked, decision due 7 Mar 2025 not given: izin",
        ),
        (
            "terkendala, arahan ditunggu sampai 1 Mei 2025: izin",
            "blocked, decision by 1 May 2025: izin",
        ),
    ]


# Reports


LONG: Written = milestone("a", "30d", due="2025-05-28", started="2025-03-03")
PLACES: Written = {"districts": "all", "reported": "2025-03-04"}


@pytest.mark.parametrize(
    "word",
    [
        {"reported": "2025-03-07"},
        {"started": "2025-03-07"},
        {**PLACES, "delivered": {"betung": "2025-03-07"}},
        {**PLACES, "delivered": {"betung": {"reported": "2025-03-07"}}},
    ],
    ids=["reported", "started", "delivered", "district reported"],
)
def test_y2_no_report(word: Written) -> None:
    """Running work is yellow after more than five office days without a word from anybody."""
    # after Friday 7 March: 10 to 14 March are 5 office days, Monday 17 March the sixth
    if isinstance(place := word.get("delivered", {}).get("betung"), str):
        word = {**word, "delivered": {"betung": {"on": place}}}
    found = [rule({**LONG, **word}, day) for day in ("2025-03-14", "2025-03-16", "2025-03-17")]
    assert found == ["G2", "G2", "Y2"]


def test_y2_only_when_running() -> None:
    """Work that has not begun owes no colour to a missing report."""
    assert rule(_open(reported="2025-02-21"), "2025-03-17") == "A1"


def test_y2_when_nobody_said_when() -> None:
    """Progress without the day of any report has no age that a colour could be given for."""
    assert rule(milestone("a", "30d", due="2025-05-28", progress="10"), "2025-03-17") == "G2"


def test_reason_of_y2() -> None:
    """The reason gives the office days and the last report."""
    assert _reasons(standing({**LONG, "reported": "2025-03-07"}, "2025-03-17").verdict) == (
        "tanpa laporan 6 hari kerja (terakhir 7 Mar 2025)",
        "no report for 6 office days (last 7 Mar 2025)",
    )


# Room


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-05", "A1"),  # done on Tuesday 11 March: 12, 13, 14 = 3 office days of room
        ("2025-03-06", "Y3"),  # done on Wednesday 12 March: 2
    ],
)
def test_y3_tight_and_not_begun(day: str, expected: str) -> None:
    """Work not begun that fits by two office days is yellow, by three it is not."""
    assert rule(_open(due="2025-03-14"), day) == expected


@pytest.mark.parametrize(("day", "expected"), [("2025-03-05", "G2"), ("2025-03-06", "Y3")])
def test_y3_tight_and_running(day: str, expected: str) -> None:
    """Running work under 80 % is held to the same room."""
    # half of ten days is left: from 5 March done on 11 March, room 3; from 6 March 2
    half = _late(progress="50", started="2025-03-03", reported=day)
    assert rule(half, day) == expected


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        ("79.9", "Y3"),  # 2.01 days left, so 3: 12, 13, 14 March; room 0
        ("80", "G2"),  # 2 days left: 12, 13 March; room 1, and that is enough now
    ],
)
def test_y3_from_80_percent(progress: str, expected: str) -> None:
    """From 80 % on little room is no reason for a colour."""
    assert rule(_late(progress=progress, reported="2025-03-12"), "2025-03-12") == expected


def test_y3_counts_districts() -> None:
    """The 80 % of work by district are its districts: three of four are not enough."""
    rest: Written = {"districts": "all", "reported": "2025-03-13", "progress": None}
    gone = {name: {"on": "2025-03-13"} for name in ("betung", "sembawa", "rambutan")}
    # a quarter of ten days is 3 (2.5): 13, 14, 17 March; promised for Monday 17 March, room 0
    assert rule(_late(**rest, delivered=gone) | {"due": "2025-03-17"}, "2025-03-13") == "Y3"


def test_reason_of_y3() -> None:
    """The reason gives the office days of room and the promise."""
    assert _reasons(standing(_open(due="2025-03-14"), "2025-03-06").verdict) == (
        "tinggal 2 hari kerja kelonggaran sebelum 14 Mar 2025",
        "only 2 office days of room before 14 Mar 2025",
    )


def test_y3_needs_a_written_promise() -> None:
    """A milestone without `due` has no room by its own plan, and is not yellow for that."""
    free = milestone("a", "5d", not_before="2025-03-10")
    # planned and forecast 10 to 14 March: no room on any day, nothing to be yellow about
    found = [rule(free, day) for day in ("2025-02-20", "2025-03-09", "2025-03-10", "2025-03-11")]
    assert found == ["A1", "A1", "G2", "O2"]


@pytest.mark.parametrize(
    "own",
    [
        {"duration": "4d", "due": "2025-03-27"},
        {"duration": "4d", "due": "2025-03-27", "start": "2025-03-24"},
        {"due": "2025-03-27", "start": "2025-03-24"},
        # a fixed start on a Sunday moves to Monday and is still its own date
        {"duration": "4d", "due": "2025-03-27", "start": "2025-03-23"},
    ],
    ids=["planned back", "fixed start", "no duration", "closed day"],
)
def test_y3_on_its_own_date(own: Written) -> None:
    """A milestone that sits on its own date has the room it would have if begun today."""
    one = {"id": "a", "name": "a", **own}
    # planned 24 to 27 March, which is no room at all; but begun on Wednesday 19 March it would
    # be done on Monday 24 March, room 3; begun on 20 March on 25 March, room 2
    found = [rule(one, day) for day in ("2025-02-20", "2025-03-19", "2025-03-20", "2025-03-24")]
    assert found == ["A1", "A1", "Y3", "Y3"]


def test_y3_on_its_own_date_in_calendar_days() -> None:
    """Calendar days are counted from the first open day on or after the data date."""
    one = milestone("a", "4cd", due="2025-03-17")
    # planned back to Friday 14 March. Begun on Sunday 9 March, so on Monday, it would be done on
    # Thursday 13 March: 14, 17 = room 2; begun on Friday 7 March on Monday 10 March: room 5
    assert [rule(one, day) for day in ("2025-03-07", "2025-03-09")] == ["A1", "Y3"]


@pytest.mark.parametrize("own", [{}, {"start": "2025-03-14"}], ids=["planned back", "fixed"])
def test_y3_of_an_event(own: Written) -> None:
    """An event on its own date is yellow from two office days before it."""
    one = milestone("a", "0", due="2025-03-14", **own)
    found = [rule(one, day) for day in ("2025-03-11", "2025-03-12", "2025-03-14")]
    assert found == ["A1", "Y3", "Y3"]


# Not begun, and otherwise


@pytest.mark.parametrize(
    ("own", "day"),
    [
        ({"start": "2025-03-10"}, "2025-03-10"),
        # five days before Thursday 27 March: 21, 24, 25, 26, 27
        ({"not_before": "2025-02-20"}, "2025-03-21"),
    ],
    ids=["start", "before due"],
)
def test_a1_until_its_promise_begins(own: Written, day: str) -> None:
    """Work not begun is grey until the day before its promise begins."""
    one = milestone("a", "5d", **{"due": "2025-03-27", **own})
    before = date.fromisoformat(day) - timedelta(days=1)
    # tight is 0 here, so that only the beginning of the promise is asked
    found = [rule(one, str(at), tolerance={"tight": "0"}) for at in (before, day)]
    expected = ["A1", "Y3" if day == "2025-03-21" else "G2"]
    assert found == expected


def test_reasons_of_grey_and_green() -> None:
    """Grey gives the promise, green the room before it."""
    one = milestone("a", "5d", start="2025-03-10", due="2025-03-27")
    assert _reasons(standing(one, "2025-03-07").verdict) == (
        "belum waktunya mulai (tenggat 27 Mar 2025)",
        "not due to begin yet (due 27 Mar 2025)",
    )
    # begun on Monday 10 March it is done on Friday 14 March: 17 to 21 and 24 to 27 March are 9
    assert _reasons(standing(one, "2025-03-10").verdict) == (
        "sesuai rencana, kelonggaran 9 hari kerja sebelum 27 Mar 2025",
        "on track, 9 office days of room before 27 Mar 2025",
    )


# First match wins


VERIFIED: Written = {"verified": {"by": "inspektorat", "on": "2025-03-14"}}
PAIRS: dict[str, tuple[Written, str]] = {
    # done, and verified as well
    "B1 over G1": (_late(finished="2025-03-14", **VERIFIED), "2025-03-25"),
    # due 20 May; 21, 22, 23, 26, 27, 28 May = 6; forecast in June
    "R1 over R2": (_open(due="2025-05-20"), "2025-05-28"),
    # forecast past day 100, blocked since March
    "R2 over R3": (_open(due="2025-05-28", blockers=[LATER]), "2025-05-23"),
    # blocked for 11 office days, overdue by 2
    "R3 over O1": (_late(blockers=[LATER]), "2025-03-18"),
    # overdue by 1, so forecast past its due date as well
    "O1 over O2": (_late(), "2025-03-17"),
    # forecast past its due date, a blocker without a date
    "O2 over O3": (_open(due="2025-03-14", blockers=[BLOCKED]), "2025-03-12"),
    # one blocker without a date, one with
    "O3 over Y1": (_open(blockers=[LATER, BLOCKED]), "2025-03-10"),
    # blocked since 10 March, nothing heard for six office days
    "Y1 over Y2": (
        {**LONG, "reported": "2025-03-07", "blockers": [{**LATER, "since": "2025-03-10"}]},
        "2025-03-17",
    ),
    # no report since 3 March, and no room
    "Y2 over Y3": (
        milestone("a", "10d", due="2025-03-24", started="2025-03-03", progress="50"),
        "2025-03-18",
    ),
    # room 2, its promise begins on 10 March
    "Y3 over A1": (_open(due="2025-03-14"), "2025-03-06"),
    "A1 over G2": (_open(), "2025-03-06"),
}


COLOURS = {
    "B": Colour.BLUE,
    "R": Colour.RED,
    "O": Colour.ORANGE,
    "Y": Colour.YELLOW,
    "A": Colour.GREY,
}


@pytest.mark.parametrize("pair", PAIRS)
def test_first_match_wins(pair: str) -> None:
    """Where two rules match, the one further up gives the colour, which is its letter's."""
    one, day = PAIRS[pair]
    found = standing(one, day).verdict
    assert found
    assert (found.rule, found.colour) == (pair.partition(" ")[0], COLOURS[pair[0]])


def test_g2_green_otherwise() -> None:
    """What no other rule speaks of is green."""
    found = standing(_late(), "2025-03-14").verdict
    assert found
    assert (found.rule, found.colour) == ("G2", Colour.GREEN)


# Closed days


def test_idulfitri_turns_nobody_red() -> None:
    """Over the eleven closed days of Idulfitri nothing becomes more late, more blocked or older."""
    late = _late(due="2025-03-26")
    # due Wednesday 26 March: 1 office day on the 27th, and that is all until 7 April;
    # then 8, 9, 10, 11 April = 5, Monday 14 April = 6
    assert _spans(late, "2025-03-27", "2025-04-14") == [
        ("O1", "2025-03-27", "2025-04-13"),
        ("R1", "2025-04-14", "2025-04-14"),
    ]
    blocked = _open(blockers=[{**LATER, "since": "2025-03-14"}])
    # 17 to 21 March 5, 24 to 27 March 4, 8 April the tenth, 9 April the eleventh
    assert _spans(blocked, "2025-03-27", "2025-04-09") == [
        ("Y1", "2025-03-27", "2025-04-08"),
        ("R3", "2025-04-09", "2025-04-09"),
    ]
    silent: Written = {**LONG, "progress": "70", "reported": "2025-03-21"}
    # 24 to 27 March 4, 8 April 5, 9 April 6
    assert _spans(silent, "2025-03-27", "2025-04-09") == [
        ("G2", "2025-03-27", "2025-04-08"),
        ("Y2", "2025-04-09", "2025-04-09"),
    ]


def _spans(one: Written, first: str, last: str) -> list[tuple[str | None, str, str]]:
    """Rules with the first and last day that each held without a break."""
    spans: list[tuple[str | None, str, str]] = []
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        found = rule(one, str(day))
        if spans and spans[-1][0] == found:
            spans[-1] = (found, spans[-1][1], str(day))
        else:
            spans.append((found, str(day), str(day)))
        day += timedelta(days=1)
    return spans


def test_office_days_are_the_plans_not_the_owners() -> None:
    """An owner that works on Saturdays is not red a day sooner for it."""
    owners: list[Written] = [
        {
            "id": "dinkes",
            "name": "Dinkes",
            "calendar": {"open": [{"from": "2025-03-15", "to": "2025-03-23"}]},
        }
    ]
    plan = plan_of(program("p", _late()), owners=owners)
    found = [tracked(plan, day).standings[0].verdict for day in ("2025-03-21", "2025-03-24")]
    assert [one.rule for one in found if one] == ["O1", "R1"]


# Thresholds


THRESHOLDS: dict[str, tuple[Written, str, str, str]] = {
    # key: a milestone on the last day that 3 allows, that day, the next, and the rule
    "red_overdue": (_late(), "2025-03-19", "2025-03-20", "R1"),  # 17, 18, 19 | 20
    "red_blocker": (_open(blockers=[LATER]), "2025-03-06", "2025-03-07", "R3"),  # 4, 5, 6 | 7
    "stale": ({**LONG, "reported": "2025-03-07"}, "2025-03-12", "2025-03-13", "Y2"),  # 10-12 | 13
    # room 4 on Tuesday 4 March (done on the 10th; 11, 12, 13, 14), 3 on Wednesday
    "tight": (_open(due="2025-03-14"), "2025-03-04", "2025-03-05", "Y3"),
}


@pytest.mark.parametrize("key", THRESHOLDS)
@pytest.mark.parametrize(("plans", "mine"), [("3", None), ("1", "3"), ("30", "3"), (None, "3")])
def test_threshold(key: str, plans: str | None, mine: str | None) -> None:
    """A threshold is the programme's, else the plan's; the milestone turns just beyond it."""
    one, held, beyond, expected = THRESHOLDS[key]
    own = {"tolerance": {key: mine}} if mine else {}
    plan = plan_of(program("p", one, **own), tolerance={key: plans})
    found = [tracked(plan, day).standings[0].verdict for day in (held, beyond)]
    assert [verdict.rule == expected for verdict in found if verdict] == [False, True]


def test_threshold_of_zero() -> None:
    """Zero is a threshold like any other: red from the first office day overdue."""
    assert rule(_late(), "2025-03-17", tolerance={"red_overdue": "0"}) == "R1"


def test_limits() -> None:
    """What a tolerance leaves out comes from the next one, and in the end from the defaults."""
    mine = Tolerance.model_validate({"stale": "3", "deviation": ["8", "4"]})
    plans = Tolerance.model_validate({"stale": "9", "tight": "0"})
    assert limits_of(mine, plans) == Limits(stale=3, tight=0, deviation=(8.0, 4.0))
    assert limits_of(None, plans) == Limits(stale=9, tight=0)
    assert limits_of(None, None) == Limits(5, 10, 5, 2, (10.0, 5.0))


# Programmes: bands of the deviation

BAND: Written = {"start": "2025-03-03", "due": "2025-03-28"}
"""Twenty working days from day 1 of the plain plan: five percent are planned a day."""

AT_40 = "2025-03-12"
"""Wednesday of the second week: the eighth day, 40 % planned."""

AT_70 = "2025-03-20"
"""Thursday of the third week: the fourteenth day, 70 % planned."""


def _banded(day: str, progress: str, **rest: Any) -> Verdict:
    """The verdict over a programme of one running milestone with that progress."""
    one = milestone("a", "20d", **BAND, started="2025-03-03", progress=progress, reported=day)
    return only_program(day, one, **PLAIN, **rest).verdict


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        # L = 10: red under -10, orange under -5, yellow under -2.5
        ("29.9", "PR1"),
        ("30", "PO1"),
        ("34.9", "PO1"),
        ("35", "PY1"),
        ("37.4", "PY1"),
        ("37.5", "PG1"),
        ("40", "PG1"),
        ("60", "PG1"),
    ],
)
def test_bands_under_70_percent(progress: str, expected: str) -> None:
    """With 40 % planned a programme is held to ten points; exactly -L is not under -L."""
    assert _banded(AT_40, progress).rule == expected


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        # L = 5: red under -5, orange under -2.5, yellow under -1.25
        ("64.9", "PR1"),
        ("65", "PO1"),
        ("67.4", "PO1"),
        ("67.5", "PY1"),
        ("68.7", "PY1"),
        ("68.75", "PG1"),
    ],
)
def test_bands_from_70_percent(progress: str, expected: str) -> None:
    """With exactly 70 % planned it is held to five points."""
    assert _banded(AT_70, progress).rule == expected


def test_the_day_before_70_percent() -> None:
    """With 65 % planned ten points behind is not red, with 70 % it is."""
    found = [_banded("2025-03-19", "55").rule, _banded(AT_70, "60").rule]
    assert found == ["PO1", "PR1"]


def test_70_percent_of_several_milestones() -> None:
    """Three milestones at 70 % are 70 %, however floats add them up."""
    three = [
        milestone(
            name,
            "10d",
            start="2025-03-03",
            due="2025-03-14",
            started="2025-03-03",
            progress="62",
            reported="2025-03-11",
        )
        for name in "abc"
    ]
    # the seventh of ten days: planned 70, deviation -8, and L is 5
    found = only_program("2025-03-11", *three, **PLAIN)
    assert (found.figures.planned_percent, found.verdict.rule) == (70.0, "PR1")


@pytest.mark.parametrize(
    ("limits", "progress", "expected"),
    [
        ({"plans": ["20", "4"]}, "20", "PO1"),
        ({"plans": ["20", "4"]}, "19.9", "PR1"),
        ({"plans": ["20", "4"], "mine": ["4", "2"]}, "35.9", "PR1"),
        ({"plans": ["20", "4"], "mine": ["4", "2"]}, "36", "PO1"),
        ({"plans": ["0", "0"]}, "40", "PG1"),
        ({"plans": ["0", "0"]}, "39.9", "PR1"),
    ],
)
def test_bands_of_ones_own(limits: dict[str, Any], progress: str, expected: str) -> None:
    """The bands are the programme's, else the plan's."""
    own = {"tolerance": {"deviation": limits["mine"]}} if "mine" in limits else {}
    one = milestone("a", "20d", **BAND, started="2025-03-03", progress=progress, reported=AT_40)
    plan = plan_of(program("p", one, **own), **PLAIN, tolerance={"deviation": limits["plans"]})
    assert tracked(plan, AT_40).programs()[0].verdict.rule == expected


@pytest.mark.parametrize(
    ("progress", "colour", "in_id", "in_en"),
    [
        (
            "29.9",
            Colour.RED,
            "deviasi -10,1 poin, melampaui batas -10",
            "deviation -10.1 points, past the limit of -10",
        ),
        (
            "32",
            Colour.ORANGE,
            "deviasi -8,0 poin, melampaui batas -5",
            "deviation -8.0 points, past the limit of -5",
        ),
        (
            "37",
            Colour.YELLOW,
            "deviasi -3,0 poin, melampaui batas -2,5",
            "deviation -3.0 points, past the limit of -2.5",
        ),
        ("41.5", Colour.GREEN, "deviasi 1,5 poin", "deviation 1.5 points"),
    ],
)
def test_reason_of_a_band(progress: str, colour: Colour, in_id: str, in_en: str) -> None:
    """The reason gives the deviation and the limit it passed."""
    found = _banded(AT_40, progress)
    assert (found.colour, _reasons(found)) == (colour, (in_id, in_en))


# Programmes: what their milestones make of them

ON_TIME: Written = milestone(
    "b", "20d", **BAND, weight="99", started="2025-03-03", progress="40", reported=AT_40
)
"""A heavy milestone just on its plan, beside which a light one's figures hardly count."""


def test_red_by_a_milestone_past_the_last_day() -> None:
    """One milestone due by day 100 and forecast past it makes its programme red."""
    light = milestone("a", "70d", not_before="2025-03-03", due="2025-06-10", weight="1")
    # day 100 of the plain plan is Tuesday 10 June; 70 days from 12 March end on 17 June
    found = only_program(AT_40, light, ON_TIME, **PLAIN).verdict
    assert (found.colour, found.rule) == (Colour.RED, "PR2")
    assert _reasons(found) == (
        "1 rencana aksi diperkirakan lewat hari terakhir: a",
        "1 milestone forecast past the last day: a",
    )


def test_red_by_an_overdue_milestone_past_the_last_day() -> None:
    """It makes it red as well when it is red by itself, for being overdue."""
    light = milestone("a", "70d", not_before="2025-03-03", due="2025-03-03", weight="0.1")
    # overdue by 4, 5, 6, 7, 10, 11, 12 March = 7 office days: R1, which stands before R2
    one = tracked(plan_of(program("p", light, ON_TIME), **PLAIN), AT_40)
    verdict = one.standings[0].verdict
    assert verdict
    assert (verdict.rule, one.programs()[0].verdict.rule) == ("R1", "PR2")


def test_done_past_the_last_day() -> None:
    """What was done after day 100 is forecast for no day any more."""
    late = milestone("a", "5d", due="2025-05-28", finished="2025-06-02")
    assert only_program("2025-06-03", late).verdict.rule == "PG1"


def test_orange_by_a_critical_red_milestone() -> None:
    """A red milestone on the critical path makes its programme orange at least."""
    old = {"since": "2025-02-24", "what": "izin", "decide_by": "2025-05-01"}
    # b has twelve days left and ends on Thursday 27 March; a, blocked for 12 office days and not
    # begun, ends that day when it takes twelve days, and the day before when it takes eleven
    found = [
        only_program(AT_40, milestone("a", days, weight="0", blockers=[old]), ON_TIME, **PLAIN)
        for days in ("12d", "11d")
    ]
    assert [one.verdict.rule for one in found] == ["PO2", "PG1"]
    assert found[0].verdict.colour == Colour.ORANGE
    assert _reasons(found[0].verdict) == (
        "rencana aksi pada lintasan kritis berstatus merah: a",
        "a critical milestone is red: a",
    )


def test_red_of_a_band_stays_red_beside_a_critical_one() -> None:
    """Orange is the least a red critical milestone makes; what is worse stays."""
    old = {"since": "2025-02-24", "what": "izin", "decide_by": "2025-05-01"}
    blocked = milestone(
        "a", "20d", **BAND, started="2025-03-03", progress="10", reported=AT_40, blockers=[old]
    )
    assert only_program(AT_40, blocked, **PLAIN).verdict.rule == "PR1"


def test_blue_when_all_is_verified() -> None:
    """A programme is blue when every milestone is verified, green while one is not."""
    done = {"finished": "2025-03-04", "verified": {"by": "inspektorat", "on": "2025-03-05"}}
    two = [milestone(name, "1d", due="2025-03-04", **done) for name in "ab"]
    open_one = milestone("c", "1d", due="2025-03-05", finished="2025-03-05")
    gone = milestone("d", "1d", due="2025-03-05", cancelled={"on": "2025-03-01"})
    blue = only_program("2025-03-05", *two, gone).verdict
    assert (blue.colour, blue.rule) == (Colour.BLUE, "PB1")
    assert _reasons(blue) == (
        "seluruh 2 rencana aksi terverifikasi",
        "all 2 milestones verified",
    )
    assert only_program("2025-03-05", *two, open_one).verdict.rule == "PG1"


def test_grey_before_anything_is_promised_or_begun() -> None:
    """A programme is grey until its first promise begins, or work does."""
    one = milestone("a", "5d", due="2025-03-14")  # promised from Monday 10 March on
    grey = only_program("2025-03-09", one).verdict
    assert (grey.colour, grey.rule) == (Colour.GREY, "PA1")
    assert _reasons(grey) == (
        "belum ada yang dijanjikan atau dimulai",
        "nothing promised or begun yet",
    )
    # on 10 March a fifth is promised and nothing done: -20
    assert only_program("2025-03-10", one).verdict.rule == "PR1"
    begun = {**one, "started": "2025-03-05", "reported": "2025-03-05"}
    assert only_program("2025-03-05", begun).verdict.rule == "PG1"


def test_cancelled_milestones_do_not_count() -> None:
    """A cancelled milestone is nobody's delay, and a programme of only such ones is grey."""
    gone = milestone("a", "5d", due="2025-03-04", weight="50", cancelled={"on": "2025-03-12"})
    plan = plan_of(program("p", gone, ON_TIME), **PLAIN)
    # a day before: planned (50 x 100 + 99 x 35) / 149 = 56.8, actual 0 (b reports the day after)
    found = [tracked(plan, day).programs()[0].verdict.rule for day in ("2025-03-11", AT_40)]
    assert found == ["PR1", "PG1"]
    assert only_program(AT_40, gone, **PLAIN).verdict.rule == "PA1"


def test_empty_programme_is_grey() -> None:
    """A programme without milestones says nothing yet."""
    assert only_program("2025-04-10").verdict.rule == "PA1"


def test_never_an_average_of_colours() -> None:
    """Nine blue milestones do not outweigh one that is forecast past day 100."""
    done = {"finished": "2025-03-04", "verified": {"by": "inspektorat", "on": "2025-03-05"}}
    nine = [milestone(name, "1d", due="2025-03-04", weight="9", **done) for name in "bcdefghij"]
    late = milestone("a", "5d", not_before="2025-02-20", due="2025-05-28")
    # day 93, Friday 23 May: 23, 26, 27, 28 May are four days, the fifth is 2 June
    found = only_program("2025-05-23", *nine, late)
    assert (found.verdict.rule, found.figures.verified) == ("PR2", 9)


def test_worst_milestones_do_not_colour_their_programme_by_themselves() -> None:
    """An overdue milestone that is neither critical nor past day 100 leaves it to the figures."""
    light = milestone("a", "1d", due="2025-03-03", weight="1")
    # a is overdue by 7 office days: red; planned (100 + 99 x 40) / 100 = 40.6, actual 39.6
    found = tracked(plan_of(program("p", light, ON_TIME), **PLAIN), AT_40)
    verdict = found.standings[0].verdict
    assert verdict
    assert (verdict.rule, found.programs()[0].verdict.rule) == ("R1", "PG1")
