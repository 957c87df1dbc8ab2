"""Weeks of forms that go out and come back, against an oracle that knows who wrote what.

The oracle keeps every value with its author. It never looks at a form, a receipt or a YAML text:
what the program makes of them has to come to the same.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.sent_forms import book_of, cell_of, lines_of, sent_form, workbook_of

from banyuasin_plan.form import PROGRESS, Kind, Returned
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.book import Cell, Held
from banyuasin_plan.formats.returned.workbook import read_workbook
from banyuasin_plan.intake import Terms, take_in
from banyuasin_plan.reading import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.form import Form, Value
    from banyuasin_plan.intake import Intake
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Message

ROUNDS = 2000 if os.environ.get("PLAN_ALL_TESTS") == "1" else 300
FIRST = date(2025, 2, 20)
TODAY = date(2025, 4, 10)
NOW = datetime(2025, 4, 10, tzinfo=UTC)
FIELDS = {one.id: one.kind for one in PROGRESS if not one.adds and one.id != "blocker_closed"}
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners: [{id: dkp, name: Dinas Ketahanan Pangan}, {id: setda, name: Sekretariat Daerah}]
programs:
  - id: gertas
    name: Gertas
    lead: dkp
    milestones:
"""

At = tuple[str, str]
"""A milestone and a field."""


@dataclass
class World:
    """The plan as everybody in the story knows it: values, and who wrote each last."""

    values: dict[At, Value]
    reported: dict[str, date] = field(default_factory=dict)
    author: dict[At, str] = field(default_factory=dict)

    def text(self, rng: random.Random) -> bytes:
        """The plan's YAML, each milestone in a style of its own."""
        lines = [HEAD]
        for name in sorted({name for name, _ in self.values}):
            pairs = [("id", name), ("name", f"Rencana {name}")]
            pairs += [
                (key, _written(value))
                for (owner, key), value in self.values.items()
                if owner == name and value is not None
            ]
            if name in self.reported:
                pairs.append(("reported", self.reported[name].isoformat()))
            pairs.append(("target", "{amount: 900, unit: kader}"))
            said = [f"{key}: {text}" for key, text in pairs]
            if rng.random() < 0.5:
                lines.append(f"      - {{{', '.join(said)}}}\n")
            else:
                first, *rest = said
                lines.append(f"      - {first}  # baris\n")
                lines += [f"        {one}\n" for one in rest]
        return "".join(lines).encode()


