"""Where a stranger stumbled over the reports: who is asked for, what is left out, what is said."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.commands import alone, called
from tests.plans import milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program

from banyuasin_plan.cli.commands import MEANT
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.plan import head, model
from banyuasin_plan.plan.naming import keys_of
from banyuasin_plan.plan.pages import THINGS
from banyuasin_plan.report import Column, Kind, Note, Report, Table
from banyuasin_plan.reports import due, heading_of, overdue, show, status, unreported, why
from banyuasin_plan.tracking.colours import Limits
from banyuasin_plan.tracking.pages import COLOUR_RULES
from banyuasin_plan.words import Lang, label, message, say
from banyuasin_plan.words.id.schema import PARTS
from banyuasin_plan.words.writing import escape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Outcome
    from tests.plans import Written

    from banyuasin_plan.tracking.colours import Rule

PLAN = """\
plan: {id: uji, name: Uji, start: 2025-03-03, as_of: 2025-03-28, language: en}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
  - {id: dpmd, name: DPMD}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
groups: [{id: satu, name: Satu}, {id: dua, name: Dua}]
programs:
  - id: sehat
    name: Sehat
    group: satu
    lead: dinkes
    milestones:
      - {id: sehat-01, name: Data awal dari camat, duration: 40d, due: 2025-05-28,
         started: 2025-03-03, districts: all, delivered: {sembawa: 2025-03-10}}
      - {id: sehat-02, name: SK, duration: 40d, due: 2025-05-28, started: 2025-03-04,
         support: [dpmd]}
  - id: cerdas
    name: Cerdas
    group: dua
    lead: setda
    milestones:
      - {id: cerdas-01, name: Sekolah, duration: 40d, due: 2025-05-28, started: 2025-03-03,
         districts: [betung, sembawa]}
"""


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Runs a command right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return lambda *arguments: called(capsys, *arguments)


# Who owes a report


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], {"betung": 2, "sembawa": 1, "setda": 1, "dinkes": 2}),
        (["--owner", "betung"], {"betung": 2}),
        (["--district", "betung"], {"betung": 2}),
        (["--owner", "dinkes"], {"dinkes": 2}),
        (["--owner", "dinkes", "--district", "betung"], {"betung": 1, "dinkes": 1}),
        (["--owner", "sembawa", "--program", "cerdas"], {"sembawa": 1}),
        (["--owner", "sembawa", "--group", "satu"], {}),
        (["--owner", "dpmd"], {}),
        (["--owner", "dpmd", "--with-support"], {"dinkes": 1}),
    ],
)
def test_filters_choose_who_owes(
    filters: list[str], expected: dict[str, int], run: Callable[..., Outcome]
) -> None:
    """`--owner` and `--district` name the debtor, a camat as well as an agency."""
    rows: list[dict[str, Any]] = json.loads(run("unreported", "-f", "json", *filters).out)[
        "tables"
    ]["owners"]
    assert {row["owner"]: row["milestones"] for row in rows} == expected


def test_a_letter_to_a_camat(run: Callable[..., Outcome]) -> None:
    """A text to a district is a text to its camat, in both languages."""
    for lang, name in (("en", "Camat of Betung"), ("id", "Camat Betung")):
        found = run("unreported", "-f", "json", "--owner", "betung", "--lang", lang)
        row = json.loads(found.out)["tables"]["owners"][0]
        assert row["name"] == name
        assert name in row["text"]


# What stands in the way


DISTRICTS_LEFT: Written = {
    "districts": ["betung", "sembawa", "rambutan"],
    "started": "2025-03-03",
    "delivered": {"betung": "2025-03-06", "sembawa": {"reported": "2025-03-07"}},
}


def obstacles(one: Written, lang: Lang = Lang.EN, **rest: Any) -> list[dict[str, Any]]:
    """What `plan why` says stands in the way of a milestone on Thursday 13 March."""
    plan = plan_of(program("p", milestone("a", "20d", **one)), **{**PLAIN, **rest})
    made = why.report(material(plan, "2025-03-13"), "a", "forecast")
    assert made is not None
    found: list[dict[str, Any]] = as_json(made, lang)["tables"]["obstacles"]
    return found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            DISTRICTS_LEFT,
            (
                "districts",
                "2 of 3 districts have not delivered: Sembawa and Rambutan",
                "dinkes",
                "2025-03-03",
                None,
            ),
        ),
        (
            {"blockers": [{"since": "2025-03-05", "what": "x", "need": "y", "owner": "setda",
                           "decide_by": "2025-03-10"}]},
            (
                "blocker",
                "blocked, decision 3 office days late: x (needed: y)",
                "setda",
                "2025-03-05",
                "2025-03-10",
            ),
        ),
        (
            {"blockers": [{"since": "2025-03-05", "what": "x", "decide_by": "2025-03-13"}]},
            (
                "blocker",
                "blocked: x",
                None,
                "2025-03-05",
                "2025-03-13",
            ),
        ),
        (
            {"blockers": [{"since": "2025-03-05", "what": "x"}]},
            (
                "blocker",
                "blocked, no decision date: x",
                None,
                "2025-03-05",
                None,
            ),
        ),
        (
            {"reported": "2025-03-10", "started": "2025-03-03",
             "returned": [{"by": "inspektorat", "on": "2025-03-11", "why": "no list"}]},
            (
                "returned",
                "claim returned by inspektorat: no list",
                "dinkes",
                "2025-03-11",
                None,
            ),
        ),
        (
            {"returned": [{"by": "inspektorat", "on": "2025-03-11"}]},
            (
                "returned",
                "claim returned by inspektorat",
                "dinkes",
                "2025-03-11",
                None,
            ),
        ),
        # 6 to 13 March: 6 office days after the 5th
        (
            {"started": "2025-03-03", "reported": "2025-03-05"},
            (
                "stale",
                "last report 6 office days ago",
                "dinkes",
                "2025-03-05",
                None,
            ),
        ),
        (
            {"progress": "20"},
            (
                "stale",
                "under way, but no report has a date",
                "dinkes",
                None,
                None,
            ),
        ),
    ],
)  # fmt: skip
def test_obstacles(facts: Written, expected: tuple[str | None, ...]) -> None:
    """Each kind of obstacle is said with who has to act, since when and by when."""
    keys = ("kind", "detail", "owner", "since", "decide_by")
    assert [{"id": "a", **dict(zip(keys, expected, strict=True))}] == obstacles(facts)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"districts": "all", "not_before": "2025-03-17"},
        {"blockers": [{"since": "2025-03-05", "what": "x", "closed": "2025-03-12"}]},
        {"started": "2025-03-03", "reported": "2025-03-12",
         "returned": [{"by": "inspektorat", "on": "2025-03-11"}]},
        {"started": "2025-03-03", "reported": "2025-03-06"},
    ],
    ids=["nothing", "not its turn", "closed", "reported again", "fresh"],
)  # fmt: skip
def test_nothing_in_the_way(facts: Written) -> None:
    """What is solved, answered or not due yet stands in nobody's way."""
    assert obstacles(facts) == []


