"""One form against one plan: what is taken, what is refused and why, and what stays as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.sent_forms import book_of, cell_of, lines_of, sent_form

from banyuasin_plan.form import DELIVERY, PROGRESS, PROPOSAL, SCHEMA, Form, Kind, Returned, Row
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.book import Area, Cell, Held
from banyuasin_plan.formats.returned.values import Order
from banyuasin_plan.intake import Place, Side, Terms, take_in
from banyuasin_plan.intake.additions import kind_of
from banyuasin_plan.intake.receipts import Stamp, is_later, read_receipts, written
from banyuasin_plan.reading import load
from banyuasin_plan.words import Lang, Message, message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.form import Named, Value
    from banyuasin_plan.formats.returned.book import Book
    from banyuasin_plan.intake import Intake, Outcome
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.reading import Loaded

TODAY, LATER = date(2025, 4, 10), date(2025, 4, 14)
PLAN = """\
plan: {id: uji, name: Uji, start: 2025-02-20, prepare_from: 2025-02-14}
owners:
  - {id: dkp, name: Dinas Ketahanan Pangan}
  - {id: setda, name: Sekretariat Daerah}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
programs:
  - id: gertas
    name: Gertas
    lead: dkp
    milestones:
      - id: gertas-01
        name: Daftar
        progress: 40
        started: 2025-03-04
        target: {amount: 900, unit: kader}
        evidence: [{ref: surat 12}]
        reported: 2025-03-20
        blockers:
          - {since: 2025-03-10, what: bibit}
      - {id: gertas-02, name: Layanan, reported: 2025-04-02}
      - {id: gertas-03, name: Serah terima, districts: all, target: {amount: 9, unit: kader},
         delivered: {betung: 2025-03-12}}
  - {id: sehat, name: Sehat, lead: setda}
"""
EMPTY = PLAN.replace("        progress: 40\n", "")


def plan(text: str = PLAN, day: date = TODAY) -> Loaded:
    """The plan on a day, which nothing in it holds still."""
    loaded = load({"plan.yaml": text.encode()}, datetime(day.year, day.month, day.day, tzinfo=UTC))
    assert not loaded.errors, loaded.errors
    return loaded


def cells(said: Mapping[str, Value]) -> dict[str, Cell]:
    """Answers by field as a workbook holds them."""
    kinds = {one.id: one.kind for one in (*PROGRESS, *DELIVERY, *PROPOSAL)}
    return {name: cell_of(value, kinds[name]) for name, value in said.items()}


def filled(form: Form, said: Mapping[str, Mapping[str, Value]], **more: object) -> Returned:
    """The form with these answers in these rows, as it is read when it comes back."""
    lines = [(key, {**held, **cells(said.get(key, {}))}) for key, held in lines_of(form)]
    fields = form.rows[0].fields if form.rows else PROGRESS
    found = returned_form(book_of(form, lines, fields=fields, **more))  # type: ignore[arg-type]
    assert isinstance(found, Returned), found
    return found


class Done(NamedTuple):
    """What an import came to: its outcomes, the new text of the plan, and the receipts."""

    outcomes: tuple[Outcome, ...]
    text: str
    receipts: Receipts

    @property
    def one(self) -> Outcome:
        """The outcome of the only file."""
        [outcome] = self.outcomes
        return outcome

    @property
    def why(self) -> list[str]:
        """The reasons' keys, each of which can be said in one line."""
        for reason in self.one.reasons:
            assert all("\n" not in say(reason.message, lang) for lang in Lang)
        return [reason.message.key for reason in self.one.reasons]


def imported(
    loaded: Loaded,
    *forms: Returned | Message,
    receipts: Receipts | None = None,
    terms: Terms | None = None,
) -> Done:
    """The forms taken in, the first as `1.xlsx`."""
    files = {f"{number}.xlsx": form for number, form in enumerate(forms, 1)}
    done: Intake = take_in(loaded, files, receipts or {}, terms or Terms(loaded.as_of))
    text = done.edited.texts.get("plan.yaml", loaded.texts["plan.yaml"]).decode()
    return Done(done.outcomes, text, done.receipts)


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old, new = before.splitlines(), after.splitlines()
    gone = [line.strip() for line in old if line not in new]
    return gone, [line.strip() for line in new if line not in old]


def dkp(loaded: Loaded, said: Mapping[str, Mapping[str, Value]], **more: object) -> Returned:
    """The form of dkp with answers in it."""
    return filled(sent_form(loaded, "dkp"), said, **more)


def camat(loaded: Loaded, said: Mapping[str, Value], place: str = "betung") -> Returned:
    """The form of a camat with answers about gertas-03."""
    sent: dict[str, str | None] = dict.fromkeys(("delivered", "amount", "evidence", "blocker"))
    if place == "betung":
        sent["delivered"] = "2025-03-12"
    row = Row(f"gertas-03@{place}", "gertas-03", place, None, sent)
    form = Form(SCHEMA, "report", "uji", "f00", place, loaded.as_of, "id", (row,))
    return filled(form, {row.key: said})


# What is taken


def test_untouched() -> None:
    """A form that comes back as it was sent changes nothing."""
    done = imported(plan(), dkp(plan(), {}))
    assert (done.text, done.one.accepted, done.receipts) == (PLAN, True, {})
    assert not done.one.reported


def test_one_value() -> None:
    """One value is taken, with the day of the report of its row and no other."""
    done = imported(plan(), dkp(plan(), {"gertas-01": {"progress": 62.5}}))
    gone, came = changed(PLAN, done.text)
    assert gone == ["progress: 40", "reported: 2025-03-20"]
    assert came == ["progress: 62.5", "reported: 2025-04-10"]
    [taken] = done.one.taken
    assert (taken.milestone, taken.field, taken.before, taken.after) == (
        "gertas-01", "progress", 40, 62.5,
    )  # fmt: skip


def test_cleared() -> None:
    """A dash takes a value out; an emptied cell leaves it."""
    loaded = plan()
    assert "progress: 40" in imported(loaded, emptied(loaded)).text
    done = imported(loaded, dkp(loaded, {"gertas-01": {"progress": "-"}}))
    assert "progress" not in done.text
    assert done.one.taken[0].after is None


