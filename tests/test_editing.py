"""The change engine on plans: what is asked for changes, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyuasin_plan.editing import REMOVED, Appended, Change, edit
from banyuasin_plan.plan.model import Milestone
from banyuasin_plan.reading import load
from banyuasin_plan.source import Scalar, key_of, locate
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from banyuasin_plan.editing import Edited
    from banyuasin_plan.reading import Loaded

NOW = datetime(2025, 4, 10, tzinfo=UTC)
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
"""
BODY = """\
programs:
  - id: sehat
    name: Sehat
    lead: dinkes
    milestones:
      - id: sehat-01
        name: Daftar  # disahkan camat
        due: 2025-03-14

        progress: 40
        evidence:
          - {kind: document, ref: daftar}
        note: >
          panjang
          sekali
      # yang berikut menyusul
      - {id: sehat-02, name: 'Layanan', after: [sehat-01], due: 2025-04-30,
         districts: [betung, sembawa]}
"""
FIRST, SECOND = ("programs", 0, "milestones", 0), ("programs", 0, "milestones", 1)


def plan(body: str = BODY, head: str = HEAD) -> Loaded:
    """A plan of two files."""
    return load({"plan.yaml": head.encode(), "body.yaml": body.encode()}, NOW)


def changed(edited: Edited) -> str:
    """The text of the only file that changed."""
    assert edited.refusals == ()
    [text] = edited.texts.values()
    return text.decode()


Case = tuple[tuple[str | int, ...], object, str, str]
CASES: list[Case] = [
    ((*FIRST, "progress"), 60, "progress: 40", "progress: 60"),
    ((*FIRST, "name"), "Daftar: baru", "Daftar  #", '"Daftar: baru"  #'),
    ((*SECOND, "name"), "no", "'Layanan'", "'no'"),
    ((*FIRST, "started"), date(2025, 3, 1), "40\n", "40\n        started: 2025-03-01\n"),
    ((*FIRST, "measure"), "no", "camat\n", 'camat\n        measure: "no"\n'),
    ((*SECOND, "started"), "2025-03-01", "sembawa]", "sembawa], started: 2025-03-01"),
    ((*SECOND, "delivered", "betung"), "2025-04-01", "a]}", "a], delivered: {betung: 2025-04-01}}"),
    ((*FIRST, "progress"), REMOVED, "        progress: 40\n", ""),
    ((*SECOND, "after"), REMOVED, "after: [sehat-01], ", ""),
    ((*SECOND, "districts", 1), REMOVED, ", sembawa", ""),
    (
        (*FIRST, "evidence"),
        Appended(({"ref": "foto", "kind": "photo"},)),
        "ref: daftar}\n",
        "ref: daftar}\n          - {kind: photo, ref: foto}\n",
    ),
]  # fmt: skip


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "new", "old", "text"), CASES)
def test_only_what_is_asked_for(
    path: tuple[str | int, ...], new: object, old: str, text: str, eol: str
) -> None:
    """One place changes, in the style around it, also with the line ends of Windows."""
    assert BODY.count(old) == 1
    loaded = plan(BODY.replace("\n", eol))
    expected = BODY.replace(old, text).replace("\n", eol)
    assert changed(edit(loaded, [Change(path, new)])) == expected


def test_several_at_once() -> None:
    """Changes in one place and in several are made together, keys in the schema's order."""
    changes = [
        Change((*FIRST, "finished"), "2025-03-12"),
        Change((*FIRST, "started"), "2025-03-01"),
        Change((*SECOND, "delivered", "sembawa"), "2025-04-02"),
        Change((*SECOND, "delivered", "betung", "amount"), 5),
        Change((*SECOND, "delivered", "betung", "on"), "2025-04-01"),
    ]
    text = changed(edit(plan(), changes))
    assert "40\n        started: 2025-03-01\n        finished: 2025-03-12\n        evidence" in text
    assert "delivered: {betung: {on: 2025-04-01, amount: 5}, sembawa: 2025-04-02}}" in text


def test_the_plan_as_it_would_be() -> None:
    """With the outcome comes the plan read anew, on its own data date where that has changed."""
    edited = edit(plan(), [Change(("plan", "as_of"), "2025-04-17"), Change((*FIRST, "weight"), 2)])
    assert edited.loaded is not None
    assert edited.loaded.as_of == date(2025, 4, 17)
    assert edited.loaded.texts == {**plan().texts, **edited.texts}
    assert edited.loaded.plan is not None
    assert edited.loaded.plan.programs[0].milestones[0].weight == 2
    then = load(plan().texts, NOW, date(2025, 3, 1))
    after = edit(then, [Change((*FIRST, "weight"), 2)]).loaded
    assert after is not None
    assert after.as_of == date(2025, 3, 1)