def test_obstacles_come_before_the_chain() -> None:
    """The first table is what stands in the way, along the whole chain; done work has none."""
    chain = [
        milestone("a", "20d", started="2025-03-03", reported="2025-03-04"),
        milestone("b", "5d", "a", blockers=[{"since": "2025-03-05", "what": "x"}]),
        milestone("c", "1d", finished="2025-03-05"),
    ]
    made = why.report(material(plan_of(program("p", *chain), **PLAIN), "2025-03-13"), "b", "plan")
    assert made is not None
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert [table.id for table in tables] == ["obstacles", "chain", "remedies"]
    assert [row[0] for row in tables[0].rows] == ["b", "a"]
    done = why.report(material(plan_of(program("p", *chain), **PLAIN), "2025-03-13"), "c", "plan")
    assert done is not None
    assert "obstacles" not in as_json(done)["tables"]


@pytest.mark.parametrize(
    ("owner", "asked"),
    [
        ({"id": "x", "name": "X", "kind": "agency"}, True),
        ({"id": "x", "name": "X", "kind": "team", "capacity": "2"}, True),
        ({"id": "x", "name": "X", "kind": "team"}, False),
        ({"id": "y", "name": "Y"}, False),
    ],
    ids=["agency", "team of a capacity", "placeholder", "not listed"],
)
def test_who_can_work_on_holidays(owner: Written, asked: bool) -> None:  # noqa: FBT001 - a case of two
    """Nobody is asked to work on closed days of whom nothing is known."""
    one = milestone("a", "10d", not_before="2025-03-24", owner="x")
    plan = plan_of(program("p", one), owners=[owner])
    made = why.report(material(plan, "2025-03-13"), "a", "forecast")
    assert made is not None
    changes = [row["change"] for row in as_json(made)["tables"]["remedies"]]
    assert any("worked from" in change for change in changes) is asked