def emptied(loaded: Loaded) -> Returned:
    """The form with one cell emptied."""
    form = sent_form(loaded, "dkp")
    lines = [
        (key, {k: v for k, v in held.items() if k != "progress"}) for key, held in lines_of(form)
    ]
    found = returned_form(book_of(form, lines))
    assert isinstance(found, Returned)
    return found


def test_what_is_missing_stays() -> None:
    """A row that did not come back deletes nothing, and is named."""
    loaded = plan()
    form = sent_form(loaded, "dkp")
    found = returned_form(book_of(form, lines_of(form)[1:]))
    assert isinstance(found, Returned)
    done = imported(loaded, found)
    assert done.text == PLAN
    assert [note.message.key for note in done.one.notes] == ["intake.missing"]


def test_additions() -> None:
    """Evidence and a blocker are added, in the style of those that are there."""
    said: dict[str, Value] = {
        "evidence": "foto.jpg",
        "blocker": "hujan",
        "need": "terpal",
        "blocker_closed": TODAY,
    }
    done = imported(plan(), dkp(plan(), {"gertas-01": said}))
    _, came = changed(PLAN, done.text)
    assert came == [
        "evidence: [{ref: surat 12}, {kind: photo, ref: foto.jpg, on: 2025-04-10}]",
        "reported: 2025-04-10",
        "- {since: 2025-03-10, what: bibit, closed: 2025-04-10}",
        "- {since: 2025-04-10, what: hujan, need: terpal}",
    ]


def test_additions_are_made_once() -> None:
    """What is there already is not added again, on no day."""
    said: dict[str, Value] = {"evidence": "surat 12 ", "blocker": "bibit"}
    done = imported(plan(), dkp(plan(), {"gertas-01": said}))
    assert [one.field for one in done.one.taken] == []
    form = dkp(plan(), {"gertas-01": {"evidence": "foto", "blocker": "hujan", "need": "terpal"}})
    once = imported(plan(), form)
    again = imported(plan(once.text, LATER), form)
    assert again.text == once.text


def test_need_of_a_known_blocker() -> None:
    """What a known blocker needs is added where nobody had said so, and else is a conflict."""
    said: dict[str, Value] = {"blocker": "bibit", "need": "uang"}
    form = dkp(plan(), {"gertas-01": said})
    once = imported(plan(), form)
    assert "{since: 2025-03-10, what: bibit, need: uang}" in once.text
    other = plan(PLAN.replace("what: bibit", "what: bibit, need: truk"))
    assert [one.field for one in imported(other, form).one.conflicts] == ["need"]
    taken = imported(other, form, terms=Terms(TODAY, Side.THEIRS))
    assert "need: uang" in taken.text
    assert imported(other, form, terms=Terms(TODAY, Side.OURS)).text.count("need: truk") == 1


def test_need_alone() -> None:
    """Nobody can tell what a need is about that stands without its blocker."""
    done = imported(plan(), dkp(plan(), {"gertas-01": {"need": "uang"}}))
    assert done.why == ["intake.need_alone"]


def test_blocker_that_is_gone() -> None:
    """A blocker that the plan no longer has can't be closed."""
    form = dkp(plan(), {"gertas-01": {"blocker_closed": TODAY}})
    assert imported(plan(PLAN.replace("what: bibit", "what: pupuk")), form).why == [
        "intake.blocker_gone"
    ]


def test_blocker_closed_twice() -> None:
    """The same day is nothing new, another one a conflict."""
    form = dkp(plan(), {"gertas-01": {"blocker_closed": TODAY}})
    same = plan(PLAN.replace("what: bibit", "what: bibit, closed: 2025-04-10"))
    assert not imported(same, form).one.taken
    other = plan(PLAN.replace("what: bibit", "what: bibit, closed: 2025-04-01"))
    [conflict] = imported(other, form).one.conflicts
    assert (conflict.field, conflict.ours) == ("blocker_closed", date(2025, 4, 1))
    assert "closed: 2025-04-01" in imported(other, form, terms=Terms(TODAY, Side.OURS)).text
    assert "closed: 2025-04-10" in imported(other, form, terms=Terms(TODAY, Side.THEIRS)).text


def test_a_blocker_that_came_back() -> None:
    """What was over before the form was sent, and is reported again, is a new blocker."""
    over = PLAN.replace("what: bibit", "what: bibit, closed: 2025-03-20")
    form = dkp(plan(over), {"gertas-01": {"blocker": "bibit"}})
    assert "{since: 2025-04-10, what: bibit}" in imported(plan(over), form).text


def test_two_blockers_alike() -> None:
    """Of two that say the same, the one that the row was sent for is closed."""
    more = "          - {since: 2025-03-01, what: bibit}\n          - {since: 2025-03-10"
    two = PLAN.replace("          - {since: 2025-03-10", more)
    form = dkp(plan(), {"gertas-01": {"blocker_closed": TODAY}})
    text = imported(plan(two), form).text
    assert "{since: 2025-03-10, what: bibit, closed: 2025-04-10}" in text
    assert "{since: 2025-03-01, what: bibit}" in text


FLOODS = PLAN.replace(
    "delivered: {betung: 2025-03-12}",
    "delivered: {betung: 2025-03-12}, blockers: ["
    "{since: 2025-03-10, what: banjir, district: betung},\n         "
    "{since: 2025-03-10, what: banjir, district: sembawa}]",
)
CLOSED = "{since: 2025-03-10, what: banjir, district: sembawa, closed: 2025-04-10}"
"""Two districts with the same words on the same day; one of them is over."""


def closing(*rows: tuple[str, Named]) -> Returned:
    """A form in which rows close the blockers they name: a camat's where the row has a district."""
    place = rows[0][0].partition("@")[2]
    asked = tuple(
        Row(key, "gertas-03", place or None, named, {"blocker_closed": None}) for key, named in rows
    )
    form = Form(SCHEMA, "report", "uji", "f00", place or "dkp", TODAY, "id", asked)
    return filled(form, {row.key: {"blocker_closed": TODAY} for row in asked})


