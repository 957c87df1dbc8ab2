"""What the checker says about a plan: the cases beyond the examples on the rules' pages."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from banyuasin_plan.diagnostic import Diagnostic

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
SHIPPED = Path(__file__).resolve().parent.parent / "plans" / "banyuasin"
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: inspektorat, name: Inspektorat}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
decisions:
  - {id: arahan-01, on: 2025-03-03, by: inspektorat, text: Data dirapikan, owner: dinkes}
"""
PROGRAM = """\
programs:
  - id: gertas
    name: Gertas
    outcome: Pekarangan ditanami
    lead: dinkes
"""
PROOF = "evidence: [{kind: document, ref: Daftar}]"
DAYS = ("after:", "start:", "not_before:", "due:", "finished:", "cancelled:")
"""Keys that tie a milestone to a day, or of which no day is asked."""


def read(**texts: str) -> Loaded:
    """A plan from its files' texts; `head` stands for a usual beginning."""
    return load({f"{name}.yaml": text.encode() for name, text in texts.items()}, NOW)


def codes(loaded: Loaded) -> list[str]:
    """The codes of all that was found, in order."""
    return [one.code for one in loaded.diagnostics]


def milestone(*lines: str, name: str = "a") -> str:
    """A milestone with these further lines, and with a measure and a day if they have none."""
    rest = [] if any(line.startswith("measure:") for line in lines) else ["measure: Daftar"]
    if not any(line.startswith(DAYS) for line in lines):
        rest.append("due: 2025-05-14")
    keys = "".join(f"        {line}\n" for line in (*lines, *rest))
    return f"      - id: {name}\n        name: Aksi\n{keys}"


def program(*lines: str) -> str:
    """The programme with these further lines, and with one milestone."""
    keys = "".join(f"    {line}\n" for line in lines)
    return f"{PROGRAM}{keys}    milestones:\n{milestone()}"


def milestones(*written: str) -> str:
    """A programme with these milestones, beside the usual beginning."""
    return HEAD + PROGRAM + "    milestones:\n" + "".join(written)


def another(*lines: str, name: str = "b") -> str:
    """One more programme, whose milestone has these further lines."""
    start = f"  - id: {name}\n    name: {name}\n    outcome: Loket buka\n    lead: dinkes\n"
    return f"{start}    milestones:\n{milestone(*lines, name=f'{name}-1')}"


def about(*lines: str) -> list[str]:
    """What is found about one milestone with these lines: code, sentence and advice in English.

    Who leads its programme without doing anything in it is not about the milestone.
    """
    found = read(a=milestones(milestone(*lines))).diagnostics
    return [spoken(one) for one in found if one.code != "W706"]


def spoken(one: Diagnostic, lang: Lang = Lang.EN) -> str:
    """A finding as it is read, without its place."""
    advice = f" ({say(one.help, lang)})" if one.help else ""
    return f"{one.code} {say(one.message, lang)}{advice}"


def stretches(text: str, loaded: Loaded) -> list[tuple[str, str]]:
    """Every finding's code and the text it points at, in a plan of one file."""
    return [(one.code, text[one.span.start : one.span.end]) for one in loaded.diagnostics]


class TestKeys:
    """Keys that are unknown, missing or empty."""

    def test_unknown_with_suggestion(self) -> None:
        """A slip of the pen is answered with the key that was meant."""
        assert about("deu: 2025-03-14") == ["E101 unknown key deu (did you mean due?)"]

    def test_unknown_without_suggestion(self) -> None:
        """Where no key is close, all that may stand there are named, and nothing is guessed."""
        (found,) = about(
            "verified: {by: inspektorat, on: 2025-03-14, xyz: 1}", "finished: 2025-03-13"
        )
        assert found == "E101 unknown key xyz (known here: by and on)"

    def test_unknown_deep_inside(self) -> None:
        """A mapping under a name of its own suggests its own keys."""
        assert about("delivered: {betung: {on: 2025-03-14, amuont: 3}}") == [
            "E101 unknown key amuont (did you mean amount?)"
        ]

    def test_unknown_at_the_top(self) -> None:
        """A slip at the top is said once: what it holds is not then missing everywhere."""
        text = milestones(milestone("owner: dinsos")).replace("owners:", "owner:")
        assert codes(read(a=text)) == ["E101"]

    def test_unknown_at_the_top_beside_others(self) -> None:
        """A key at the top that nothing is like hides nothing else."""
        text = milestones(milestone("owner: dinsos")) + "catatan: x\n"
        assert codes(read(a=text)) == ["E202", "E101"]

    def test_unknown_key_of_great_length(self) -> None:
        """A long key is cut short in the sentence about it."""
        found = read(a=HEAD + "x" * 5000 + ": 1\n").diagnostics
        assert [len(spoken(one)) < 200 for one in found] == [True]

    def test_missing(self) -> None:
        """What lacks a key is pointed at by its first line."""
        text = milestones("      - name: Aksi\n        due: 2025-03-14\n")
        loaded = read(a=text)
        assert stretches(text, loaded) == [("E102", "name: Aksi")]
        assert [spoken(one) for one in loaded.diagnostics] == [
            "E102 the key id is missing (add one that nobody else has, like gertas-01)"
        ]

    @pytest.mark.parametrize("nothing", ["", " ~", " null"])
    def test_required_but_empty(self, nothing: str) -> None:
        """A required key with nothing under it is pointed at itself."""
        rest = "        measure: Daftar\n        due: 2025-05-14\n"
        text = milestones(f"      - id: a\n        name:{nothing}\n{rest}")
        assert [("E102", nothing.strip() or "name")] == stretches(text, read(a=text))

    @pytest.mark.parametrize("nothing", ["", " ~", " null"])
    def test_optional_and_empty(self, nothing: str) -> None:
        """An optional key with nothing under it is as good as left out."""
        keys = (f"{key}:{nothing}" for key in ("due", "after", "delivered"))
        assert about(*keys, "start: 2025-05-14") == []

    def test_empty_text(self) -> None:
        """A text that is given must say something, by itself or in a list."""
        assert about('measure: ""') == ["E102 the key measure is empty"]
        text = HEAD + PROGRAM + '    aliases: [""]\n'
        assert [spoken(one) for one in read(a=text).diagnostics] == [
            "E102 an item of aliases is empty"
        ]

    def test_link_without_id(self) -> None:
        """A link that lacks its id is not told to make a new one up."""
        assert about("after: [{lag: 2d}]") == ["E102 the key id is missing (add it)"]