def test_only_the_longest_closure_is_tried() -> None:
    """Of several closed stretches on a milestone's way only the longest is a remedy."""
    # Idulfitri, 28 March to 7 April, and Good Friday, 18 to 20 April
    one = milestone("a", "20d", not_before="2025-03-24", owner="setda")
    made = why.report(material(plan_of(program("p", one)), "2025-03-13"), "a", "forecast")
    assert made is not None
    said = json.dumps(as_json(made))
    assert said.count("worked from") == 1
    assert "worked from 28 Mar 2025 to 7 Apr 2025" in said


def test_idle_changes_are_counted_from_six_on() -> None:
    """Changes that would not help are five at most, then a number."""
    steps = [
        milestone("m-0", "4d"),
        *(milestone(f"m-{n}", "4d", f"m-{n - 1}") for n in range(1, 5)),
    ]
    last = milestone("z", "4d", "m-4", "other")
    other = milestone("other", "20d", owner="setda")
    plan = plan_of(program("p", *steps, other, last), **PLAIN)
    made = why.report(material(plan, "2025-03-03"), "z", "plan")
    assert made is not None
    notes = [say(block.text, Lang.EN) for block in made.blocks if isinstance(block, Note)]
    if len(notes) != 1:
        pytest.fail(f"no idle change to count: {as_json(made)}")
    assert notes[0].count(" instead of ") + notes[0].count("did not wait") <= 5
    assert notes[0].endswith(" more")


def test_remedies_by_gain_then_id() -> None:
    """What helps most comes first; what helps alike goes by id."""
    chain = [milestone("b", "6d"), milestone("a", "6d", "b"), milestone("c", "6d", "a")]
    plan = plan_of(program("p", *chain), **PLAIN)
    made = why.report(material(plan, "2025-03-03"), "c", "plan")
    assert made is not None
    halves = [
        (row["days_earlier"], row["id"])
        for row in as_json(made)["tables"]["remedies"]
        if "instead of" in row["change"]
    ]
    assert halves == [(3, "a"), (3, "b"), (3, "c")]


# How figures stand


def test_text_figures_stand_in_a_list() -> None:
    """The head of a short-named milestone is a list like that of a long-named one."""
    plan = plan_of(program("p", milestone("uji", "6d")), **PLAIN)
    made = why.report(material(plan, "2025-03-03"), "uji", "plan")
    assert made is not None
    lines = written(made, "table", Lang.EN, Screen(120)).splitlines()
    assert [line for line in lines if re.fullmatch(r"Id +uji", line)]
    assert [line for line in lines if re.fullmatch(r"Name +uji", line)]


# What is left out at 80 columns


def shown_at(columns: int, report: Report, lang: Lang = Lang.EN) -> list[str]:
    """A report's lines on a terminal of so many columns."""
    lines = written(report, "table", lang, Screen(columns)).splitlines()
    assert [line for line in lines if len(line.rstrip()) > columns] == []
    return lines


LATE = plan_of(
    program(
        "p",
        milestone("gerbang-keren-01", "2d", due="2025-03-05", owner="inspektorat"),
        milestone("aspek-insentif-kesejahteraan-01", "2d", due="2025-03-19"),
    ),
    **PLAIN,
)


@pytest.mark.parametrize("columns", [60, 80, 100])
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (overdue, ("gerbang-keren-01", "inspektorat")),
        (status, ("gerbang-keren-01", "inspektorat")),
        (due, ("aspek-insentif-kesejahteraan-01", "dinkes")),
    ],
    ids=["overdue", "attention", "due"],
)
def test_id_and_owner_always_stand(
    module: Any, expected: tuple[str, str], lang: Lang, columns: int
) -> None:
    """Whatever the width, rows to act on say which milestone it is and whose."""
    text = "\n".join(shown_at(columns, module.report(material(LATE, "2025-03-13")), lang))
    assert [word for word in expected if word not in text] == []


def test_hidden_columns_are_named() -> None:
    """One line below a table says which columns had no room, and which format has them."""
    made = overdue.report(material(LATE, "2025-03-13"))
    narrow = " ".join(shown_at(80, made)).split("columns hidden: ")
    assert narrow[1].endswith("Reason; --format csv holds all")
    for column in ("Forecast", "State"):
        assert column in narrow[1]
        assert column not in narrow[0]
    assert not [line for line in shown_at(240, made) if "hidden" in line]