@pytest.mark.parametrize("key", ["gertas-03#2", "gertas-03@sembawa"])
def test_one_district_closes_its_own(key: str) -> None:
    """Of two districts' blockers that read alike, the one whose row was filled in is closed."""
    done = imported(plan(FLOODS), closing((key, (date(2025, 3, 10), "banjir", "sembawa"))))
    assert CLOSED in done.text
    assert done.text.count("closed") == 1


def test_both_districts_are_closed() -> None:
    """Two rows close two blockers, although these read alike."""
    since = date(2025, 3, 10)
    rows = (
        ("gertas-03", (since, "banjir", "betung")),
        ("gertas-03#2", (since, "banjir", "sembawa")),
    )
    assert imported(plan(FLOODS), closing(*rows)).text.count("closed: 2025-04-10") == 2


def test_older_form_closes_a_blocker() -> None:
    """A form that does not say whose blocker it names closes the only one, and guesses nothing."""
    named = (date(2025, 3, 10), "banjir")
    assert CLOSED in imported(plan(FLOODS), closing(("gertas-03@sembawa", named))).text
    done = imported(plan(FLOODS), closing(("gertas-03", named)))
    assert (done.why, done.text) == (["intake.blockers_alike"], FLOODS)
    alone = FLOODS.replace("banjir, district: betung", "hujan, district: betung")
    assert CLOSED in imported(plan(alone), closing(("gertas-03", named))).text


@pytest.mark.parametrize("together", [True, False])
def test_an_agency_and_a_camat_say_the_same(together: bool) -> None:  # noqa: FBT001 - a case
    """What stands in a district's way and in the whole's are two things, whatever their words."""
    loaded = plan()
    forms = [camat(loaded, {"blocker": "hujan"}), dkp(loaded, {"gertas-03": {"blocker": "hujan"}})]
    if together:
        text = imported(loaded, *forms).text
    else:
        text = imported(plan(imported(loaded, forms[0]).text), forms[1]).text
    assert "{since: 2025-04-10, what: hujan, district: betung}" in text
    assert "{since: 2025-04-10, what: hujan}" in text


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("https://s.id/x", "link"), ("foto 1.JPG", "photo"), ("Notulen rakor", "minutes"),
        ("surat 12", "document"),
    ],
)  # fmt: skip
def test_kinds_of_evidence(ref: str, kind: str) -> None:
    """What a piece of evidence looks like decides what it is called."""
    assert kind_of(ref) == kind


def test_camat() -> None:
    """A delivery goes under its district, a blocker names it."""
    said: dict[str, Value] = {"amount": 4, "evidence": "tanda terima", "blocker": "banjir"}
    done = imported(plan(), camat(plan(), said))
    _, came = changed(PLAN, done.text)
    assert "amount: 4, evidence: tanda terima, reported: 2025-04-10}" in " ".join(came)
    assert "{since: 2025-04-10, what: banjir, district: betung}" in done.text
    first = imported(plan(), camat(plan(), {"delivered": TODAY}, "sembawa"))
    assert "sembawa: {on: 2025-04-10, reported: 2025-04-10}" in first.text


def test_camat_clears() -> None:
    """A delivery written in short can be taken back."""
    done = imported(plan(), camat(plan(), {"delivered": "-"}))
    assert "betung: {reported: 2025-04-10}" in done.text


# What has been verified since the form was sent


CHECKED = PLAN.replace(
    "        progress: 40\n", "        progress: 100\n        finished: 2025-04-02\n"
    "        verified: {by: setda, on: 2025-04-09}\n",
)  # fmt: skip
SEEN = PLAN.replace("{betung: 2025-03-12}", "{betung: {on: 2025-03-12, verified: 2025-04-09}}")


@pytest.mark.parametrize(
    "said", [{"started": date(2025, 3, 28)}, {"started": "-"}, {"evidence": "foto"}, {"note": "x"}]
)
def test_verified_since(said: dict[str, Value]) -> None:
    """What somebody vouches for by now is not changed by an older form, whoever counts."""
    form = dkp(plan(), {"gertas-01": said})
    done = imported(plan(CHECKED), form, terms=Terms(TODAY, Side.THEIRS))
    assert (done.why, done.text) == (["intake.verified_since"], CHECKED)
    assert "gertas-01 was verified by setda on 9 Apr 2025" in say(
        done.one.reasons[0].message, Lang.EN
    )
    assert done.one.reasons[0].place.cell is not None


def test_delivery_verified_since() -> None:
    """Nor is a delivery; other districts may go on."""
    form = camat(plan(), {"delivered": date(2025, 3, 14)})
    done = imported(plan(SEEN), form, terms=Terms(TODAY, Side.THEIRS))
    assert (done.why, done.text) == (["intake.verified_since.there"], SEEN)
    assert imported(plan(SEEN), camat(plan(), {"delivered": TODAY}, "sembawa")).one.accepted


def test_verified_as_the_form_said() -> None:
    """A form that brought what was verified can be imported again."""
    form = dkp(plan(), {"gertas-01": {"progress": 100, "finished": date(2025, 4, 2)}})
    done = imported(plan(CHECKED), form)
    assert done.one.accepted
    assert changed(CHECKED, done.text)[1] == ["reported: 2025-04-10"]


# Days that can't be meant


@pytest.mark.parametrize("day", [date(1905, 7, 17), date(2024, 2, 13), date(2025, 4, 11)])
@pytest.mark.parametrize("field", ["started", "finished", "blocker_closed"])
def test_far_off(field: str, day: date) -> None:
    """A day long before the plan, or after today, is refused with the days that are possible."""
    done = imported(plan(), dkp(plan(), {"gertas-01": {field: day}}))
    [reason] = done.one.reasons
    assert (done.text, reason.milestone, reason.place.sheet) == (PLAN, "gertas-01", "Laporan")
    assert say(reason.message, Lang.EN).endswith("write a day from 14 Feb 2024 to 10 Apr 2025")


