"""What a stranger stumbled over in the checker, each mended and kept mended."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.commands import SMALL, alone, called

from banyuasin_plan.formats import Screen
from banyuasin_plan.formats.findings import Findings, written
from banyuasin_plan.formats.lines import width as cells
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from pathlib import Path

    from banyuasin_plan.diagnostic import Diagnostic

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: inspektorat, name: Inspektorat}
  - {id: diskan, name: Dinas Perikanan}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
decisions:
  - {id: arahan-01, on: 2025-03-03, by: inspektorat, text: Data dirapikan, owner: diskan}
"""
PROGRAM = """\
programs:
  - id: gertas
    name: Gertas
    outcome: Pekarangan ditanami
    lead: dinkes
    verifier: inspektorat
    milestones:
"""


def read(**texts: str) -> Loaded:
    """A plan from its files' texts."""
    return load({f"{name}.yaml": text.encode() for name, text in texts.items()}, NOW)


def milestone(*lines: str, name: str = "a") -> str:
    """A milestone with these lines, and with a due date if nothing ties it to a day."""
    ties = ("after:", "start:", "due:", "finished:", "not_before:")
    rest = [] if any(line.startswith(ties) for line in lines) else ["due: 2025-05-14"]
    keys = "".join(f"        {line}\n" for line in (*lines, *rest))
    return f"      - id: {name}\n        name: Aksi {name}\n        measure: Daftar\n{keys}"


def spoken(one: Diagnostic, lang: Lang = Lang.EN) -> str:
    """A finding as it is read, without its place."""
    advice = f" ({say(one.help, lang)})" if one.help else ""
    return f"{one.code} {say(one.message, lang)}{advice}"


def about(*lines: str) -> list[str]:
    """What is found about one milestone with these lines, not about who leads its programme."""
    return [spoken(one) for one in found(milestone(*lines)) if one.code != "W706"]


def found(*written: str, head: str = HEAD) -> tuple[Diagnostic, ...]:
    """What is found in a plan with these milestones."""
    return read(a=head + PROGRAM + "".join(written)).diagnostics


def codes(*written: str) -> list[str]:
    """The codes of what is found in a plan with these milestones."""
    return [one.code for one in found(*written)]


class TestRings:
    """Milestones that wait for one another."""

    RING = (
        milestone("after: [c]", name="a"),
        milestone("after: [a]", name="b"),
        milestone("after: [b, a]", name="c"),
    )

    def test_nothing_is_redundant_in_a_ring(self) -> None:
        """Round a ring everything is waited for by way of everything, which is no finding."""
        assert codes(*self.RING) == ["E208"]

    def test_nor_behind_one(self) -> None:
        """Of what waits for a ring nobody can tell which link is the one too many."""
        assert codes(*self.RING, milestone("after: [a, b]", name="d")) == ["E208"]

    def test_beside_one(self) -> None:
        """A ring does not hide a redundant link elsewhere."""
        others = (
            milestone(name="x"),
            milestone("after: [x]", name="y"),
            milestone("after: [x, y]", name="z"),
        )
        assert codes(*self.RING, *others) == ["E208", "W213"]

    def test_links_are_named(self) -> None:
        """The place of every link in the ring is named, in waiting order."""
        ring = [
            (
                "E208 milestones wait for one another: a → c → a "
                "(take out one of the links at a.yaml:21 and a.yaml:29)"
            )
        ]
        assert [spoken(one) for one in found(*self.RING)] == ring

    def test_long_ring(self) -> None:
        """Of a long ring as many links are named as a reader looks through."""
        names = [f"m{number:02}" for number in range(20)]
        ring = [
            milestone(f"after: [{other}]", name=name)
            for name, other in zip(names, [*names[1:], names[0]], strict=True)
        ]
        (one,) = found(*ring)
        assert one.help
        assert say(one.help, Lang.EN).count("a.yaml:") == 12
        assert say(one.help, Lang.EN).endswith(" and 8 more")
        assert say(one.help, Lang.ID).endswith(", dan 8 lainnya")


PROOF = "evidence: [{kind: document, ref: Daftar}]"