def test_what_is_so_already_changes_nothing() -> None:
    """A value that stands there already is no change, nor is the removal of what is not there."""
    changes = [
        Change((*FIRST, "progress"), 40),
        Change((*FIRST, "note"), "panjang sekali\n"),
        Change((*FIRST, "started"), REMOVED),
        Change((*SECOND, "districts"), ["betung", "sembawa"]),
    ]
    edited = edit(plan(), changes)
    assert (edited.texts, edited.refusals) == ({}, ())


def test_a_milestone_out() -> None:
    """Those behind one that goes move up, and are read anew; a comment of its own stays."""
    third = "      - {id: sehat-03, name: Ketiga}\n"
    edited = edit(plan(BODY.replace("after: [sehat-01], ", "") + third), [Change(FIRST, REMOVED)])
    assert "      # yang berikut menyusul\n      - {id: sehat-02" in changed(edited)
    assert "sehat-01" not in changed(edited)
    assert edited.loaded is not None
    assert [one.value.id for one in edited.loaded.scope.milestones] == ["sehat-02", "sehat-03"]


def test_a_delivery_in_short() -> None:
    """Its date is a key of its own where there are more, and all of it where there are none."""
    short = BODY.replace(
        "[betung, sembawa]}", "[betung, sembawa], delivered: {betung: 2025-04-01}}"
    )
    place = (*SECOND, "delivered", "betung")
    amount, undated = Change((*place, "amount"), 5), Change((*place, "on"), REMOVED)
    assert changed(edit(plan(short), [undated])) == BODY
    text = short.replace("betung: 2025-04-01", "betung: {on: 2025-04-01, amount: 5}")
    assert changed(edit(plan(short), [amount])) == text
    for both in ([amount, undated], [undated, amount]):
        assert changed(edit(plan(short), both)) == text.replace("on: 2025-04-01, ", "")
    moved = [Change(place, "2025-04-02"), amount]
    assert changed(edit(plan(short), moved)) == text.replace("04-01", "04-02")


def test_a_delivery_in_full() -> None:
    """A date for one that is written in full is its `on`; what else is there stays."""
    full = BODY.replace("sembawa]}", "sembawa], delivered: {betung: {on: 2025-04-01, amount: 5}}}")
    text = changed(edit(plan(full), [Change((*SECOND, "delivered", "betung"), "2025-04-02")]))
    assert text == full.replace("04-01", "04-02")


def test_a_link_in_short() -> None:
    """A key of a link that is written in short makes it one that is written out."""
    agreed = Change((*SECOND, "after", 0, "agreed"), "2025-03-20")
    for short, full in (("sehat-01", "link: FS, "), ('"sehat-01 SS+2d"', "link: SS, lag: 2d, ")):
        text = changed(edit(plan(BODY.replace("[sehat-01]", f"[{short}]")), [agreed]))
        assert f"after: [{{id: sehat-01, {full}agreed: 2025-03-20}}]" in text
    [refusal] = edit(plan(BODY.replace("[sehat-01]", "[sehat-01 XX]")), [agreed]).refusals
    assert (refusal.message.key, refusal.change) == ("edit.no_keys", agreed)


def test_what_can_not_be_proved() -> None:
    """A place where anything new would change its neighbour is refused, and named."""
    loaded = plan(BODY.partition("\n      # yang")[0])  # ends with a block of text, and no break
    fresh = Change((*FIRST[:3],), Appended(({"id": "sehat-03", "name": "Baru"},)))
    edited = edit(loaded, [Change((*FIRST, "progress"), 50), fresh])
    assert edited.texts == {}
    assert [(one.message.key, one.change) for one in edited.refusals] == [("edit.unproved", fresh)]