class TestTypes:
    """A list, a mapping, a text or nothing where something else belongs."""

    @pytest.mark.parametrize(
        ("line", "wanted", "found"),
        [
            ("due: [2025-03-14]", "a date", "a list"),
            ("due: {on: 2025-03-14}", "a date", "a mapping"),
            ("owner: [dinkes]", "an id", "a list"),
            ("support: dinkes", "a list", "text"),
            ("support: {dinkes: 1}", "a list", "a mapping"),
            ("support: [dinkes, ~]", "an id", "nothing"),
            ("measure: [x]", "text", "a list"),
            ("measure: {x: y}", "text", "a mapping"),
            ("progress: [40]", "a number", "a list"),
            ("load: {x: 1}", "a number", "a mapping"),
            ("internal: [true]", "true or false", "a list"),
            ("duration: [5d]", "a duration", "a list"),
            ("after: {id: b}", "a list", "a mapping"),
            ("after: [[b]]", "a link", "a list"),
            ("after: [~]", "a link", "nothing"),
            ("after: [{id: a, lag: [2d]}]", "a duration", "a list"),
            ("after: [{id: a, link: [SS]}]", "a word", "a list"),
            ("target: 40", "a mapping", "text"),
            ("target: [40, warga]", "a mapping", "a list"),
            ("budget: [40]", "a mapping", "text"),
            ("delivered: betung", "a mapping", "text"),
            ("delivered: {betung: [2025-03-14]}", "a date", "a list"),
            ("judged: {status: {x: y}}", "a word", "a mapping"),
        ],
    )
    def test_in_a_milestone(self, line: str, wanted: str, found: str) -> None:
        """Every kind of value says what it should be and what it is."""
        (said,) = about(line)
        assert said.startswith(f"E103 this must be {wanted}, but it is {found}")

    @pytest.mark.parametrize(
        ("text", "stretch"),
        [
            ("plan:\nprograms: []\n", "plan"),
            ("plan: teks\n", "teks"),
            ("plan: [x]\n", "[x]"),
            (HEAD + "programs: teks\n", "teks"),
            (HEAD + "programs: {id: x}\n", "{id: x}"),
            (HEAD + "programs:\n  gertas:\n    name: Gertas\n", "gertas:"),
            (HEAD + "programs: [teks]\n", "teks"),
            (HEAD + "programs: [[x]]\n", "[x]"),
            (HEAD + "programs: [~]\n", "~"),
            (HEAD + PROGRAM + "    milestones: {id: x}\n", "{id: x}"),
            (HEAD + PROGRAM + "    milestones: teks\n", "teks"),
            (HEAD + PROGRAM + "    milestones: [teks]\n", "teks"),
            (HEAD + "groups: teks\n", "teks"),
            (HEAD + "goals: [{id: x, name: X, items: {id: y}}]\n", "{id: y}"),
            (HEAD + "goals: [[x]]\n", "[x]"),
            (HEAD + "goals: [{id: x, name: X, items: [y]}]\n", "y"),
        ],
    )
    def test_elsewhere(self, text: str, stretch: str) -> None:
        """A part that is no list or no mapping is one finding, where it stands."""
        assert [("E103", stretch)] == stretches(text, read(a=text))

    @pytest.mark.parametrize("value", ["[10]", "[10, 20, 30]", "[]"])
    def test_pair(self, value: str) -> None:
        """The one list of a set length says how long it is."""
        text = HEAD + PROGRAM + f"    tolerance: {{deviation: {value}}}\n"
        found = read(a=text).diagnostics
        assert {"E103 this must be a list of exactly two numbers"} == {spoken(one) for one in found}

    def test_broken_list_of_milestones_hides_its_ids(self) -> None:
        """Milestones that are not in a list are not then unknown to those that name them."""
        text = HEAD + PROGRAM + "    milestones:\n      a: {name: A}\n" + another("after: [a]")
        assert codes(read(a=text)) == ["E103"]

    def test_broken_list_of_goals_hides_its_ids(self) -> None:
        """Goals that are not in a list are not then unknown to the programmes that serve them."""
        text = HEAD + "goals: [{id: misi, name: M, items: {4: x}}]\n" + program("goals: [misi/4]")
        assert codes(read(a=text)) == ["E103"]

    def test_broken_list_of_owners_hides_its_ids(self) -> None:
        """Owners that are not in a list are not then unknown to everybody who names them."""
        text = (
            "plan: {id: u, name: U, start: 2025-02-20}\nowners:\n  dinkes: {name: Dinas}\n"
            + program()
        )
        assert codes(read(a=text)) == ["E103"]


class TestIds:
    """The form of ids and goals."""

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("Dinkes", "dinkes"),
            ("dinas_kesehatan", "dinas-kesehatan"),
            ("Dinas Kesehatan", "dinas-kesehatan"),
            ("-dinkes", "dinkes"),
            ("dinkes/betung", "dinkes-betung"),
            ("dinkés", "dink-s"),
            ("x" * 65, "x" * 64),
        ],
    )
    def test_suggestion(self, written: str, meant: str) -> None:
        """What is no id comes with one that is close to it."""
        (found,) = about(f"owner: {written}")
        assert found.startswith(f"E104 {written[:57]}")
        assert found.endswith(f"is not an id (did you mean {meant}?)")

    def test_nothing_to_suggest(self) -> None:
        """Where nothing is left to make an id of, the rule is told."""
        (found,) = about('owner: "?"')
        assert found.endswith(
            "(lower case letters, digits and hyphens, 64 at most, like gertas-01)"
        )

    @pytest.mark.parametrize("name", ["0", "08", "no", "2025-03-14", "a-2d", "x" * 64])
    def test_whatever_other_readers_make_of_it(self, name: str) -> None:
        """Ids that other readers take for numbers, truths or dates are ids."""
        assert codes(read(a=milestones(milestone(name=name)))) == []

    @pytest.mark.parametrize("goal", ["misi", "misi/", "/4", "misi/4/1", "Misi/4"])
    def test_goal(self, goal: str) -> None:
        """A goal is its set's id, a slash and its own."""
        text = HEAD + PROGRAM + f"    goals: [{goal}]\n"
        assert [f"E104 {goal} is not a goal (write set/item, like misi/4)"] == [
            spoken(one) for one in read(a=text).diagnostics
        ]

    def test_district_that_delivers(self) -> None:
        """A key that is a district's id is held to the same form, and pointed at itself."""
        text = milestones(milestone("delivered: {Betung: 2025-03-14}"))
        assert stretches(text, read(a=text)) == [("E104", "Betung")]

    def test_word_for_all_districts(self) -> None:
        """`all` stands for every district, by itself."""
        assert about("districts: all") == []