def _written(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f'"{value}"'
    return f"{value:g}"


class Story:
    """One round: a form goes out, the plan goes on, answers come back."""

    def __init__(self, seed: int) -> None:
        """Begin with a plan of a few milestones."""
        self.seed = seed
        self.read: Loaded | None = None
        self.rng = random.Random(seed)  # noqa: S311 - the same story in every run
        names = [f"gertas-{n:02d}" for n in range(1, self.rng.randint(2, 7))]
        self.fresh = iter(range(1, 10_000))
        self.world = World(
            {
                (name, key): self.value(kind) if self.rng.random() < 0.5 else None
                for name in names
                for key, kind in FIELDS.items()
            }
        )
        self.names = names
        self._keep_dates_in_order()
        self.texts = {"plan.yaml": self.world.text(self.rng)}
        self.form: Form = sent_form(self.loaded(), "dkp")
        self.sent = dict(self.world.values)
        self.receipts: Receipts = {}

    def loaded(self) -> Loaded:
        """The plan as its files say, read once for each text."""
        text = self.texts["plan.yaml"]
        if self.read is None or self.read.texts["plan.yaml"] != text:
            self.read = load(dict(self.texts), NOW)
            assert not self.read.errors, self.read.errors
        return self.read

    def value(self, kind: Kind) -> Value:
        """A value that nobody has written before."""
        number = next(self.fresh)
        if kind is Kind.DATE:
            return FIRST - timedelta(days=number % 300)
        if kind is Kind.PERCENT:
            return float(number % 97) + 1 + (number // 97) / 100
        return f"catatan {number}" if kind is Kind.TEXT else float(number)

    def edit_plan(self) -> None:
        """Somebody else changes some values, which can't be forms' doing."""
        for at in self.world.values:
            if self.rng.random() < 0.12:
                old = self.world.values[at]
                self.world.values[at] = self._another(at)
                self.world.author[at] = "other"
                if self.world.values[at] == old:
                    self.world.author.pop(at)
        self._keep_dates_in_order()
        self.texts = {"plan.yaml": self.world.text(self.rng)}

    def _another(self, at: At) -> Value:
        return None if self.rng.random() < 0.2 else self.value(FIELDS[at[1]])

    def _keep_dates_in_order(self) -> None:
        """Nothing finishes before it begins: the plan would be wrong for another reason."""
        for name in self.names:
            begun, done = self.world.values[name, "started"], self.world.values[name, "finished"]
            if isinstance(begun, date) and isinstance(done, date) and done < begun:
                self.world.values[name, "started"] = None
                self.world.author[name, "started"] = "other"

    def answer(self, number: int) -> tuple[Returned | Message, dict[At, Value], bool]:
        """A form that comes back: what was read, what it says, and whether it must be refused."""
        said: dict[At, Value] = {}
        lines = [(key, self._filled(key, cells, said)) for key, cells in lines_of(self.form)]
        self.rng.shuffle(lines)
        wrong = False
        if self.rng.random() < 0.2:
            lost = lines.pop()
            said = {at: value for at, value in said.items() if at[0] != lost[0]}
        if lines and self.rng.random() < 0.06:
            lines.insert(0, self.rng.choice(lines))
            wrong = True
        if self.rng.random() < 0.06:
            lines.append(("gertas-99", {"progress": Cell(Held.NUMBER, 0.5, percent=True)}))
            wrong = True
        if self.rng.random() < 0.2:
            lines.append(("", {"note": Cell(Held.TEXT, "rapat tambahan")}))
        wrong = wrong or not any(key for key, _ in lines)
        columns = self.rng.sample(range(1, 30), len(PROGRESS) + 2)
        top = self.rng.randint(1, 9)
        saved = f"2025-04-{number:02d}T08:00:00Z"
        book = book_of(self.form, lines, columns=columns, top=top, saved=saved)
        if self.seed % 25 == 0:  # what takes long is done now and then
            book = read_workbook(workbook_of(book))
        return returned_form(book), said, wrong

    def _filled(
        self, key: str, cells: Mapping[str, Cell], said: dict[At, Value]
    ) -> dict[str, Cell]:
        """A row with some cells written in, and at times one emptied, which says nothing."""
        mine = dict(cells)
        for name, kind in FIELDS.items():
            likely = 0.03 if name in {"started", "finished"} else 0.15
            if self.rng.random() < likely:
                value = self._another((key, name))
                mine[name] = Cell(Held.TEXT, "-") if value is None else cell_of(value, kind)
                said[key, name] = value
            elif self.rng.random() < 0.02:
                mine.pop(name, None)
        return mine

    def take(self, returned: Returned | Message) -> Intake:
        """The program's part."""
        done = take_in(self.loaded(), {"form.xlsx": returned}, self.receipts, Terms(TODAY))
        assert done.edited.refusals == ()
        self.receipts = done.receipts
        self.texts |= done.edited.texts
        return done


@dataclass
class Expected:
    """What the oracle says should come of an answer."""

    refused: bool
    conflicts: set[At]
    values: dict[At, Value]
    reported: set[str]


def expected(story: Story, said: dict[At, Value], *, wrong: bool) -> Expected:
    """Who wrote what decides: an office may overwrite itself and what stands as it was sent."""
    world = story.world
    told = {at: value for at, value in said.items() if value != story.sent[at]}
    conflicts = {
        at
        for at, value in told.items()
        if world.values[at] not in {value, story.sent[at]} and world.author.get(at) != "office"
    }
    dates = {**world.values, **told}
    reversed_dates = any(
        isinstance(begun := dates[name, "started"], date)
        and isinstance(done := dates[name, "finished"], date)
        and done < begun
        for name in story.names
    )
    if wrong or conflicts or reversed_dates:
        return Expected(wrong or reversed_dates, conflicts, dict(world.values), set())
    changed = {at for at, value in told.items() if world.values[at] != value}
    fresh = {name for name, _ in told if name not in world.reported}
    return Expected(False, set(), dates, {name for name, _ in changed} | fresh)  # noqa: FBT003


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_rounds(block: int) -> None:
    """No value is lost or brought back in silence, and every conflict is reported."""
    seen = {"taken": 0, "refused": 0, "conflicts": 0}
    for seed in range(block * ROUNDS // 10, (block + 1) * ROUNDS // 10):
        story = Story(seed)
        for number in range(1, story.rng.randint(1, 3) + 1):
            if story.rng.random() < 0.7:
                story.edit_plan()
            returned, said, wrong = story.answer(number)
            wanted = expected(story, said, wrong=wrong)
            _play(story, returned, said, wanted, seen)
    assert all(count > ROUNDS // 100 for count in seen.values()), seen


def _play(
    story: Story,
    returned: Returned | Message,
    said: dict[At, Value],
    wanted: Expected,
    seen: dict[str, int],
) -> None:
    before = dict(story.texts)
    [outcome] = story.take(returned).outcomes
    found = {(one.milestone, one.field) for one in outcome.conflicts}
    if not wanted.refused:
        assert found == wanted.conflicts
        assert not outcome.reasons, outcome.reasons
    assert outcome.accepted is not (wanted.refused or bool(wanted.conflicts))
    seen["refused"] += wanted.refused
    seen["conflicts"] += len(found)
    seen["taken"] += len(outcome.taken)
    if not outcome.accepted:
        assert story.texts == before
        return
    after = {one.value.id: one.value for one in story.loaded().scope.milestones}
    for (name, key), value in wanted.values.items():
        assert getattr(after[name], key) == value, (name, key)
    for at, value in said.items():
        if value != story.sent[at] and (wanted.values[at] != story.world.values[at]):
            story.world.author[at] = "office"
    story.world.values = wanted.values
    story.world.reported |= dict.fromkeys(wanted.reported, TODAY)
    assert {name: one.reported for name, one in after.items() if one.reported} == (
        story.world.reported
    )
    again = dict(story.texts)
    story.take(returned)
    assert story.texts == again