def test_nearly_far_off() -> None:
    """The first day that the form's own check lets pass is taken, and so is the last."""
    said: dict[str, Value] = {"started": date(2024, 2, 14), "finished": TODAY}
    done = imported(plan(), dkp(plan(), {"gertas-01": said}))
    assert {"started: 2024-02-14", "finished: 2025-04-10"} <= set(changed(PLAN, done.text)[1])


def test_delivered_far_off() -> None:
    """A camat's days have the same limits."""
    assert imported(plan(), camat(plan(), {"delivered": date(1899, 12, 27)})).why == [
        "intake.far_off"
    ]


# The day of the report


def test_report_date() -> None:
    """The office's own date holds for every row, forward only."""
    form = dkp(plan(), {}, day=Cell(Held.DATE, date(2025, 4, 1)))
    done = imported(plan(), form)
    assert done.one.reported == ("gertas-01", "gertas-03")
    assert done.text.count("reported: 2025-04-01") == 2
    assert "reported: 2025-04-02" in done.text


def test_no_change() -> None:
    """Whoever says that nothing has changed has reported everything."""
    form = dkp(plan(), {}, no_change=Cell(Held.TEXT, "Ya"))
    assert imported(plan(), form).one.reported == ("gertas-01", "gertas-02", "gertas-03")
    no = dkp(plan(), {}, no_change=Cell(Held.TEXT, "tidak"))
    assert imported(plan(), no).one.reported == ()


@pytest.mark.parametrize("sent", ["2025-04-02", "2025-04-10"])
def test_no_change_counts_once(sent: str) -> None:
    """The form imported again, on whatever day, changes nothing more, and says so.

    A report on the day the form was sent came before it.
    """
    text = PLAN.replace("reported: 2025-04-02", f"reported: {sent}")
    form = dkp(plan(text), {}, no_change=Cell(Held.TEXT, "ya"))
    once = imported(plan(text, LATER), form)
    assert once.text.count("reported: 2025-04-14") == 3
    for day in (LATER, date(2025, 5, 2)):
        again = imported(plan(once.text, day), form, receipts=once.receipts)
        assert (again.text, again.receipts) == (once.text, once.receipts)
        assert {note.message.key for note in again.one.notes} == {"intake.heard"}
    assert len(again.one.notes) == 1


def test_no_change_again() -> None:
    """The office's own report date is a report of that day, whatever came before."""
    form = dkp(plan(), {}, no_change=Cell(Held.TEXT, "ya"))
    once = imported(plan(), form)
    day = date(2025, 4, 12)
    later = dkp(plan(), {}, no_change=Cell(Held.TEXT, "ya"), day=Cell(Held.DATE, day))
    then = imported(plan(once.text, LATER), later, receipts=once.receipts)
    assert then.text.count("reported: 2025-04-12") == 3
    assert (
        imported(plan(then.text, date(2025, 5, 2)), later, receipts=then.receipts).text == then.text
    )


def test_no_change_but_a_change() -> None:
    """Both can't be."""
    form = dkp(plan(), {"gertas-01": {"progress": 50}}, no_change=Cell(Held.TRUTH, True))  # noqa: FBT003
    assert imported(plan(), form).why == ["intake.no_change"]
    unclear = dkp(plan(), {}, no_change=Cell(Held.TEXT, "mungkin"))
    assert imported(plan(), unclear).why == ["answer.yes_or_no"]


def test_what_the_plan_has_already() -> None:
    """Who says what the plan says by now has reported too, once."""
    form = dkp(plan(), {"gertas-01": {"progress": 60}})
    ahead = PLAN.replace("progress: 40", "progress: 60")
    done = imported(plan(ahead), form)
    assert changed(ahead, done.text) == (["reported: 2025-03-20"], ["reported: 2025-04-10"])
    assert imported(plan(done.text, LATER), form).text == done.text


def test_twice() -> None:
    """The same form on another day changes nothing more."""
    form = dkp(plan(), {"gertas-01": {"progress": 60}, "gertas-02": {"note": "lancar"}})
    once = imported(plan(), form)
    again = imported(plan(once.text, LATER), form, receipts=once.receipts)
    assert (again.text, again.receipts) == (once.text, once.receipts)


# What both changed


def test_conflict() -> None:
    """Three values, the cell and the line; nothing of the form is taken."""
    form = dkp(plan(), {"gertas-01": {"progress": 60, "note": "lancar"}})
    ours = PLAN.replace("progress: 40", "progress: 55")
    done = imported(plan(ours), form)
    [conflict] = done.one.conflicts
    assert (conflict.sent, conflict.ours, conflict.theirs) == (40, 55, 60)
    assert (conflict.place, conflict.span.line) == (("Laporan", "C6"), 15)
    assert done.text == ours
    assert not done.one.accepted


@pytest.mark.parametrize(("side", "value"), [(Side.THEIRS, 60), (Side.OURS, 55)])
def test_conflict_settled(side: Side, value: int) -> None:
    """Whoever counts, the rest of the form is taken."""
    form = dkp(plan(), {"gertas-01": {"progress": 60, "note": "lancar"}})
    ours = PLAN.replace("progress: 40", "progress: 55")
    done = imported(plan(ours), form, terms=Terms(TODAY, side))
    assert f"progress: {value}\n" in done.text
    assert "note: lancar" in done.text


def test_conflict_with_what_was_taken_out() -> None:
    """A value that the plan gave up is a change as well."""
    form = dkp(plan(), {"gertas-01": {"progress": 60}})
    [conflict] = imported(plan(EMPTY), form).one.conflicts
    assert (conflict.ours, conflict.span.line) == (None, 13)


# An office that corrects itself


def test_later_answer() -> None:
    """What the same office said before gives way to what it says now."""
    first = dkp(plan(), {"gertas-01": {"progress": 60}}, saved="2025-04-10T08:00:00Z")
    second = dkp(plan(), {"gertas-01": {"progress": 75}}, saved="2025-04-10T09:00:00Z")
    once = imported(plan(), first)
    then = imported(plan(once.text), second, receipts=once.receipts)
    assert "progress: 75" in then.text
    assert imported(plan(once.text), second).one.conflicts, "without receipts nobody can know"
    back = imported(plan(then.text), first, receipts=then.receipts)
    assert back.text == then.text
    assert [note.message.key for note in back.one.notes] == ["intake.older"]