class TestDates:
    """The form of dates."""

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("2025-02-30", "there is no day 2025-02-30 (write year-month-day, like 2025-03-14)"),
            ("14/03/2025", "14/03/2025 is not a date (did you mean 2025-03-14?)"),
            ("14-3-2025", "14-3-2025 is not a date (did you mean 2025-03-14?)"),
            ("14.03.2025", "14.03.2025 is not a date (did you mean 2025-03-14?)"),
            ("31/02/2025", "31/02/2025 is not a date (write year-month-day, like 2025-03-14)"),
            ("03/04/2025", "03/04/2025 is not a date (write year-month-day, like 2025-03-14)"),
            ("2025-3-14", "2025-3-14 is not a date (did you mean 2025-03-14?)"),
            ("14 Maret 2025", "14 Maret 2025 is not a date (did you mean 2025-03-14?)"),
        ],
    )
    def test_suggestion(self, written: str, said: str) -> None:
        """A day is suggested where only one can be meant, and never one that does not exist."""
        assert [f"E105 {said}"] == about(f"due: {written}")

    @pytest.mark.parametrize(
        "written",
        [
            "2025-03-14T00:00:00", "2025-03-14 08:00", "2025-03-14Z", "20250314", "1740960000",
            "45730", "2025-W11-5", "2025-073", "0000-01-01", "+2025-03-14", "٢٠٢٥-٠٣-١٤", "besok",
        ],
    )  # fmt: skip
    def test_refused(self, written: str) -> None:
        """Timestamps, numbers and other calendars' forms are no dates."""
        assert [found[:4] for found in about(f"due: {written}")] == ["E105"]

    def test_quoted(self) -> None:
        """A date between quotes is the same date."""
        assert about('due: "2025-03-14"') == []


class TestNumbers:
    """The form of numbers, durations and links."""

    @pytest.mark.parametrize(
        "written",
        ["08", "4_0", "4e1", "40%", "+4", "0x28", "4,5", "1.000.000", ".5", "5.", "-0x", "inf",
         "nan", "empat", "٤", "4 0", "2.100", "1" * 19],
    )  # fmt: skip
    def test_refused(self, written: str) -> None:
        """What could be read in two ways, or by some programs only, is no number."""
        assert [found[:4] for found in about(f"weight: {written}")] == ["E106"]

    @pytest.mark.parametrize("written", ["0", "2", "2.5", "0.125", '"2"'])
    def test_taken(self, written: str) -> None:
        """Digits with a point at most are a number."""
        text = milestones(milestone(f"weight: {written}"), milestone(name="b"))
        assert codes(read(a=text)) == []

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("progress: 101", "101 is too large, at most 100"),
            ("progress: -1", "-1 is too small, at least 0"),
            ("load: -1", "-1 is too small, at least 0"),
            (
                "load: 1.5",
                "1.5 is not a whole number (digits only: no point, no separators, no leading zero)",
            ),
            ("progress: 40%", "40% is not a number (did you mean 40?)"),
            (
                "progress: 40 orang",
                (
                    "40 orang is not a number (digits and at most one point: no separators, "
                    "percent sign or leading zero)"
                ),
            ),
        ],
    )
    def test_said(self, line: str, said: str) -> None:
        """A number out of its range says the range; another says how to write it."""
        assert [f"E106 {said}"] == about(line)

    @pytest.mark.parametrize(
        ("days", "said"),
        [("0", "0 is too small, at least 1"), ("40000", "40000 is too large, at most 36,525")],
    )
    def test_days_of_the_plan(self, days: str, said: str) -> None:
        """A plan runs for a day at least and for a hundred years at most."""
        text = HEAD.replace("as_of:", f"days: {days}, as_of:")
        assert [f"E106 {said}"] == [spoken(one) for one in read(a=text).diagnostics]

    @pytest.mark.parametrize("written", ["5h", "1.5d", "-2d", "05d", "2 w", "dua", "5D", "+5d"])
    def test_no_duration(self, written: str) -> None:
        """A duration is a whole number and a unit of days."""
        assert [found[:4] for found in about(f"duration: {written}")] == ["E107"]

    @pytest.mark.parametrize("written", ["0", "5", "5d", "2w", "10cd"])
    def test_duration(self, written: str) -> None:
        """Days, weeks, calendar days and nothing behind the number are durations."""
        assert about(f"duration: {written}") == []

    @pytest.mark.parametrize("written", ["10000d", "2000w", "10000cd"])
    def test_longest_duration(self, written: str) -> None:
        """The longest durations that are read are odd, and too long to be done in time."""
        found = [one[:4] for one in about(f"duration: {written}", "start: 2025-05-14")]
        assert found == ["W310", "W311"]

    @pytest.mark.parametrize("written", ["10001d", "2001w", "99999cd"])
    def test_long_duration(self, written: str) -> None:
        """A duration past the limit says the limit and nothing about its form."""
        assert [f"E107 {written} is too long, 10,000 days at most"] == about(f"duration: {written}")

    @pytest.mark.parametrize(
        "link",
        ["a", "a+3d", "a SS", "a  SS+2d", "a FS-2d", "a FS-2cd", "a SF", "a FF+1w", "a+3"],
    )
    def test_link(self, link: str) -> None:
        """Ids, types and lags are read in every form they may have."""
        before = milestone("duration: 5d")
        found = codes(read(a=milestones(before, milestone(f'after: ["{link}"]', name="b"))))
        assert found == []

    @pytest.mark.parametrize(
        "link",
        [
            "a b",
            "a ss",
            "a SS +2d",
            "a +3d",
            "aSS",
            "a - 2d",
            "a FS2d",
            "a FS+2m",
            "A",
            "a+",
            "a FS-",
            "",
            "a,b",
        ],
    )
    def test_no_link(self, link: str) -> None:
        """Whatever else stands there is no link."""
        found = codes(read(a=milestones(milestone(), milestone(f'after: ["{link}"]', name="b"))))
        assert found == ["E108"]

    def test_negative_lag_needs_its_type(self) -> None:
        """Without a type, what looks like a negative lag is part of an id, and may be one."""
        after = milestone("after: [a-2d]", name="b")
        assert codes(read(a=milestones(milestone(), after))) == ["E203"]
        assert codes(read(a=milestones(milestone(name="a-2d"), after))) == []

    def test_long_lag(self) -> None:
        """A lag past the limit says the limit."""
        assert about("after: [a+10001d]") == [
            "E108 a lag of +10001d is too long, 10,000 days at most"
        ]

    def test_no_lag(self) -> None:
        """A lag by itself says how a lag is written."""
        assert about("after: [{id: a, lag: sebulan}]") == [
            (
                "E108 sebulan is not a lag (write 3d (working days), 2w (weeks) or 10cd (calendar "
                "days), or -2d)"
            )
        ]