def test_hidden_columns_of_a_second_table() -> None:
    """What CSV does not hold is in JSON, and the line says so."""
    lines = shown_at(80, status.report(material(LATE, "2025-03-13")))
    assert [line for line in lines if line.endswith("--format csv holds all")]
    made = why.report(material(LATE, "2025-03-13"), "gerbang-keren-01", "forecast")
    assert made is not None
    assert made.main is not None
    assert made.main.id == "chain"


def test_columns_that_say_nothing_leave_first() -> None:
    """An empty column is not missed: it leaves before others do, and nothing is said of it."""
    rows = (("a", None, "x" * 20),)
    columns = (
        Column("id", Kind.ID),
        Column("agreed", Kind.DATE, rank=2),
        Column("name", Kind.ID, rank=3),
    )
    table = Table("waits_for", columns, rows, message("none.rows"))
    heading = heading_of(material(LATE, "2025-03-13"))
    lines = shown_at(26, Report("show", heading, (table,)))
    assert lines[-1].split() == ["a", "x" * 20]


def test_a_list_holds_all_fields() -> None:
    """Where not even the first columns fit, each row is a list that leaves nothing out."""
    made = overdue.report(material(LATE, "2025-03-13"))
    lines = shown_at(40, made)
    text = " ".join(" ".join(lines).split())
    for field in ("Name:", "Owner:", "Due:", "Forecast:", "Days late:", "State:", "Status:"):
        assert field in text
    assert "Reason: overdue by 6 office days (due 5 Mar 2025)" in text
    assert "hidden" not in text


def test_heads_break_between_words() -> None:
    """A long head takes several lines before its column takes room from others."""
    lines = shown_at(76, overdue.report(material(LATE, "2025-03-13")))
    head = next(place for place, line in enumerate(lines) if line.startswith("Id "))
    assert "days" in lines[head - 1].split()
    assert "late" in lines[head]


def test_letters_stand_below_the_table() -> None:
    """The texts to send are paragraphs under the table, wrapped only by the screen."""
    one = milestone("a", "40d", started="2025-03-03", due="2025-05-28")
    made = unreported.report(material(plan_of(program("p", one), **PLAIN), "2025-03-13"))
    wide = written(made, "table", Lang.EN, Screen())
    table, paragraph = wide.rstrip().rsplit("\n\n", 1)
    assert paragraph.startswith("To Dinas Kesehatan: ")
    assert paragraph.endswith("today.")
    assert "To Dinas" not in table
    assert " ".join(" ".join(shown_at(80, made)).split()).endswith(" ".join(paragraph.split()))


def test_a_blocker_keeps_what_it_needs() -> None:
    """`plan show` says at 80 columns what is needed and from whom."""
    blocker = {"since": "2025-03-05", "what": "harga benih naik", "need": "izin pusat",
               "owner": "setda", "decide_by": "2025-03-10"}  # fmt: skip
    one = milestone("a", "40d", started="2025-03-03", blockers=[blocker])
    made = show.report(material(plan_of(program("p", one), **PLAIN), "2025-03-13"), "a", {})
    assert made is not None
    text = "\n".join(shown_at(80, made))
    assert "izin pusat" in text
    assert "setda" in text


# Hints of the command line