def test_later_answer_in_one_go() -> None:
    """Two files of an office are taken in the order of their dates, whatever their names."""
    first = dkp(plan(), {"gertas-01": {"progress": 60}}, day=Cell(Held.DATE, TODAY))
    second = dkp(plan(), {"gertas-01": {"progress": 75}}, day=Cell(Held.DATE, LATER))
    loaded = plan(day=LATER)
    done = imported(loaded, second, first)
    assert "progress: 75" in done.text
    assert all(one.accepted for one in done.outcomes)


def test_answers_of_one_moment() -> None:
    """Two answers of which nobody can tell the later one are a conflict."""
    forms = [dkp(plan(), {"gertas-01": {"progress": value}}) for value in (60, 75)]
    done = imported(plan(), *forms)
    assert [one.accepted for one in done.outcomes] == [True, False]


def test_somebody_else_came_between() -> None:
    """What another changed since the office's answer is a conflict again."""
    first = dkp(plan(), {"gertas-01": {"progress": 60}}, saved="2025-04-10T08:00:00Z")
    second = dkp(plan(), {"gertas-01": {"progress": 75}}, saved="2025-04-10T09:00:00Z")
    once = imported(plan(), first)
    other = once.text.replace("progress: 60", "progress: 50")
    assert imported(plan(other), second, receipts=once.receipts).one.conflicts


def test_taken_back() -> None:
    """A later form in which a value is as it was sent again is named: it may mean nothing."""
    first = dkp(plan(), {"gertas-01": {"progress": 60}}, saved="2025-04-10T08:00:00Z")
    second = dkp(plan(), {}, saved="2025-04-10T09:00:00Z")
    once = imported(plan(), first)
    done = imported(plan(once.text), second, receipts=once.receipts)
    assert done.text == once.text
    assert [note.message.key for note in done.one.notes] == ["intake.back"]


def test_receipts_are_kept() -> None:
    """Receipts come back as they were written, and are none where they are illegible."""
    once = imported(plan(), dkp(plan(), {"gertas-01": {"progress": 60, "note": "-é"}}))
    assert once.receipts
    assert read_receipts(written(once.receipts)) == once.receipts
    for broken in (
        b"",
        b"[]",
        b'{"received": [1]}',
        b'{"version": 1, "received": [[1,2]]}',
        b"\xff",
    ):
        assert read_receipts(broken) == {}


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (None, ["answer.date.clash"] * 2),
        (Order.DAY, ["answer.date.none"]),
        (Order.MONTH, ["answer.date.none"]),
    ],
)
def test_dates_that_contradict_each_other(order: Order | None, why: list[str]) -> None:
    """Where one date has the day first and another the month, neither is read; --dates decides."""
    form = sent_form(plan(), "dkp")
    said = {"gertas-01": "14/3/2025", "gertas-02": "3/14/2025"}
    lines = [
        (key, {**held, "finished": Cell(Held.TEXT, said[key])} if key in said else held)
        for key, held in lines_of(form)
    ]
    found = returned_form(book_of(form, lines), order)
    assert isinstance(found, Returned)
    assert [fault.message.key for fault in found.faults] == why


def test_order_of_answers() -> None:
    """The day decides, then when the workbook was saved; else nobody knows."""
    early, late = Stamp(TODAY, ""), Stamp(LATER, "")
    assert is_later(late, early) is True
    assert is_later(early, late) is False
    assert is_later(early, early) is None
    assert is_later(Stamp(TODAY, "b"), Stamp(TODAY, "a")) is True


# What is refused


@pytest.mark.parametrize(
    ("change", "day", "why"),
    [
        ({"plan": "lain"}, TODAY, "intake.other_plan"),
        ({"owner": "dinkes"}, TODAY, "intake.unknown_owner"),
        ({"as_of": LATER}, TODAY, "intake.from_later"),
    ],
)
def test_forms_of_something_else(change: dict[str, object], day: date, why: str) -> None:
    """A form of another plan, office or day is refused as a whole."""
    form = dkp(plan(), {"gertas-01": {"progress": 60}})
    form = form._replace(sent=form.sent._replace(**change))  # type: ignore[arg-type]
    assert imported(plan(day=day), form).why == [why]


@pytest.mark.parametrize(
    ("given", "why"),
    [(LATER, "intake.report_ahead"), (date(2024, 4, 10), "intake.report_before")],
)
def test_report_dates_that_cannot_be(given: date, why: str) -> None:
    """A report date lies neither ahead nor before the plan."""
    done = imported(plan(), dkp(plan(), {}, day=Cell(Held.DATE, given)))
    assert (done.why, [one.place for one in done.one.reasons]) == ([why], [Place("Laporan", "B2")])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: gertas-02", "id: gertas-09", "intake.gone"),
        ("name: Layanan", "name: Layanan, cancelled: {on: 2025-04-01}", "intake.cancelled"),
        ("name: Layanan", "name: Layanan, owner: setda", "intake.other_owner"),
    ],
)
def test_milestones_that_are_not_theirs(old: str, new: str, why: str) -> None:
    """Only an answer about it is refused; a row left alone does no harm."""
    now = plan(PLAN.replace(old, new))
    assert imported(now, dkp(plan(), {"gertas-02": {"note": "lancar"}})).why == [why]
    assert imported(now, dkp(plan(), {"gertas-01": {"progress": 60}})).one.accepted


def test_district_that_is_not_asked() -> None:
    """A camat speaks of its own district, and only where it is asked."""
    now = plan(PLAN.replace("districts: all", "districts: [sembawa]").replace(
        "betung: 2025-03-12", "sembawa: 2025-03-12"
    ))  # fmt: skip
    assert imported(now, camat(plan(), {"amount": 4})).why == ["intake.other_district"]
    form = camat(plan(), {"amount": 4})
    stolen = form._replace(sent=form.sent._replace(owner="sembawa"))
    assert imported(plan(), stolen).why == ["intake.other_district"]