class TestChoices:
    """Words to choose from."""

    @pytest.mark.parametrize(
        ("written", "advice"),
        [
            ("yes", "did you mean true?"),
            ("no", "did you mean false?"),
            ("on", "did you mean true?"),
            ("off", "did you mean false?"),
            ("1", "write true or false"),
            ("True", "did you mean true?"),
            ("ya", "did you mean true?"),
        ],
    )
    def test_no_truth(self, written: str, advice: str) -> None:
        """Only `true` and `false` are truths."""
        assert [f"E109 {written} is neither true nor false ({advice})"] == about(
            f"internal: {written}"
        )

    def test_suggestion(self) -> None:
        """A slip is answered with the word that was meant."""
        (found,) = about("judged: {status: gren}")
        assert found.endswith("(did you mean green?)")

    def test_no_suggestion_between_languages(self) -> None:
        """A day of the week in Indonesian is not taken for another day that looks like it."""
        text = HEAD.replace("as_of:", "calendar: {week: [min, sen]}, as_of:")
        assert [one.help for one in read(a=text).diagnostics] == [None, None]


class TestSalvage:
    """What is broken hides nothing that is whole."""

    def test_every_broken_field_and_a_rule(self) -> None:
        """Each broken field of a milestone is found, and what the rules say about the rest."""
        lines = ("due: besok", "duration: lama", "progress: 40%", "owner: dinsos", "nmae: x")
        assert [found[:4] for found in about(*lines)] == ["E105", "E107", "E106", "E202", "E101"]

    def test_broken_name(self) -> None:
        """A milestone whose name is broken is looked at all the same."""
        broken = milestone("owner: dinsos").replace("name: Aksi", "name: [x]")
        text = milestones(broken)
        assert codes(read(a=text)) == ["E103", "E202"]

    @pytest.mark.parametrize("broken", ["due: besok", "name: [x]", "x: y", "after: [{}]"])
    def test_broken_milestone_is_known(self, broken: str) -> None:
        """A milestone that could not be read is not then unknown to those who wait for it."""
        text = milestones(f"      - id: a\n        {broken}\n", milestone("after: [a]", name="b"))
        assert {"E203"}.isdisjoint(codes(read(a=text)))

    @pytest.mark.parametrize("broken", ["kind: dinas", "calendar: x", "x: y"])
    def test_broken_owner_is_known(self, broken: str) -> None:
        """An owner that could not be read is not then unknown."""
        text = milestones(milestone("owner: dinsos")).replace(
            "owners:\n", f"owners:\n  - {{id: dinsos, {broken}}}\n"
        )
        assert {"E202"}.isdisjoint(codes(read(a=text)))

    def test_broken_district_is_known(self) -> None:
        """A district that could not be read is not then unknown."""
        text = milestones(milestone("districts: [suak-tapeh]")).replace(
            "districts:\n", "districts:\n  - {id: suak-tapeh, name: [x]}\n", 1
        )
        assert codes(read(a=text)) == ["E103"]

    def test_owner_is_no_district(self) -> None:
        """An owner that is no district is none, though they share one set of ids."""
        assert about("districts: [dinkes]") == [
            "E204 there is no district dinkes (add it under districts, or write all)"
        ]

    def test_program_with_a_broken_id(self) -> None:
        """A programme whose id is broken does not hide what is wrong with its milestones."""
        text = milestones(milestone("owner: dinsos")).replace("id: gertas", "id: Gertas")
        assert codes(read(a=text)) == ["E104", "E202"]

    def test_program_that_is_no_mapping(self) -> None:
        """A programme that could not be read is not missed in its group's count."""
        text = HEAD + "groups: [{id: g, name: G, expect: 1}]\nprograms: [teks]\n"
        assert codes(read(a=text)) == ["E103"]

    def test_milestone_with_a_broken_id_and_a_group(self) -> None:
        """A broken milestone says nothing about how many programmes there are."""
        group = "groups: [{id: g, name: G, expect: 1}]\n"
        text = milestones("      - {id: A_1, name: A}\n") + group
        assert codes(read(a=text)) == ["E104", "E209"]

    def test_syntax_error_silences_the_unknown(self) -> None:
        """What is unknown while a file could not be read may stand in that file."""
        text = milestones(milestone("owner: dinsos", "after: [b]", "due: besok", "progress: 100"))
        found = read(a=text, b="owners: [\n")
        assert codes(found) == ["E105", "W403", "E002"]

    def test_group_and_head_in_an_unread_file(self) -> None:
        """A plan's head and a group's programmes may stand in the file that could not be read."""
        group = "groups: [{id: g, name: G, expect: 2}]\n"
        assert codes(read(a=group + program("group: g"), b='plan: "\n')) == ["E002"]