@pytest.mark.parametrize(
    "facts",
    [
        {"progress": 101},
        {"progress": "banyak", "started": date(2026, 1, 1)},
        {"started": date(2025, 3, 4), "finished": date(2025, 3, 1)},
        {"finished": date(2025, 4, 11)},
        {"delivered": {"atas": date(2025, 3, 1)}},
        {"delivered": {"betung": {"on": date(2025, 6, 1)}}},
        {"verified": {"by": "dinkes", "on": date(2025, 3, 1)}},
        {"verified": {"by": "siapa", "on": date(2025, 3, 1)}, "finished": date(2025, 3, 5)},
        {"blockers": Appended(({"since": date(2025, 3, 9), "closed": date(2025, 3, 2)},))},
        {"blockers": Appended(({"since": date(2025, 3, 9), "what": "x", "decides": "siapa"},))},
        {"judged": {"status": "ungu"}, "evidence": [{"rif": "x"}], "reported": date(2025, 9, 1)},
        {"returned": [{"by": "siapa", "on": date(2025, 3, 1), "why": "x"}], "note": "baik"},
        {"achieved": "x", "note": "baik"},
    ],
)
@pytest.mark.parametrize("one", [FIRST, SECOND])
def test_errors_of_facts_are_all_errors(
    one: tuple[str | int, ...], facts: dict[str, object]
) -> None:
    """What is looked at after facts changed finds what looking at the whole plan finds."""
    loaded = plan(BODY.replace("lead: dinkes", "lead: dinkes\n    group: tidak-ada"))
    edited = edit(loaded, [Change((*one, key), value) for key, value in facts.items()])
    assert edited.loaded
    assert [error.code for error in loaded.errors] == ["E207"]
    now = sorted((error.code, error.message) for error in edited.loaded.errors)
    found = [(error.code, error.message) for error in edited.refusals]
    assert sorted([*found, ("E207", loaded.errors[0].message)]) == now
    assert found


def test_a_new_item_looks_like_any_of_its_neighbours() -> None:
    """A key that the last item has not is written as it stands in one before."""
    body = BODY.replace("        progress: 40\n", "        budget: [{amount: 5}]\n")
    body = body.partition("      # yang")[0] + "      - id: sehat-02\n        name: Layanan\n"
    entry = {
        "id": "sehat-03",
        "name": "Baru",
        "budget": [{"amount": 7}],
        "evidence": [{"ref": "x"}],
    }
    text = changed(edit(plan(body), [Change((*FIRST[:3],), Appended((entry,)))]))
    assert text.endswith(
        "      - id: sehat-03\n        name: Baru\n        budget: [{amount: 7}]\n"
        "        evidence:\n          - {ref: x}\n"
    )


def test_one_out_and_one_in() -> None:
    """An item can go while another one comes; to take out what is set as well is refused."""
    place = (*FIRST, "evidence")
    fresh = Change(place, Appended(({"ref": "foto"},)))
    text = changed(edit(plan(), [fresh, Change((*place, 0), REMOVED)]))
    assert "        evidence:\n          - {ref: foto}\n        note" in text
    whole = Change(place, [{"ref": "foto"}])
    for one, other in ((whole, Change(place, REMOVED)), (Change((*place, 0), REMOVED), whole)):
        [refusal] = edit(plan(), [one, other]).refusals
        assert (refusal.message.key, refusal.change) == ("edit.removed", other)


@pytest.mark.parametrize(
    ("path", "new", "code"),
    [
        ((*FIRST, "progress"), 400, "E106"),
        ((*FIRST, "due"), "14/3/2025", "E105"),
        ((*FIRST, "pogress"), 1, "E101"),
        ((*SECOND, "after"), ["sehat-03"], "E203"),
        ((*FIRST, "id"), REMOVED, "E102"),
        ((*FIRST, "finished"), "2026-01-01", "E402"),
        (("programs", 0, "milestones", 9, "due"), "2025-03-01", None),
        ((*FIRST, "name", "short"), "x", None),
        ((*FIRST, "measure", "short", 0), "x", None),
        (("programs",), [], None),
        (("programs", 9), {}, None),
        (("nothing", 0, "name"), "x", None),
        ((), "x", None),
        ((*FIRST, "name"), Appended(("x",)), None),
    ],
)
def test_refused(path: tuple[str | int, ...], new: object, code: str | None) -> None:
    """What would be an error, or leads nowhere, changes nothing, not even what is right beside."""
    right = Change((*SECOND, "progress"), 10)
    edited = edit(plan(), [right, Change(path, new)])
    assert edited.texts == {}
    assert [one.code for one in edited.refusals][:1] == [code]
    assert Change(path, new) in [one.change for one in edited.refusals] or code in {"E102", "E203"}


def test_old_errors_stay_and_do_not_matter() -> None:
    """A plan with errors can be mended one by one; a value that is wrong anew is refused."""
    broken = plan(BODY.replace("progress: 40", "progress: banyak").replace("[sehat-01]", "[x-1]"))
    text = changed(edit(broken, [Change((*FIRST, "started"), "2025-03-01")]))
    assert "progress: banyak\n        started" in text
    [refusal] = edit(broken, [Change((*FIRST, "progress"), "sedikit")]).refusals
    assert (refusal.code, refusal.span.line) == ("E106", 10)