def test_what_the_plan_can_not_take() -> None:
    """A plan that would be wrong is not written; the cell is named, other forms are taken."""
    bad = dkp(plan(), {"gertas-01": {"finished": date(2025, 3, 1)}})
    good = camat(plan(), {"amount": 4})
    done = imported(plan(), bad, good)
    assert [one.accepted for one in done.outcomes] == [False, True]
    [reason] = done.outcomes[0].reasons
    assert (reason.message.key, reason.milestone) == ("finished_before_started", "gertas-01")
    assert reason.place.cell == "F6"
    assert "amount: 4" in done.text


def test_all_that_is_wrong_is_told_at_once() -> None:
    """What the plan can't take is told beside what can't be read, but not of the same row."""
    first, second = {"finished": date(2025, 3, 1)}, {"finished": date(2025, 6, 1)}
    [early] = imported(plan(), dkp(plan(), {"gertas-01": first})).one.reasons
    [ahead] = imported(plan(), dkp(plan(), {"gertas-02": second})).one.reasons
    form = dkp(plan(), {"gertas-01": {**first, "progress": 140}, "gertas-02": second})
    done = imported(plan(), form)
    assert [one.milestone for one in done.one.reasons] == ["gertas-01", "gertas-02"]
    assert done.one.reasons[1] == ahead
    assert early not in done.one.reasons
    assert done.text == PLAN


def test_what_else_is_wrong_with_a_conflict() -> None:
    """A form with a conflict is told of its mistakes too, other forms being taken."""
    ours = plan(PLAN.replace("progress: 40", "progress: 55"))
    said: dict[str, Mapping[str, Value]] = {
        "gertas-01": {"progress": 60}, "gertas-02": {"finished": date(2025, 6, 1)},
    }  # fmt: skip
    done = imported(ours, dkp(plan(), said), camat(plan(), {"amount": 4}))
    assert [one.milestone for one in done.outcomes[0].conflicts] == ["gertas-01"]
    assert [one.milestone for one in done.outcomes[0].reasons] == ["gertas-02"]
    assert "amount: 4" in done.text


def test_what_nobody_can_be_blamed_for() -> None:
    """A mistake that stands elsewhere than the answer still keeps its form out, and only it."""
    text = PLAN.replace("name: Layanan", "name: Layanan, finished: 2025-03-12")
    bad = dkp(plan(text), {"gertas-02": {"started": date(2025, 3, 20)}})
    done = imported(plan(text), camat(plan(text), {"amount": 4}), bad)
    assert [one.accepted for one in done.outcomes] == [True, False]
    assert [one.message.key for one in done.outcomes[1].reasons] == ["finished_before_started"]
    assert "amount: 4" in done.text


def test_two_needs_of_a_new_blocker() -> None:
    """Two forms that say the same blocker needs something else can't both be right."""
    said: dict[str, Value] = {"blocker": "hujan", "need": "terpal"}
    first = dkp(plan(), {"gertas-01": said}, day=Cell(Held.DATE, date(2025, 4, 9)))
    second = dkp(plan(), {"gertas-01": {**said, "need": "tenda"}}, day=Cell(Held.DATE, TODAY))
    done = imported(plan(), second, first)
    assert [one.accepted for one in done.outcomes] == [False, True]
    assert done.outcomes[0].reasons[0].message.key == "intake.need_differs"


def test_a_file_that_is_none() -> None:
    """What can't be read is a file like the others, refused by itself."""
    done = imported(
        plan(), message("returned.damaged"), dkp(plan(), {"gertas-01": {"progress": 60}})
    )
    assert [one.accepted for one in done.outcomes] == [False, True]
    assert "progress: 60" in done.text


@pytest.mark.parametrize("name", ["gertas-01", "gertas", "dkp"])
def test_only(name: str) -> None:
    """What is not named is left out, with its mistakes, and said to be."""
    form = dkp(plan(), {"gertas-01": {"progress": 60}, "gertas-02": {"progress": "banyak"}})
    done = imported(plan(), form, terms=Terms(TODAY, only=frozenset({name})))
    assert done.one.accepted is (name == "gertas-01")
    form = dkp(plan(), {"gertas-01": {"progress": 60}, "gertas-02": {"progress": 5}})
    done = imported(plan(), form, terms=Terms(TODAY, only=frozenset({"gertas-02"})))
    assert [one.milestone for one in done.one.taken] == ["gertas-02"]
    assert done.one.notes[0].message["rows"] == ("gertas-01",)


# Tables that are not as they were sent


def broken(loaded: Loaded, place: tuple[int, int], cell: Cell | None, **more: object) -> Book:
    """The form of dkp with one cell exchanged, or taken out."""
    form = sent_form(loaded, "dkp")
    book = book_of(form, lines_of(form), **more)  # type: ignore[arg-type]
    held = dict(book.sheets[0].cells)
    held.pop(place, None)
    if cell:
        held[place] = cell
    return book._replace(sheets=(book.sheets[0]._replace(cells=held), *book.sheets[1:]))


@pytest.mark.parametrize(
    ("place", "cell", "why", "where"),
    [
        ((6, 3), Cell(Held.FORMULA, "=1+1"), "answer.formula", "C6"),
        ((6, 3), Cell(Held.NUMBER, 0.5), "answer.percent.ambiguous", "C6"),
        ((6, 5), Cell(Held.TEXT, "4/3/2025"), "answer.date.order", "E6"),
        ((7, 1), Cell(Held.TEXT, "gertas-01"), "answer.key_twice", "A7"),
        ((7, 1), Cell(Held.TEXT, "gertas-77"), "answer.unknown_key", "A7"),
        ((1, 20), Cell(Held.TEXT, "plan:note"), "answer.column_twice", "T1"),
        ((2, 2), Cell(Held.TEXT, "besok"), "answer.date", "B2"),
    ],
)
def test_cells_that_are_refused(place: tuple[int, int], cell: Cell, why: str, where: str) -> None:
    """Each is named by sheet and cell, and stops its form."""
    found = returned_form(broken(plan(), place, cell))
    assert isinstance(found, Returned)
    done = imported(plan(), found)
    assert done.why == [why]
    assert done.one.reasons[0].place == ("Laporan", where)