class TestIdsNamed:
    """Ids that are given twice, or named and not there."""

    def test_first_place_is_named(self) -> None:
        """A duplicate in another file says where the id was first given."""
        first = milestones(milestone())
        second = "programs:\n" + another().replace("id: b-1", "id: a")
        (found,) = read(a=first, b=second).diagnostics
        assert (found.span.file, found.span.line, found.span.column) == ("b.yaml", 7, 13)
        assert found.help
        assert found.help["where"] == "a.yaml:16"

    def test_first_in_the_files_is_first(self) -> None:
        """A milestone in an earlier file comes before a programme of that name, not after it."""
        second = "programs:\n" + another(name="a")
        found = read(a=milestones(milestone()), b=second).diagnostics
        assert [(one.span.file, one.code) for one in found] == [("b.yaml", "E201")]

    def test_owner_and_district(self) -> None:
        """Owners and districts share one set of ids; the one further down is the second."""
        text = HEAD + "inherited: []\n"
        found = read(a="districts: [{id: dinkes, name: D}]\n", b=text).diagnostics
        assert [(one.span.file, one.span.line) for one in found] == [("b.yaml", 3)]

    def test_three_times(self) -> None:
        """Every one after the first is a finding."""
        text = milestones(milestone(), milestone(), milestone())
        assert codes(read(a=text)) == ["E201", "E201"]

    def test_program_for_a_milestone(self) -> None:
        """Whoever waits for a programme is told to name one of its milestones."""
        found = read(a=milestones(milestone("after: [gertas]"))).diagnostics
        assert [spoken(one) for one in found] == [
            (
                "E203 gertas is a programme, not a milestone (name the milestone of it that is "
                "waited for)"
            )
        ]

    def test_link_written_out(self) -> None:
        """A link with keys is pointed at by the id in it."""
        text = milestones(milestone("after: [{lag: 2d, id: zzz}]"))
        assert stretches(text, read(a=text)) == [("E203", "zzz")]

    def test_every_place_that_names_an_owner(self) -> None:
        """An unknown owner is found wherever owners are named."""
        one = milestone(
            "owner: zz1", "support: [zz2]", "verified: {by: zz3, on: 2025-03-13}",
            "finished: 2025-03-12", "judged: {status: red, by: zz4}",
            "moved: [{from: 2025-03-01, on: 2025-03-02, by: zz5}]",
            "returned: [{by: zz6, on: 2025-03-02}]",
            "blockers: [{since: 2025-03-01, what: x, owner: zz7}]",
        )  # fmt: skip
        text = (
            milestones(one).replace(
                "lead: dinkes", "lead: zz8\n    verifier: zz9\n    support: [zz10]"
            )
            + "inherited: [{id: l, name: L, owner: zz11, stopped: {on: 2025-03-01, by: zz12}}]\n"
        )
        decision = "  - {id: d, on: 2025-03-01, by: zz13, text: T, owner: zz14}\n"
        text = text.replace("decisions:\n", f"decisions:\n{decision}")
        text = text.replace("name: Inspektorat", "name: Inspektorat, reports_to: zz15")
        found = [stretch for code, stretch in stretches(text, read(a=text)) if code == "E202"]
        assert {f"zz{number}" for number in range(1, 16)} == set(found)
        assert len(found) == 15

    def test_every_place_that_names_a_district(self) -> None:
        """An unknown district is found wherever districts are named, in keys as well."""
        one = milestone(
            "districts: [zz1]", "delivered: {zz2: 2025-03-12}",
            "blockers: [{since: 2025-03-01, what: x, district: zz3}]",
        )  # fmt: skip
        text = milestones(one).replace("lead: dinkes", "lead: dinkes\n    districts: [zz4]")
        stopped = "stopped: {on: 2025-03-03, by: dinkes}"
        text += f"inherited: [{{id: l, name: L, districts: [zz5], {stopped}}}]\n"
        assert sorted(("E204", f"zz{number}") for number in range(1, 6)) == sorted(
            stretches(text, read(a=text))
        )

    def test_goals_of_goals(self) -> None:
        """A goal that serves another one names it as a programme does."""
        text = HEAD + "goals: [{id: m, name: M, items: [{id: 1, text: T, serves: [m/1, m/2]}]}]\n"
        assert stretches(text, read(a=text)) == [("E205", "m/2")]

    def test_hand_over(self) -> None:
        """The milestones that hand over and all that is inherited are looked up."""
        text = HEAD + program("inherits: {merges: [x1], replaces: [x2], by: [x3]}")
        assert stretches(text, read(a=text)) == [("E206", "x1"), ("E206", "x2"), ("E203", "x3")]


class TestCycles:
    """Milestones that wait for one another."""

    def test_once_with_its_path(self) -> None:
        """A ring is one finding, at the link by which its first milestone waits."""
        text = milestones(
            milestone("after: [c]", name="b"),
            milestone("after: [d, b]", name="a"),
            milestone("after: [a]", name="c"),
            milestone(name="d"),
        )
        loaded = read(a=text)
        assert stretches(text, loaded) == [("E208", "b")]
        assert [spoken(one) for one in loaded.diagnostics] == [
            (
                "E208 milestones wait for one another: a → b → c → a "
                "(take out one of the links at a.yaml:22, a.yaml:18 and a.yaml:26)"
            )
        ]

    def test_two_rings(self) -> None:
        """Two rings that have nothing to do with each other are two findings."""
        text = milestones(
            milestone("after: [b]", name="a"),
            milestone("after: [a]", name="b"),
            milestone("after: [x]", name="x"),
        )
        paths = [one.message["path"] for one in read(a=text).diagnostics]
        assert paths == ["a → b → a", "x → x"]