class TestVerification:
    """Who vouches for what, and when."""

    def test_before_the_finish(self) -> None:
        """Nobody verifies on a day before the work is done; on that day somebody may."""
        for day, said in (
            ("2025-03-12", ["E412 verified 12 Mar 2025, before it was done on 20 Mar 2025"]),
            ("2025-03-20", []),
        ):
            verified = f"verified: {{by: inspektorat, on: {day}}}"
            assert about("finished: 2025-03-20", PROOF, verified) == said

    def test_before_the_last_delivery(self) -> None:
        """Work by district is done with its last delivery, unless a finish is given."""
        lines = (
            "districts: all",
            "delivered:",
            "  betung: {on: 2025-03-12, verified: 2025-03-13}",
            "  sembawa: {on: 2025-03-18, verified: 2025-03-18}",
            PROOF,
            "verified: {by: inspektorat, on: 2025-03-13}",
        )
        early = "E412 verified 13 Mar 2025, before it was done on 18 Mar 2025"
        assert about(*lines) == [early]
        assert about("finished: 2025-03-12", *lines) == []

    def test_delivery(self) -> None:
        """A delivery is verified on its day at the earliest."""
        line = "delivered: {betung: {on: 2025-03-12, verified: 2025-03-11}}"
        assert about("districts: [betung, sembawa]", PROOF, line) == [
            "E412 verified 11 Mar 2025, before it was delivered on 12 Mar 2025"
        ]

    def test_by_another(self) -> None:
        """Where a programme names its verifier, it is the verifier who verifies."""
        done = ("finished: 2025-03-13", PROOF)
        assert about(*done, "verified: {by: diskan, on: 2025-03-14}") == [
            (
                "W413 verified by diskan, but the verifier of this programme is inspektorat "
                "(let the verifier look at it, or accept it with a reason)"
            )
        ]
        assert about(*done, "verified: {by: inspektorat, on: 2025-03-14}") == []

    def test_by_another_when_the_verifier_may_not(self) -> None:
        """The verifier's own work is verified by somebody else, its owner's by nobody twice."""
        done = ("finished: 2025-03-13", PROOF)
        assert about("owner: inspektorat", *done, "verified: {by: diskan, on: 2025-03-14}") == []
        own = about("owner: diskan", *done, "verified: {by: diskan, on: 2025-03-14}")
        assert [one[:4] for one in own] == ["E405"]

    def test_districts_without(self) -> None:
        """A verification of the whole names the districts that are not verified."""
        lines = (
            "districts: all",
            "delivered: {betung: {on: 2025-03-12, verified: 2025-03-13}, sembawa: 2025-03-18}",
            PROOF,
            "verified: {by: inspektorat, on: 2025-03-19}",
        )
        assert about(*lines) == [
            (
                "W414 not read: districts are verified one by one, and these are not: sembawa "
                "(write verified: with the day into each delivery)"
            )
        ]

    def test_many_districts_without(self) -> None:
        """Of many districts the first are named and the rest are counted."""
        names = [f"d{number:02}" for number in range(15)]
        listed = "".join(f"  - {{id: {name}, name: Kecamatan {name}}}\n" for name in names)
        days = ", ".join(f"{name}: 2025-03-12" for name in names)
        head = HEAD.replace("  - {id: betung", listed + "  - {id: betung")
        lines = (
            f"districts: [{', '.join(names)}]",
            f"delivered: {{{days}}}",
            PROOF,
            "verified: {by: inspektorat, on: 2025-03-19}",
        )
        (one,) = found(milestone(*lines), head=head)
        assert one.code == "W414"
        assert say(one.message, Lang.EN).endswith("d10, d11 and 3 more")
        assert say(one.message, Lang.ID).endswith("d10, d11, dan 3 lainnya")