def test_dates_that_the_operator_settles() -> None:
    """Where a form leaves it open, whoever imports it says what comes first."""
    book = broken(plan(), (6, 6), Cell(Held.TEXT, "4/3/2025"))
    for order, day in ((Order.DAY, "2025-03-04"), (Order.MONTH, "2025-04-03")):
        found = returned_form(book, order)
        assert isinstance(found, Returned)
        assert f"finished: {day}" in imported(plan(), found).text


def test_merged_cells() -> None:
    """Two answers made one are none."""
    book = broken(plan(), (6, 3), Cell(Held.NUMBER, 60))
    merged = book.sheets[0]._replace(merged=(Area(6, 3, 7, 3),))
    found = returned_form(book._replace(sheets=(merged, *book.sheets[1:])))
    assert isinstance(found, Returned)
    assert set(imported(plan(), found).why) == {"answer.merged"}


def test_rows_torn_apart() -> None:
    """A row that shows another milestone than it carries was sorted by halves."""
    book = broken(plan(), (1, 30), Cell(Held.TEXT, "plan:shown"))
    held = dict(book.sheets[0].cells)
    held[6, 30] = Cell(Held.TEXT, "Layanan\ngertas-02 · Gertas")
    held[7, 30] = Cell(Held.TEXT, "menunggu gertas-01\ngertas-02 · Gertas")
    found = returned_form(
        book._replace(sheets=(book.sheets[0]._replace(cells=held), book.sheets[1]))
    )
    assert isinstance(found, Returned)
    done = imported(plan(), found)
    assert done.why == ["answer.shifted"]
    assert done.one.reasons[0].place.cell == "A6"


def test_rows_put_in() -> None:
    """A row that was not sent is named and taken nowhere; what heads the table is none."""
    loaded = plan()
    form = sent_form(loaded, "dkp")
    rows = [
        *lines_of(form),
        ("", {"note": Cell(Held.TEXT, "rapat"), "progress": Cell(Held.NUMBER, 1)}),
    ]
    book = book_of(form, [("Kunci", {"note": Cell(Held.TEXT, "Catatan")}), *rows])
    found = returned_form(book)
    assert isinstance(found, Returned)
    done = imported(loaded, found)
    assert (done.text, done.one.accepted) == (PLAN, True)
    assert [note.message.key for note in done.one.notes] == ["intake.added"]


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        (slice(0, 1), "answer.no_form"),
        (slice(1, 2), "answer.no_rows"),
        (slice(0, 0), "answer.no_form"),
    ],
)
def test_books_that_are_no_forms(sheets: slice, why: str) -> None:
    """Without what was sent, or without rows, nothing can be told."""
    form = sent_form(plan(), "dkp")
    book = book_of(form, lines_of(form))
    found = returned_form(book._replace(sheets=book.sheets[sheets]))
    assert isinstance(found, Message)
    assert found.key == why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"schema":2', '"schema":3', "answer.schema.newer"),
        ('"schema":2', '"schema":0', "answer.schema.older"),
        ('"schema":2', '"schema":"x"', "answer.no_form.broken"),
        ('"owner":"dkp"', '"owner":7', "answer.no_form.broken"),
    ],
)
def test_what_was_sent_is_illegible(old: str, new: str, why: str) -> None:
    """A form of another version, or one whose hidden part was harmed, says so."""
    form = sent_form(plan(), "dkp")
    book = book_of(form, lines_of(form))
    held = {
        place: cell._replace(value=str(cell.value).replace(old, new))
        for place, cell in book.sheets[1].cells.items()
    }
    machine = book.sheets[1]._replace(cells=held)
    found = returned_form(book._replace(sheets=(book.sheets[0], machine)))
    assert isinstance(found, Message)
    assert found.key == why
    twice = returned_form(book._replace(sheets=(*book.sheets, book.sheets[1])))
    assert isinstance(twice, Message)
    assert twice.key == "answer.copied"


# Proposals

WHOLE: dict[str, Value] = {
    "program": "gertas Gertas",
    "name": "Rapat evaluasi",
    "measure": "notulen",
    "duration": 5,
    "due": date(2025, 5, 2),
    "after": "gertas-01 Daftar; gertas-02",
    "districts": "semua",
    "target": 21,
    "unit": "notulen",
    "budget": 250_000_000,
}


def proposed(*rows: Mapping[str, Value], owner: str = "dkp") -> Returned:
    """A planning form with these rows filled in, and one put in below the others."""
    sent = {field.id: None for field in PROPOSAL}
    form = Form(
        SCHEMA, "planning", "uji", "f00", owner, TODAY, "id",
        tuple(Row(f"new-{n:02}", None, None, None, sent) for n in range(1, len(rows) + 1)),
    )  # fmt: skip
    return filled(form, {f"new-{n:02}": row for n, row in enumerate(rows, 1)})


def test_proposals_are_listed() -> None:
    """Without --new a proposal changes nothing."""
    done = imported(plan(), proposed(WHOLE, {}))
    assert done.text == PLAN
    assert [(one.program, one.name, one.id) for one in done.one.proposals] == [
        ("gertas", "Rapat evaluasi", None)
    ]


def test_proposals_are_taken_in() -> None:
    """With --new each becomes a milestone at the end of its programme, once."""
    terms = Terms(TODAY, new=True)
    done = imported(plan(), proposed(WHOLE, {"program": "gertas", "name": "Panen"}), terms=terms)
    assert [one.id for one in done.one.proposals] == ["gertas-04", "gertas-05"]
    new = {one.value.id: one.value for one in plan(done.text).scope.milestones}["gertas-04"]
    assert new.duration is not None
    assert (str(new.duration), new.due, [link.id for link in new.after], new.districts) == (
        "5d", date(2025, 5, 2), ["gertas-01", "gertas-02"], ("all",),
    )  # fmt: skip
    assert new.target is not None
    assert (new.target.amount, new.budget[0].amount, new.owner) == (21, 250_000_000, None)
    again = imported(plan(done.text), proposed(WHOLE), terms=terms)
    assert again.text == done.text
    assert [note.message.key for note in again.one.notes] == ["intake.proposed_before"]