class TestGroups:
    """How many programmes a group has."""

    @pytest.mark.parametrize(("expect", "found"), [(0, ["E209"]), (1, []), (2, ["E209"])])
    def test_size(self, expect: int, found: list[str]) -> None:
        """A group has as many programmes as it says, no fewer and no more."""
        text = HEAD + f"groups: [{{id: g, name: G, expect: {expect}}}]\n" + program("group: g")
        assert found == codes(read(a=text))

    def test_empty_group(self) -> None:
        """A group that nobody names has none."""
        (found,) = read(a=HEAD + "groups: [{id: g, name: G, expect: 1}]\n").diagnostics
        assert (
            spoken(found)
        ) == "E209 G must have 1 programme, it has 0 (a programme names its group with group:)"


class TestDays:
    """Days out of order, outside the plan, or closed."""

    def test_preparation_after_the_start(self) -> None:
        """Preparing after the plan has begun is no preparation."""
        text = HEAD.replace("as_of:", "prepare_from: 2025-02-21, as_of:")
        assert [spoken(one) for one in read(a=text).diagnostics] == [
            "E301 preparation is to begin on 21 Feb 2025, after the plan itself on 20 Feb 2025"
        ]

    def test_calendars(self) -> None:
        """Days that end before they begin are found in every calendar."""
        days = "calendar: {closed: [{from: 2025-03-12, to: 2025-03-10}]}"
        opened = "calendar: {open: [{from: 2025-03-12, to: 2025-03-10}]}"
        text = HEAD.replace("as_of:", f"{days}, as_of:")
        text = text.replace("name: Inspektorat", f"name: Inspektorat, {opened}")
        text = text.replace("name: Betung", f"name: Betung, {days}")
        assert stretches(text, read(a=text)) == [("E301", "2025-03-10")] * 3

    @pytest.mark.parametrize("first", ["start", "not_before"])
    def test_due_before_it_begins(self, first: str) -> None:
        """A milestone can't be due before it may begin."""
        assert about(f"{first}: 2025-03-10", "due: 2025-03-07") == [
            "E301 due 7 Mar 2025, before it starts on 10 Mar 2025"
        ]

    @pytest.mark.parametrize(
        ("due", "why"),
        [
            ("2025-03-31", "Eid al-Fitr"),
            ("2025-03-15", "Saturday"),
            ("2025-03-11", "by the owner's calendar"),
            ("2025-03-12", "sensus"),
            ("2025-03-18", "by the plan's calendar"),
            ("2025-03-19", "rapat kerja"),
        ],
    )
    def test_why_closed(self, due: str, why: str) -> None:
        """A closed day says what closes it, be it the state, the plan or the owner."""
        plan = (
            "calendar: {closed: [{from: 2025-03-18, to: 2025-03-18}, "
            "{from: 2025-03-19, to: 2025-03-19, why: rapat kerja}]}"
        )
        own = (
            "calendar: {closed: [{from: 2025-03-11, to: 2025-03-11}, "
            "{from: 2025-03-12, to: 2025-03-12, why: sensus}]}"
        )
        text = milestones(milestone("duration: 1d", f"due: {due}"))
        text = text.replace("as_of:", f"{plan}, as_of:")
        text = text.replace("name: Dinas Kesehatan", f"name: Dinas Kesehatan, {own}")
        (found,) = read(a=text).diagnostics
        assert found.code == "W303"
        assert f"({why})" in spoken(found)

    def test_event_on_a_closed_day(self) -> None:
        """A feast on a Saturday is a feast; only work needs an open day."""
        assert about("start: 2025-03-15", "duration: 0", "due: 2025-03-15") == []

    def test_nobody_named(self) -> None:
        """What nobody is named for is held to the plan's days, and that is said beside it."""
        text = milestones(milestone("duration: 1d", "due: 2025-03-15")).replace(
            "    lead: dinkes\n", ""
        )
        assert codes(read(a=text)) == ["W505", "W502", "W303"]

    def test_own_days(self) -> None:
        """An owner that works on a closed day may promise something for it."""
        own = "calendar: {open: [{from: 2025-03-15, to: 2025-03-15}]}"
        text = milestones(milestone("duration: 1d", "due: 2025-03-15"))
        text = text.replace("name: Dinas Kesehatan", f"name: Dinas Kesehatan, {own}")
        assert codes(read(a=text)) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("as_of:", "calendar: {open: [{from: 2025-03-15, to: besok}]}, as_of:"),
            ("name: Dinas Kesehatan", "name: D, calendar: {open: [{from: 2025-03-15, to: besok}]}"),
            ("lead: dinkes", "lead: dinkes\n    districts: all\n    tolerance: x"),
            ("due:", "owner: [rsud]\n        due:"),
            ("lead: dinkes", "lead: [rsud]"),
        ],
    )
    def test_unread_days(self, old: str, new: str) -> None:
        """While days or an owner could not be read, nothing is said about closed days."""
        text = milestones(milestone("duration: 1d", "due: 2025-03-15"))
        found = codes(read(a=text.replace(old, new)))
        assert (["E103", "W303"] if "tolerance" in new else found[:1]) == found
        assert found[0] in {"E103", "E105"}

    def test_unread_end_of_the_plan(self) -> None:
        """While the number of days could not be read, no day lies after the last one."""
        text = milestones(milestone("due: 2025-06-20")).replace("as_of:", "days: seratus, as_of:")
        assert codes(read(a=text)) == ["E106"]

    def test_unread_holidays(self) -> None:
        """While the calendar could not be read, nobody asks for a year's holidays."""
        text = "plan: {id: u, name: U, start: 2031-02-20, calendar: {holidays: [none]}}\n"
        assert codes(read(a=text)) == ["E103"]

    def test_unread_head(self) -> None:
        """While the head could not be read, rules about the plan's days are silent."""
        text = milestones(milestone("start: 2025-03-15", "due: 2025-06-20", "duration: 1d"))
        assert codes(read(a=text.replace("start: 2025-02-20", "start: besok"))) == ["E105"]

    def test_year_over_year(self) -> None:
        """A plan that runs into a year without holidays is told of it once."""
        found = read(a="plan: {id: u, name: U, start: 2027-12-01}\n").diagnostics
        assert [one.code for one in found] == ["W306"]
        assert found[0].message["year"] == "2028"