class TestWhatWasNotChecked:
    """The closing line of a run that errors cut short."""

    def test_a_file_that_cannot_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Where a file is broken no count of warnings is given, and the file is named."""
        alone(monkeypatch, tmp_path)
        (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
        (tmp_path / "x.yaml").write_text("owners: [\n", encoding="utf-8")
        shown = called(capsys, "validate", "--lang", "en").out.splitlines()[-2:]
        assert shown == [
            "1 error in 2 files",
            "References, the schedule and warnings were not all checked: mend x.yaml first",
        ]
        spoken = called(capsys, "validate", "--lang", "id").out.splitlines()[-2:]
        assert spoken == [
            "1 kesalahan dalam 2 berkas",
            "Acuan, jadwal, dan peringatan belum diperiksa seluruhnya: perbaiki dulu x.yaml",
        ]
        summary = json.loads(called(capsys, "validate", "--format", "json").out)["summary"]
        assert summary["complete"] is False

    def test_a_value_that_cannot_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Where a value is broken only the schedule is left out; warnings found are counted."""
        alone(monkeypatch, tmp_path)
        broken = SMALL.replace("due: 2025-03-14", "due: kapan-kapan").replace("measure: foto, ", "")
        (tmp_path / "plan.yaml").write_text(broken, encoding="utf-8")
        shown = called(capsys, "validate", "--lang", "en").out.splitlines()[-2:]
        assert shown == [
            "1 error, 1 warning in 1 file",
            "The schedule and the warnings about it were not checked: mend plan.yaml first",
        ]

    def test_everything_was_checked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Errors that hide nothing leave the counts as they are."""
        alone(monkeypatch, tmp_path)
        (tmp_path / "plan.yaml").write_text(
            SMALL.replace("lead: dinkes", "lead: dinsos"), encoding="utf-8"
        )
        shown = called(capsys, "validate", "--lang", "en").out.splitlines()
        assert shown[-1] == "1 error, 0 warnings in 1 file"
        summary = json.loads(called(capsys, "validate", "--format", "json").out)["summary"]
        assert summary["complete"] is True

    def test_a_report(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A report looks for errors only, and says so instead of counting no warnings."""
        alone(monkeypatch, tmp_path)
        (tmp_path / "plan.yaml").write_text(
            SMALL.replace("lead: dinkes", "lead: dinsos"), encoding="utf-8"
        )
        shown = called(capsys, "status", "--lang", "en").err.splitlines()[-2:]
        assert shown == [
            "1 error in 1 file",
            "Warnings were not looked for; plan validate shows them",
        ]

    def test_a_path_beside_a_plan(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A plan named twice, as an argument and with --plan, is a wrong command line."""
        alone(monkeypatch, tmp_path)
        (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
        said = called(capsys, "validate", "--plan", ".", "plan.yaml", "--lang", "en")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("plan: name the plan once: as an argument or with --plan\n")


class TestHints:
    """What people write before they know the grammar is answered with how it is written."""

    @pytest.mark.parametrize(
        ("line", "pattern"),
        [
            ("after: kolam-01", "[kolam-01]"),
            ("budget: Rp 150.000.000", "[{amount: 150000000}]"),
            ("budget: [Rp 150.000.000]", "{amount: 150000000}"),
            ("budget: banyak", "[{amount: 250000000, source: APBD, state: available}]"),
            ("target: 200 kolam", "{amount: 200, unit: kolam}"),
            ("target: 2.100 kolam", "{amount: 2100, unit: kolam}"),
            ("target: 40", "{amount: 2100, unit: pekarangan}"),
            ("verified: 2025-03-12", "{by: inspektorat, on: 2025-03-12}"),
            ("verified: 12 Maret 2025", "{by: inspektorat, on: 2025-03-12}"),
            ("cancelled: 2025-03-12", "{on: 2025-03-12, why: ...}"),
            ("blockers: harga benih naik", "[{since: 2025-03-10, what: harga benih naik}]"),
            ("blockers: 'a: b'", "[{since: 2025-03-10, what: ...}]"),
            ("evidence: Daftar hadir", "[{ref: Daftar hadir}]"),
            ("judged: kuning", "{status: yellow, why: ...}"),
            ("districts: semua", "all"),
            ("districts: betung", "[betung]"),
            ("support: diskan", "[diskan]"),
            ("delivered: betung", "{betung: 2025-03-12}"),
        ],
    )
    def test_pattern(self, line: str, pattern: str) -> None:
        """Where a list or a mapping belongs, it is shown how that is written."""
        assert about(line)[0].endswith(f"(write {pattern})")

    @pytest.mark.parametrize(
        "line", ["after: kolam-01", "verified: 2025-03-12", "districts: semua", "target: 200 kolam"]
    )
    def test_pattern_is_right(self, line: str) -> None:
        """What is suggested is itself read without a complaint about its shape."""
        (one, *_) = found(milestone(line))
        assert one.help
        key = line.partition(":")[0]
        written = str(one.help["pattern"])
        assert not [code for code in codes(milestone(f"{key}: {written}")) if code[:2] == "E1"]

    @pytest.mark.parametrize(
        ("line", "meant"),
        [
            ("due: 24 Maret 2025", "2025-03-24"),
            ("due: Senin, 24 Maret 2025", "2025-03-24"),
            ("due: 24-mar-2025", "2025-03-24"),
            ("due: 24 March 2025", "2025-03-24"),
            ("due: 14/03/2025", "2025-03-14"),
            ("due: 2025-3-14", "2025-03-14"),
            ("due: 2025/03/14", "2025-03-14"),
            ("due: 2025-03-14T08:00:00", "2025-03-14"),
            ("duration: 10 hari", "10d"),
            ("duration: 10 hari kalender", "10cd"),
            ("duration: 2 minggu", "2w"),
            ("duration: 5D", "5d"),
            ("progress: 30%", "30"),
            ("progress: 30,5", "30.5"),
            ("progress: '08'", "8"),
            ("load: 150.000.000", "150000000"),
            ("load: Rp 150.000.000,-", "150000000"),
            ("load: 1,5 miliar", "1500000000"),
            ("load: 150 juta", "150000000"),
            ("internal: ya", "true"),
            ("judged: {status: kuning, why: x}", "yellow"),
            ("budget: [{amount: 1, state: DPA}]", "available"),
            ("evidence: [{kind: berita acara, ref: x}]", "minutes"),
        ],
    )
    def test_value(self, line: str, meant: str) -> None:
        """A value of which only one thing can be meant is answered with that."""
        assert about(line)[0].endswith(f"(did you mean {meant}?)")

    @pytest.mark.parametrize(
        "line",
        [
            "due: 03/04/2025",
            "due: 31 Februari 2025",
            "due: 24 Mars 2025",
            "duration: 0 hari",
            "duration: 3 bulan",
            "weight: 2.100",
            "weight: 1,000,00",
            "load: 1.5",
            "load: 3 lusin",
            "internal: mungkin",
        ],
    )
    def test_nothing_is_guessed(self, line: str) -> None:
        """A value that could be two things, or none, is answered with the rule alone."""
        assert not [one for one in about(line) if "did you mean" in one]

    def test_kind_of_an_owner(self) -> None:
        """A dinas is an agency."""
        head = HEAD.replace("name: Dinas Perikanan}", "name: Dinas Perikanan, kind: dinas}")
        (one,) = found(milestone(), head=head)
        assert spoken(one).endswith("(did you mean agency?)")

    @pytest.mark.parametrize(
        ("line", "meant"),
        [
            ("tenggat: 2025-05-14", "due"),
            ("Tenggat: 2025-05-14", "due"),
            ("batas waktu: 2025-05-14", "due"),
            ("penanggung_jawab: dinkes", "owner"),
            ("prasyarat: [b]", "after"),
            ("budget: [{jumlah: 1}]", "amount"),
            ("budget: [{amount: 1, status: available}]", "state"),
        ],
    )
    def test_key(self, line: str, meant: str) -> None:
        """A key in Indonesian is answered with ours."""
        assert f"(did you mean {meant}?)" in " ".join(about(line))

    def test_status(self) -> None:
        """A colour is computed, and is not written under `status`."""
        assert about("status: hijau") == [
            (
                "E101 unknown key status (the colour is computed; a person judges a milestone "
                "with judged: {status: orange, why: ...})"
            )
        ]

    def test_a_list_of_keys_once(self) -> None:
        """The keys that may stand at a place are listed once; then it is said where."""
        first, second = found(milestone("qqq: 1"), milestone("xyz: 1", name="b"))
        assert spoken(first).startswith("E101 unknown key qqq (known here: id, name, ")
        assert (
            spoken(second) == "E101 unknown key xyz (the keys known here are listed at a.yaml:21)"
        )

    def test_key_at_the_top(self) -> None:
        """So is one at the top of a file."""
        (one, *_) = read(a="kecamatan: []\n" + HEAD + PROGRAM + milestone()).diagnostics
        assert spoken(one) == "E101 unknown key kecamatan (did you mean districts?)"

    def test_milestone_of_another_office(self) -> None:
        """Whose work is waited for is no part of a link."""
        (one,) = about("after: [bpkad/dpa-01]")
        assert one == (
            "E108 bpkad/dpa-01 is not a link (write dpa-01 alone; another office's work "
            "stands in this plan too, with owner: bpkad)"
        )


class TestQuotes:
    """The line of the source beside a finding."""

    LONG = f"measure: '{'a' * 90}', due: 14/03/2025, note: '{'b' * 90}'"

    def shown(self, line: str, columns: int, *, plain: bool = False) -> tuple[str, str]:
        """The quoted line of the only finding and the carets below it, on such a terminal."""
        text = HEAD + PROGRAM + f"      - {{id: a, name: A, {line}}}\n"
        loaded = read(a=text)
        findings = Findings("uji", loaded.diagnostics, loaded.texts)
        lines = written(findings, "text", Lang.EN, Screen(columns, plain=plain)).splitlines()
        at = next(place for place, one in enumerate(lines) if one.endswith("^"))
        return lines[at - 1], lines[at]

    @pytest.mark.parametrize("columns", [40, 60, 80, 100, 133, 200])
    def test_fits(self, columns: int) -> None:
        """A line is cut to the terminal's width, marked where it is cut, the carets in place."""
        quoted, carets = self.shown(self.LONG, columns)
        assert max(len(quoted), len(carets)) <= columns
        assert quoted[carets.index("^") : carets.rindex("^") + 1] == "14/03/2025"
        assert (quoted.count("…"), quoted[-1]) == (2, "…")

    def test_in_ascii(self) -> None:
        """Where the terminal has only ASCII the marks are three points."""
        quoted, carets = self.shown(self.LONG, 80, plain=True)
        assert quoted.endswith("...")
        assert quoted[carets.index("^") : carets.rindex("^") + 1] == "14/03/2025"
        assert len(quoted) <= 80

    def test_wide_letters(self) -> None:
        """Letters of two columns are counted as such."""
        quoted, carets = self.shown(self.LONG.replace("a" * 90, "\u5b57" * 90), 80)
        assert cells(quoted) <= 80
        assert cells(quoted.partition("14/03")[0]) == carets.index("^")

    def test_whole(self) -> None:
        """A line that fits is shown whole, without a mark."""
        quoted, _ = self.shown("due: 14/03/2025", 80)
        assert quoted.endswith("{id: a, name: A, due: 14/03/2025}")


class TestAcceptances:
    """Warnings that are accepted where they stand."""

    LATE = "due: 2025-06-20"

    def test_in_indonesian(self) -> None:
        """What is accepted may be said in Indonesian."""
        assert about(f"{self.LATE}  # plan: terima W302 karena panen sesudah hari ke-100") == []
        found = about(f"{self.LATE}  # plan: terima W302")
        assert [one[:4] for one in found] == ["W302", "W601"]

    def test_one_code_of_two(self) -> None:
        """Where one of two codes is idle, only that one is to be taken out."""
        line = f"{self.LATE}  # plan: accept W302, W309 because panen sesudah hari ke-100"
        assert about(line) == [
            (
                "W602 there is no W309 on that line to accept "
                "(take W309 out of the comment and leave the rest)"
            )
        ]

    def test_an_error_beside_other_errors(self) -> None:
        """That errors cannot be accepted is said at once; idle warnings wait for the errors."""
        line = "owner: dinsos  # plan: accept E202, W302 because belum ada"
        assert [one[:4] for one in about(line)] == ["E202", "W602"]

    def test_what_is_meant(self) -> None:
        """Dates that may be meant come with the comment that accepts them."""
        (one,) = about(self.LATE)
        assert one.endswith("if it is meant: # plan: accept W302 because ...)")
        (one,) = about("duration: 2d", "due: 2025-05-10")
        assert one.endswith("if it is meant: # plan: accept W303 because ...)")


class TestForecasts:
    """What is said of dates that will not hold."""

    def test_driver(self) -> None:
        """A promise that is missed names what holds it."""
        late = (
            milestone("duration: 20d", "start: 2025-04-14", name="a"),
            milestone("duration: 5d", "after: [a]", "due: 2025-05-05", name="b"),
        )
        assert [spoken(one).partition("(")[2] for one in found(*late)] == [
            (
                "it waits for a; plan why b shows the chain: shorten it, or move the due date "
                "with a reason under moved)"
            )
        ]

    def test_no_driver(self) -> None:
        """Where only its own dates hold it, the way to see that is named."""
        (one,) = found(milestone("duration: 20d", "not_before: 2025-04-14", "due: 2025-04-25"))
        assert "(plan why a shows what holds it: " in spoken(one)

    def test_past_last_day(self) -> None:
        """Nobody is sent from one warning into the next."""
        (one,) = found(milestone("duration: 9d", "not_before: 2025-05-26"))
        assert spoken(one).endswith(
            "(plan why a shows what holds it: shorten that, or let it begin earlier)"
        )

    def test_plan_that_is_over(self) -> None:
        """Of a plan that is over and has no data date, that is what is wrong."""
        text = HEAD.replace(", as_of: 2025-04-10", "") + PROGRAM + milestone("after: [b]")
        text += milestone("duration: 2d", "not_before: 2025-03-03", name="b")
        later = datetime(2025, 7, 1, 9, tzinfo=UTC)
        (one,) = load({"a.yaml": text.encode()}, later).diagnostics
        assert spoken(one).endswith(
            "(today, 1 Jul 2025, is past the plan: give it as_of with its data date)"
        )


class TestNames:
    """Names that nothing has."""

    def test_district_with_a_capital(self) -> None:
        """A misspelt id is found where it is given, not where it is named rightly."""
        head = HEAD.replace("id: betung", "id: Betung")
        line = "districts: [betung, sembawa]"
        assert [spoken(one) for one in found(milestone(line), head=head)] == [
            "E104 Betung is not an id (did you mean betung?)"
        ]

    def test_id_given_twice(self) -> None:
        """Whoever names the id that one of two should have is pointed at the second."""
        _, one, *_ = found(
            milestone(name="gertas-01"),
            milestone(name="gertas-01"),
            milestone("after: [gertas-02]", name="gertas-03"),
        )
        assert spoken(one) == (
            "E203 there is no milestone gertas-02 "
            "(gertas-01 is given twice; is the one at a.yaml:22 meant to be gertas-02?)"
        )

    def test_no_districts(self) -> None:
        """That a plan has no districts is said once, with all that it names."""
        head = HEAD[: HEAD.index("districts:")] + HEAD[HEAD.index("decisions:") :]
        lines = ("districts: [betung, sembawa]", "delivered: {betung: 2025-03-12}")
        again = milestone("districts: [rambutan, betung]", name="b")
        (one,) = found(milestone(*lines), again, head=head)
        assert spoken(one) == (
            "E204 the plan has no districts yet, but names betung, sembawa and rambutan "
            "(list them under districts, each with its id (like betung) and its name)"
        )

    def test_work_of_another_office(self) -> None:
        """The work of another office is a milestone of this plan too."""
        (one,) = found(milestone("after: [diskan-01]", name="gertas-02"))
        assert spoken(one) == (
            "E203 there is no milestone diskan-01 (diskan is an office: its work is written in "
            "this plan too, as a milestone with owner: diskan)"
        )


class TestFigures:
    """Figures that contradict each other."""

    @pytest.mark.parametrize(
        ("lines", "flagged"),
        [
            (["districts: all", "progress: 50", "delivered: {betung: 2025-03-12}"], []),
            (["districts: all", "progress: 50.9", "delivered: {betung: 2025-03-12}"], []),
            (["districts: all", "progress: 52", "delivered: {betung: 2025-03-12}"], ["W415"]),
            (["districts: all", "progress: 30"], ["W415"]),
            (["districts: all", "progress: 0"], []),
            (["districts: all", "progress: 30", "finished: 2025-03-12"], []),
            (["progress: 30", "target: {amount: 200, unit: x}", "achieved: 20"], []),
            (["target: {amount: 200, unit: x}", "achieved: 400"], []),
            (["target: {amount: 200, unit: x}", "achieved: 401"], ["W417"]),
            (["achieved: 4"], ["W418"]),
            (
                ["districts: all", "delivered: {betung: {amount: 3}, sembawa: {amount: 3}}"],
                ["W418"],
            ),
            (["budget: [{amount: 1000, state: available, spent: 1000}]"], []),
            (["budget: [{amount: 1000, state: available, spent: 1001}]"], ["W416"]),
        ],
    )
    def test_flagged(self, lines: list[str], flagged: list[str]) -> None:
        """Only what cannot be meant is flagged, and once."""
        assert [one[:4] for one in about(*lines)] == flagged

    def test_progress_says_what_is_read(self) -> None:
        """A progress that is not read comes with the figure that is."""
        (one,) = about("districts: all", "progress: 30", "delivered: {betung: 2025-03-12}")
        assert one.startswith("W415 not read: deliveries make 50 percent, not 30 ")

    def test_amounts_delivered(self) -> None:
        """What the districts delivered is added up before it is held against the target."""
        (one,) = about(
            "districts: all",
            "target: {amount: 10, unit: kolam}",
            "delivered: {betung: {amount: 11}, sembawa: {amount: 12.5}}",
        )
        assert one.startswith("W417 23.5 is more than twice the target, 10 kolam ")