def test_corrected_proposal() -> None:
    """What a proposal says otherwise than the milestone it became is a conflict, value by value."""
    new = Terms(TODAY, new=True)
    text = imported(plan(), proposed(WHOLE), terms=new).text
    change: dict[str, Value] = {
        "duration": 3.0,
        "due": date(2025, 5, 9),
        "target": 30,
        "after": "-",
    }
    form = proposed({**WHOLE, **change})
    done = imported(plan(text), form, terms=new)
    assert done.text == text
    assert [(one.field, one.sent, one.ours, one.theirs) for one in done.one.conflicts] == [
        ("duration", None, "5d", "3d"),
        ("due", None, date(2025, 5, 2), date(2025, 5, 9)),
        ("target", None, 21, 30),
    ]
    kept = imported(plan(text), form, terms=Terms(TODAY, Side.OURS, new=True))
    assert (kept.text, [note.message.key for note in kept.one.notes]) == (text, ["intake.kept"] * 3)
    theirs = imported(plan(text), form, terms=Terms(TODAY, Side.THEIRS)).text
    [now] = [one.value for one in plan(theirs).scope.milestones if one.value.id == "gertas-04"]
    assert now.target is not None
    assert (str(now.duration), now.due, now.target.amount) == ("3d", date(2025, 5, 9), 30)
    assert "moved: [{from: 2025-05-02, on: 2025-04-10}]" in theirs
    assert not imported(plan(theirs), form).one.conflicts


def test_proposals_of_one_name() -> None:
    """Two rows of one name in a form are refused, with --new or without; of two forms, one."""
    row: dict[str, Value] = {"program": "gertas", "name": "Panen", "duration": 2.0}
    for terms in (Terms(TODAY), Terms(TODAY, new=True)):
        twice = proposed(row, {**row, "name": " panen "})
        assert imported(plan(), twice, terms=terms).why == ["intake.proposed_twice"]
    more = proposed({**row, "duration": 3.0})
    done = imported(plan(), proposed(row), more, proposed(row), terms=Terms(TODAY, new=True))
    assert [one.accepted for one in done.outcomes] == [True, False, True]
    assert [each.message.key for each in done.outcomes[1].reasons] == ["intake.proposed_otherwise"]
    assert [each.message.key for each in done.outcomes[2].notes] == ["intake.proposed_before"]


def test_proposals_for_another() -> None:
    """Who proposes for a programme that another leads does it itself; ids begin at 01."""
    row: dict[str, Value] = {"program": "sehat", "name": "Cek"}
    done = imported(
        plan(), proposed(row, {**row, "name": "Cek lagi"}), terms=Terms(TODAY, new=True)
    )
    assert "{id: sehat-01, name: Cek, owner: dkp}" in done.text
    assert [one.id for one in done.one.proposals] == ["sehat-01", "sehat-02"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"program": "-"}, "intake.no_program"),
        ({"program": "gerta"}, "usage.program"),
        ({"name": "-"}, "intake.no_name"),
        ({"unit": "-"}, "intake.target_unit"),
        ({"target": "-"}, "intake.target_unit"),
        ({"after": "gertas-77"}, "usage.id"),
        ({"districts": "betung, atas"}, "usage.district"),
        ({"duration": "lama"}, "bad_duration"),
        ({"budget": "1,5"}, "answer.number.whole"),
        ({"start": "besok"}, "answer.date"),
        ({"due": date(1905, 7, 17)}, "intake.far_off"),
    ],
)
def test_proposals_that_are_refused(change: dict[str, Value], why: str) -> None:
    """What can't be meant is named with its cell."""
    assert imported(plan(), proposed({**WHOLE, **change})).why == [why]


def test_every_proposal_that_is_refused_is_told() -> None:
    """A cell that can't be read hides no other row; of its own row nothing more is said."""
    rows = ({**WHOLE, "start": "besok", "program": "gerta"}, {**WHOLE, "after": "gertas-77"})
    done = imported(plan(), proposed(*rows, WHOLE), terms=Terms(TODAY, new=True))
    assert done.why == ["answer.date", "usage.id"]
    assert not done.one.proposals
    late = {**WHOLE, "start": date(2025, 5, 5), "due": date(2025, 4, 1), "after": "-"}
    assert imported(plan(), proposed(*rows, late)).why[2:] == ["reversed_days.due"]


def test_proposals_that_the_plan_can_not_take() -> None:
    """A proposal that would be an error is refused, and no number is lost by it.

    Without --new it is told of as well.
    """
    late = {**WHOLE, "start": date(2025, 5, 5), "due": date(2025, 4, 1), "after": "-"}
    good: dict[str, Value] = {"program": "gertas", "name": "Panen"}
    done = imported(plan(), proposed(late), proposed(good), terms=Terms(TODAY, new=True))
    assert [one.message.key for one in done.outcomes[0].reasons] == ["reversed_days.due"]
    assert not done.outcomes[0].proposals
    assert [one.id for one in done.outcomes[1].proposals] == ["gertas-04"]
    both = imported(plan(), proposed(good, late), terms=Terms(TODAY, new=True))
    assert [(one.place.cell, one.milestone) for one in both.one.reasons] == [("H7", None)]
    marked = imported(plan(), proposed({**WHOLE, "name": "Bel\a"}))
    assert [one.place.cell for one in marked.one.reasons] == ["D6"], "of a key, its own cell"
    listed = imported(plan(), proposed(good, late), camat(plan(), {"amount": 4}))
    assert listed.outcomes[0].reasons == both.one.reasons
    assert "amount: 4" in listed.text


def test_percent_is_of_the_kind_that_was_sent() -> None:
    """What a cell shows as a percentage is one, whatever is written in the plan."""
    assert cell_of(40.0, Kind.PERCENT) == Cell(Held.NUMBER, 0.4, percent=True)