class TestFacts:
    """What is reported."""

    def test_every_fact_to_come(self) -> None:
        """A fact after the data date is found wherever facts are dated."""
        later = [f"2025-05-{day:02}" for day in range(1, 17)]
        one = milestone(
            f"started: {later[0]}", f"finished: {later[1]}", f"reported: {later[2]}",
            f"verified: {{by: inspektorat, on: {later[3]}}}", f"cancelled: {{on: {later[4]}}}",
            f"returned: [{{by: inspektorat, on: {later[5]}}}]",
            f"evidence: [{{ref: x, on: {later[6]}}}, {{ref: y}}]",
            f"moved: [{{from: 2025-06-01, on: {later[7]}}}]",
            f"after: [{{id: b, agreed: {later[8]}}}]", f"delivered: {{betung: {later[9]}, sembawa: "
            f"{{on: 2025-04-01, verified: {later[10]}, reported: {later[11]}}}}}",
            f"blockers: [{{since: {later[12]}, what: x, closed: {later[13]}}}]",
        )  # fmt: skip
        text = (
            milestones(one, milestone(name="b"))
            + f"inherited: [{{id: l, name: L, stopped: {{on: {later[14]}, by: dinkes}}}}]\n"
        )
        decision = (
            f"  - {{id: d, on: {later[15]}, by: dinkes, text: T, owner: dinkes, due: 2025-05-20, "
            "done: 2025-05-17}\n"
        )
        text = text.replace("decisions:\n", f"decisions:\n{decision}")
        found = [stretch for code, stretch in stretches(text, read(a=text)) if code == "E402"]
        assert [*later, "2025-05-17"] == sorted(found)

    def test_data_date_itself(self) -> None:
        """What happened on the data date has happened."""
        assert about("started: 2025-04-10", "finished: 2025-04-10") == []

    def test_today_without_a_data_date(self) -> None:
        """Without one, today in the plan's zone counts; the east has tomorrow first."""
        late = datetime(2025, 4, 9, 16, 30, tzinfo=UTC)
        text = milestones(milestone("reported: 2025-04-10"))
        found = {}
        for zone in ("WIB", "WITA", "WIT"):
            data = text.replace("as_of: 2025-04-10", f"timezone: {zone}").encode()
            found[zone] = [one.code for one in load({"a.yaml": data}, late).diagnostics]
        assert found == {"WIB": ["E402"], "WITA": [], "WIT": []}

    def test_verified_by_the_lead(self) -> None:
        """The lead is the owner of a milestone that names none, and may not verify it."""
        assert about(PROOF, "finished: 2025-03-13", "verified: {by: dinkes, on: 2025-03-14}") == [
            "E405 verified by dinkes, who did it (somebody else must verify it)"
        ]

    def test_verified_by_a_lead_that_is_not_the_owner(self) -> None:
        """The lead may verify what another owner did."""
        assert (
            about(
                PROOF,
                "owner: inspektorat",
                "finished: 2025-03-13",
                "verified: {by: dinkes, on: 2025-03-14}",
            )
            == []
        )

    def test_verified_while_the_owner_is_unread(self) -> None:
        """While the owner could not be read, nobody is called the owner in its place."""
        assert [
            found[:4]
            for found in about(
                PROOF,
                "owner: [x]",
                "finished: 2025-03-13",
                "verified: {by: dinkes, on: 2025-03-14}",
            )
        ] == ["E103"]

    @pytest.mark.parametrize(
        ("delivered", "found"),
        [
            ("{betung: 2025-03-12, sembawa: 2025-03-13}", ["W414"]),
            ("{betung: 2025-03-12}", ["E404"]),
            ("{betung: 2025-03-12, sembawa: {evidence: Foto}}", ["E404"]),
            ("{betung: 2025-03-12, sembawa: {verified: 2025-03-13}}", ["E404", "E404"]),
            ("{betung: besok}", ["E105"]),
        ],
    )
    @pytest.mark.parametrize("districts", ["all", "[betung, sembawa]"])
    def test_delivered_by_district(self, districts: str, delivered: str, found: list[str]) -> None:
        """Work done district by district is finished when each district has its day."""
        lines = (f"districts: {districts}", f"delivered: {delivered}")
        assert found == [
            one[:4] for one in about(*lines, "verified: {by: inspektorat, on: 2025-03-14}")
        ]

    def test_no_districts(self) -> None:
        """Deliveries in districts it is not done in do not finish a milestone, and are found."""
        assert [
            found[:4]
            for found in about(
                "delivered: {betung: 2025-03-12}", "verified: {by: inspektorat, on: 2025-03-14}"
            )
        ] == ["W411", "E404"]

    def test_all_districts_without_a_head(self) -> None:
        """While it is not known which all districts are, none of them is missed."""
        lines = ("districts: all", "verified: {by: inspektorat, on: 2025-03-14}")
        one = milestones(milestone(*lines))
        assert codes(read(a=one.replace("start: 2025-02-20", "start: besok"))) == ["E105"]
        assert codes(read(a=one, b="districts: [\n")) == ["E002"]

    def test_districts_by_name_without_a_head(self) -> None:
        """Districts that are named are held to their deliveries, head or no head."""
        lines = ("districts: [betung]", "verified: {by: inspektorat, on: 2025-03-14}")
        one = milestones(milestone(*lines)).replace("start: 2025-02-20", "start: besok")
        assert codes(read(a=one)) == ["E105", "E404"]

    def test_whole_by_district(self) -> None:
        """Work done district by district needs no day of its own at 100 percent."""
        found = about("districts: all", "progress: 100")
        assert [one[:4] for one in found] == ["W415"]

    def test_unread_finish(self) -> None:
        """A day of finishing that could not be read is not then missing."""
        assert [
            found[:4]
            for found in about(
                "progress: 100", "finished: kemarin", "verified: {by: inspektorat, on: 2025-03-14}"
            )
        ] == ["E105"]