HINTS = {
    "help": (["help"], "did you mean plan --help?"),
    "version": (["version"], "did you mean plan --version?"),
    "an Indonesian word": (["telat"], "did you mean plan overdue?"),
    "a word for nothing": (["qqqq"], "plan --help"),
    "a code": (["explain", "E999"], "plan explain"),
    "an owner": (["show", "dpmd"], "dpmd is an owner: plan status --owner dpmd"),
    "a district": (["why", "betung"], "betung is a district: plan status --district betung"),
    "a group": (["show", "satu"], "satu is a group: plan status --group satu"),
    "no id at all": (["show", "qqqq"], "plan schedule lists every milestone"),
    "an owner to delay": (["whatif", "dpmd+5d"], "dpmd is an owner"),
    "a value of a choice": (["status", "--lang"], "--lang needs a value, one of id and en"),
    "a value": (["status", "--today"], "--today needs a value: DATE"),
    "no value": (["status", "--keep-going=1"], "--keep-going takes no value"),
    "earlier": (["whatif", "sehat-02-5d"], "only a delay can be supposed: sehat-02+5d"),
    "shorter than nothing": (
        ["whatif", "sehat-02=-3d"],
        "only a delay can be supposed: sehat-02+3d",
    ),
    "later by less than nothing": (["whatif", "sehat-02+-3"], "be shorter (sehat-02=3d)"),
    "an id that ends in a number": (["whatif", "sehat-02"], "write ID+5d (later)"),
    "no day of any month": (["whatif", "start=2025-02-30"], "2025-02-30 is not a date"),
    "a date of ours": (["whatif", "start=3/3/2025"], "3/3/2025 is not a date; write YYYY-MM-DD"),
    "day 1 later": (["whatif", "start+5d"], "or start=2025-03-03"),
    "day 1 earlier": (["whatif", "start-5d"], "or start=2025-03-03"),
    "another year": (
        ["whatif", "start=2052-03-03"],
        "day 1 is 3 Mar 2025; another one is at most",
    ),
    "less than no capacity": (["whatif", "owner:dinkes=-1"], "-1 is not a capacity"),
    "no days": (["whatif", "sehat-02+3x"], "3x is not a number of days; write 5d, 2w or 10cd"),
    "a programme": (["whatif", "sehat+5d"], "sehat is a programme, and only its milestones"),
    "a delay twice": (["whatif", "sehat-02+1d", "sehat-02+1d"], "does not add up"),
    "two lengths": (["whatif", "sehat-02=8d", "sehat-02=9d"], "the same thing as sehat-02=8d"),
    "two capacities": (
        ["whatif", "owner:dpmd=1", "owner:dpmd=2"],
        "the same thing as owner:dpmd=1",
    ),
    "two starts": (["whatif", "start=2025-03-03", "start=2025-03-04"], "supposes the same thing"),
}