def test_a_file_that_is_not_whole() -> None:
    """A file with a syntax error is not written into; the others are."""
    loaded = plan(BODY + "  - id: [\n")
    [refusal] = edit(loaded, [Change((*FIRST, "progress"), 50)]).refusals
    assert refusal.message.key in {"edit.broken", "edit.nowhere"}
    assert "as_of: 2025-04-11" in changed(edit(loaded, [Change(("plan", "as_of"), "2025-04-11")]))


def test_short_delivery_taken_back_and_reported() -> None:
    """What is written in short becomes a mapping before the day of delivery goes out of it."""
    body = BODY.replace("sembawa]}", "sembawa], delivered: {betung: 2025-03-12}}")
    changes = [
        Change((*SECOND, "delivered", "betung", "on"), REMOVED),
        Change((*SECOND, "delivered", "betung", "reported"), "2025-04-10"),
    ]
    assert "delivered: {betung: {reported: 2025-04-10}}}" in changed(edit(plan(body), changes))
    assert "delivered" not in changed(edit(plan(body), changes[:1]))


# Everything that may be written into a plan

MILESTONE_KEYS = tuple(key for key in Milestone.model_fields if key not in {"id", "name"})
GIVEN = st.one_of(
    st.sampled_from(["no", "60", "2025-03-04", "5d", "all", "sehat-01", "a: b", "- x", "{", "~"]),
    st.text(max_size=8),
    st.integers(-5, 200),
    st.booleans(),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.lists(st.sampled_from(["betung", "sehat-02", "x"]), max_size=2),
    st.dictionaries(st.sampled_from(["on", "by", "what", "amount"]), st.just("2025-03-04")),
    st.just(REMOVED),
    st.just(Appended(("betung",))),
    st.just(Appended(({"since": date(2025, 3, 4), "what": "x"},))),
)
PLACES = st.one_of(
    st.tuples(st.sampled_from([FIRST, SECOND]), st.tuples(st.sampled_from(MILESTONE_KEYS))),
    st.tuples(
        st.sampled_from([FIRST, SECOND]),
        st.sampled_from(
            [
                ("delivered", "betung"),
                ("delivered", "betung", "on"),
                ("delivered", "x", "amount"),
                ("evidence", 0),
                ("evidence", 0, "kind"),
                ("after", 0, "lag"),
                ("target", "unit"),
            ]
        ),
    ),
).map(lambda parts: (*parts[0], *parts[1]))


@given(st.lists(st.builds(Change, PLACES, GIVEN), min_size=1, max_size=4))
def test_anything_at_all(changes: list[Change]) -> None:
    """Whatever is asked for, nothing raises; what is written has no error and says just that."""
    before = plan()
    edited = edit(before, changes)
    if edited.refusals:
        assert edited.texts == {}
        return
    after = load({**before.texts, **edited.texts}, NOW)
    assert after.errors == ()
    assert edited.loaded is not None
    for kind in ("programs", "milestones"):
        read, kept = getattr(after.scope, kind), getattr(edited.loaded.scope, kind)
        assert [one.value for one in read] == [one.value for one in kept]
    last = {change.path: change.new for change in changes}
    for path, new in last.items():
        overlaps = [one for one in last if one != path and one[: len(path)] == path[: len(one)]]
        if isinstance(new, str) and not overlaps:
            node = locate(after.root, path)
            node = node if isinstance(node, Scalar) else locate(after.root, (*path, "on"))
            assert isinstance(node, Scalar)
            assert node.text == new


SHIPPED = Path(__file__).resolve().parent.parent / "plans" / "banyuasin"


def test_every_milestone_of_the_shipped_plan() -> None:
    """A note and a weight for each at once: the model reads these; undone, all bytes are back."""
    before = load_plan(SHIPPED)
    changes = [
        Change((*one.path, key), new)
        for one in before.scope.milestones
        for key, new in (("note", "catatan uji"), ("weight", 3))
    ]
    edited = edit(before, changes)
    after = edited.loaded
    assert edited.refusals == ()
    assert after is not None
    assert len(edited.texts) == 28
    wanted = [
        one.value.model_copy(update={"note": "catatan uji", "weight": 3.0})
        for one in before.scope.milestones
    ]
    assert [one.value for one in after.scope.milestones] == wanted
    undone = [
        Change(
            (*one.path, key),
            REMOVED if key_of(before.root, (*one.path, key)) is None else old,
        )
        for one in before.scope.milestones
        for key, old in (("note", one.value.note), ("weight", f"{one.value.weight:g}"))
    ]
    assert {**edited.texts, **edit(after, undone).texts} == {
        name: before.texts[name] for name in edited.texts
    }