class TestPlaces:
    """Where a finding points."""

    TEXT = HEAD + program("goals: [é/1]").replace("Gertas", "'Émas ✓ 中'").replace(
        "lead: dinkes", "lead: zzz"
    )

    @pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_line_and_column(self, ending: str, bom: bytes) -> None:
        """Lines and columns are those an editor shows, whatever the file's encoding details."""
        data = bom + self.TEXT.replace("\n", ending).encode()
        found = load({"a.yaml": data}, NOW).diagnostics
        assert [
            (one.code, one.span.line, one.span.column, one.span.end_line, one.span.end_column)
            for one in found
        ] == [("E202", 14, 11, 14, 14), ("E104", 15, 13, 15, 16)]

    def test_behind_wide_letters(self) -> None:
        """Columns count characters, not bytes and not cells."""
        inside = "milestones: [{id: a-1, name: A, measure: M, due: 2025-05-14}]"
        text = HEAD + f'programs: [{{id: a, name: "é中✓😀", lead: zzz, outcome: O, {inside}}}]\n'
        (found,) = read(a=text).diagnostics
        assert (found.span.line, found.span.column, found.span.end_column) == (10, 40, 43)

    def test_first_line_of_a_block(self) -> None:
        """Of what spans lines only the first one is pointed at."""
        text = milestones(milestone("target:", "  amount: 3", "  x: y"))
        assert stretches(text, read(a=text)) == [("E102", "amount: 3"), ("E101", "x")]

    def test_block_of_text(self) -> None:
        """A value that is a block of text is pointed at where it begins."""
        text = milestones(milestone("due: |", "  2025-03-14", "  besok"))
        (found,) = read(a=text).diagnostics
        assert (found.span.line, found.span.column) == (16 + 2, 14)

    def test_sorted(self) -> None:
        """Findings come in the order of files, lines and columns, whichever rule found them."""
        loaded = read(
            b=milestones(milestone("deu: x", "owner: zzz", "due: besok")),
            a="programs:\n"
            + another().replace("id: b\n", "id: B\n")
            + another(name="c").replace("dinkes", "zzz"),
        )
        assert [(one.span.file, one.code) for one in loaded.diagnostics] == [
            ("a.yaml", "E104"), ("a.yaml", "E202"), ("b.yaml", "E101"), ("b.yaml", "E202"),
            ("b.yaml", "E105"),
        ]  # fmt: skip

    def test_same_code_same_place(self) -> None:
        """Two things to say under one code about one place are both said."""
        text = milestones("      - {}\n")
        assert [one.message["key"] for one in read(a=text).diagnostics] == ["id", "name"]

    @pytest.mark.parametrize("number", range(5))
    def test_nothing_twice(self, number: int) -> None:
        """No sentence about one place is said twice."""
        broken = [
            milestones(milestone("due: besok"), milestone("due: besok")),
            HEAD + "programs: [{id: A, name: ''}, {id: A, name: ''}, ~, [x]]\n",
            milestones(milestone("after: [gertas, zz, zz, a]", "support: [q, q]")),
            milestones(milestone("districts: [q]", "delivered: {q: {verified: 2025-06-01}}")),
            HEAD + HEAD.replace("districts", "Districts"),
        ][number]
        found = [(one.span, one.code, spoken(one)) for one in read(a=broken).diagnostics]
        assert found
        assert len(set(found)) == len(found)


@cache
def shipped() -> dict[str, str]:
    """The files of the plan in this repository."""
    return {
        file.relative_to(SHIPPED).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(SHIPPED.rglob("*.yaml"))
    }


VALUES = st.sampled_from(
    ["", "~", "no", "08", "40%", "[", "]", "{}", "[]", "[~]", "{a: b}", "- x", "x: y", "'", '"',
     "|", "2025-02-30", "14/03/2025", "9999-12-31", "0001-01-01", "99999d", "10000d", "-1", "all",
     "gertas", "gertas-01", "a FS-2d", "a-2d", "é中😀", "\u200b", "\t", "*a", "&a", "!x", "<<: x"]
) | st.text(max_size=8)  # fmt: skip


@st.composite
def edited(draw: DrawFn) -> dict[str, str]:
    """The shipped plan with one line of one file changed, dropped, doubled or moved."""
    texts = dict(shipped())
    name = draw(st.sampled_from(sorted(texts)))
    lines = texts[name].splitlines(keepends=True)
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    match draw(st.sampled_from(["replace", "drop", "double", "indent", "outdent"])):
        case "replace":
            key, colon, _ = line.partition(":")
            lines[at] = f"{key}{colon} {draw(VALUES)}\n"
        case "drop":
            del lines[at]
        case "double":
            count = draw(st.integers(1, 12))
            lines[at:at] = lines[at : at + count]
        case "indent":
            lines[at] = " " * draw(st.integers(1, 4)) + line
        case "outdent":
            lines[at] = line[draw(st.integers(1, 4)) :]
    texts[name] = "".join(lines)
    return texts


def test_shipped_plan_is_clean() -> None:
    """The plan in this repository has no findings."""
    assert codes(load({name: text.encode() for name, text in shipped().items()}, NOW)) == []


@pytest.mark.long
@given(edited())
def test_any_edit(texts: dict[str, str]) -> None:
    """Any edit gives a plan, or findings inside its files that can be said; never an exception."""
    data = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
    for one in load(data, NOW).diagnostics:
        lines = data[one.span.file].decode("utf-8", "replace").split("\n")
        assert 1 <= one.span.line <= one.span.end_line <= len(lines)
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
        assert 1 <= one.span.end_column <= len(lines[one.span.end_line - 1]) + 1
        assert one.span.start <= one.span.end
        for lang in Lang:
            assert spoken(one, lang)


def test_a_flood_of_unknown_keys() -> None:
    """Of more than a thousand wrong keys in one piece a thousand are shown, in no time."""
    keys = "".join(f"    wrong{number}: x\n" for number in range(3000))
    loaded = load({"plan.yaml": f"{HEAD}programs:\n  - id: p\n    name: P\n{keys}".encode()}, NOW)
    assert len([one for one in loaded.diagnostics if one.code == "E101"]) == 1000