@pytest.mark.parametrize("name", HINTS)
def test_hints(name: str, run: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong usage says what to type instead, in two lines at most."""
    arguments, hint = HINTS[name]
    monkeypatch.setenv("PLAN_LANG", "en")
    found = run(*arguments)
    assert (found.code, found.out) == (2, "")
    assert hint in found.err
    assert found.err.count("\n") <= 2


def test_words_people_try_lead_to_commands(run: Callable[..., Outcome]) -> None:
    """Every word that stands for a command leads to one that is there."""
    for word, command in MEANT.items():
        assert run(word).code == 2
        assert run(*command.split(), "--help").code == 0


@pytest.mark.parametrize(
    ("indonesian", "english"), [("merah", "red"), ("jingga", "orange"), ("lewat", "overdue")]
)
def test_fail_on_takes_the_word_on_the_screen(
    indonesian: str, english: str, run: Callable[..., Outcome]
) -> None:
    """`--fail-on merah` is `--fail-on red`."""
    later = ("--today", "2025-06-20")
    assert run("status", "--fail-on", indonesian, *later).code == 1
    assert run("status", "--fail-on", english, *later).code == 1
    assert run("status", "--fail-on", indonesian, "--today", "2025-03-05").code == 0


# What codes, colours and keys mean


@pytest.mark.parametrize("rule", COLOUR_RULES, ids=lambda rule: rule.id)
def test_every_colour_is_explained(rule: Rule, run: Callable[..., Outcome]) -> None:
    """`plan explain R1` gives colour, condition and threshold, in both languages, in any case."""
    for lang in Lang:
        found = run("explain", rule.id.lower(), "--lang", lang)
        assert found.code == 0
        assert found.out.startswith(f"{rule.id}: ")
        assert label(f"status.{rule.colour}", lang) in found.out.splitlines()[0]
        assert ("tolerance: {" in found.out) is (rule.key is not None)
        assert rule.id in run("explain", "--lang", lang).out


def test_thresholds_of_pages_are_those_in_force(run: Callable[..., Outcome]) -> None:
    """The numbers in the pages are the defaults that colour a plan."""
    for rule in COLOUR_RULES:
        if rule.key:
            value = getattr(Limits(), rule.key)
            written = f"[{value[0]:g}, {value[1]:g}]" if isinstance(value, tuple) else str(value)
            page = run("explain", rule.id, "--lang", "en").out
            assert f"tolerance: {{{rule.key}: {written}}}" in page
    assert "(PR1): -5, and -2.5 from" in run("explain", "PO1", "--lang", "en").out
    assert "di bawah -10 selama" in " ".join(run("explain", "PR1", "--lang", "id").out.split())


@pytest.mark.parametrize("name", THINGS)
def test_every_part_is_explained(name: str, run: Callable[..., Outcome]) -> None:
    """`plan explain milestone` lists every key with its grammar and meaning, in both languages."""
    for lang in Lang:
        out = run("explain", name, "--lang", lang).out
        lines = out.splitlines()
        for key in keys_of(THINGS[name]):
            place = next(place for place, line in enumerate(lines) if line.startswith(f"{key}: "))
            assert lines[place + 1].startswith("  ")
            assert lines[place + 1].endswith(".")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("milestones", "due: YYYY-MM-DD"),
        ("programme", "lead: an id"),
        ("load", "milestone.load: a whole number from 0"),
        ("tolerance.stale", "tolerance.stale: a whole number"),
        ("budget", "state: available | shift | none"),
        ("budget", "stands under: milestone.budget"),
        ("plan", "days: a whole number from 1 (default 100)"),
        ("plan", "start: YYYY-MM-DD (required)"),
        ("delivered", "verified: YYYY-MM-DD"),
        ("milestone", "delivered: a day by district id"),
        ("progress", "milestone.progress: a number from 0 to 100"),
        ("calendar", "holidays: id | none (default id)"),
        ("tolerance", "deviation: a list of two; each: a number"),
    ],
)
def test_keys_are_explained(word: str, said: str, run: Callable[..., Outcome]) -> None:
    """A part by its name or plural, or a key by its own or its whole name."""
    assert said in run("explain", word, "--lang", "en").out


def test_every_part_of_the_model_has_a_word() -> None:
    """No mapping of the plan is left without a page."""
    shown = {
        one
        for module in (head, model)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, head.Written) and one is not head.Written
    }
    assert shown == set(THINGS.values())
    assert {one.__name__ for one in shown} == set(PARTS)


# Promised, or only planned


@pytest.mark.parametrize(
    ("day", "rule", "said"),
    [
        ("2025-03-03", "A1", "not planned to begin yet (planned finish 14 Mar 2025)"),
        ("2025-03-17", "O1", "1 office day past the plan (planned finish 14 Mar 2025)"),
        ("2025-03-28", "R1", "10 office days past the plan (planned finish 14 Mar 2025)"),
        ("2025-03-13", "O2", "forecast 19 Mar 2025, 3 office days past its planned finish"),
    ],
)
def test_nobody_promised(day: str, rule: str, said: str) -> None:
    """Without `due` a date is the plan's, and reasons and machines say so."""
    plan = plan_of(program("p", milestone("a", "5d", not_before="2025-03-10")), **PLAIN)
    made = show.report(material(plan, day), "a", {})
    assert made is not None
    figures = as_json(made)["figures"]
    assert (figures["rule"], figures["promised"]) == (rule, False)
    assert figures["reason"].startswith(said)
    text = written(made, "table", Lang.EN, Screen())
    assert re.search(r"^Promised +no$", text, re.MULTILINE)
    assert not re.search(r"^Due ", text, re.MULTILINE)


def test_promised_in_tables() -> None:
    """`overdue` and `attention` tell promises from plans."""
    plan = plan_of(
        program("p", milestone("a", "5d", not_before="2025-03-10"),
                milestone("b", "5d", due="2025-03-14")), **PLAIN
    )  # fmt: skip
    for made, table in (
        (overdue.report(material(plan, "2025-03-28")), "milestones"),
        (status.report(material(plan, "2025-03-28")), "attention"),
    ):
        rows = {row["id"]: row["promised"] for row in as_json(made)["tables"][table]}
        assert rows == {"a": False, "b": True}


def test_units_are_named() -> None:
    """Lateness says which days it counts, float to where it runs, and no is a word."""
    plan = plan_of(program("p", milestone("a", "2d", due="2025-03-07"),
                           milestone("z", "20d")), **PLAIN)  # fmt: skip
    made = show.report(material(plan, "2025-03-17"), "a", {})
    assert made is not None
    text = written(made, "table", Lang.EN, Screen())
    for line in (
        r"Days late \(calendar\) +10",
        r"Office days late +6",
        r"Total float to the plan's end +18",
        r"Critical +no",
    ):
        assert re.search(rf"^{line}$", text, re.MULTILINE), line


def test_no_limit_is_in_the_legend(run: Callable[..., Outcome]) -> None:
    """What `-` under capacity means stands below the matrix, where it is drawn."""
    assert "Cap. -: no limit" in run("load").out
    assert "Cap. -: no limit" not in run("load", "--owner", "qqqq").out


def test_a_tab_is_quoted_as_people_know_it() -> None:
    """A tab has a name that people know; what has none keeps its number."""
    assert escape("a\tb\x07") == "a\\tb\\u{7}"
