"""Milestones that offices propose: read from a planning form, and taken in where that is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from banyuasin_plan.editing import Appended, Change
from banyuasin_plan.form import canonical
from banyuasin_plan.intake.days import far_off
from banyuasin_plan.intake.drafts import CLEARED, place_of
from banyuasin_plan.intake.outcomes import Place, Proposal, Reason
from banyuasin_plan.intake.repeating import repeat
from banyuasin_plan.plan.fields import ALL, parse_duration
from banyuasin_plan.plan.hints import EVERYWHERE, meant_duration
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from banyuasin_plan.form import Answer
    from banyuasin_plan.intake.drafts import Work
    from banyuasin_plan.plan.model import Program
    from banyuasin_plan.rules.scope import Placed
    from banyuasin_plan.words import Message

BETWEEN = re.compile(r"[,;\n]")
NUMBER = re.compile(r"-(\d{1,6})\Z", re.ASCII)
DIGITS = 2
"""How many digits the number of a milestone has at least."""


def next_id(known: Collection[str], program: str) -> str:
    """The id that a programme's next milestone has, one above its highest number: `gertas-13`."""
    digits = [
        found[1]
        for name in known
        if name.rpartition("-")[0] == program and (found := NUMBER.search(name))
    ]
    number = max(map(int, digits), default=0) + 1
    width = max((len(each) for each in digits), default=DIGITS)
    return f"{program}-{number:0{width}d}"


class Proposing:
    """The rows of a planning form on their way into the plan."""

    def __init__(self, work: Work) -> None:
        """Take the form, and the plan it is to come into."""
        scope = work.facts.loaded.scope
        self.work = work
        self.facts = work.facts
        self.draft = work.draft
        self.returned = work.returned
        self.programs: dict[str, Placed[Program]] = {one.value.id: one for one in scope.programs}
        self.milestones = scope.known("milestone").keys()
        self.districts = [one.value.id for one in scope.districts]

    def propose(self) -> None:
        """Read every row that says something; take it in with `--new`."""
        faulty = {Place(one.sheet, one.cell).row for one in self.returned.faults}
        seen: dict[tuple[str, str], Place] = {}
        for answers in self._rows():
            place = place_of(next(iter(answers.values())))
            if place.row in faulty:  # what could not be read of it has been told
                continue
            before = len(self.draft.reasons)
            program, values = self._read(answers, place)
            if program is None or len(self.draft.reasons) > before:
                continue
            key = (program.value.id, " ".join(str(values["name"]).casefold().split()))
            if (first := seen.setdefault(key, place)) != place:
                self.work.refuse(message("intake.proposed_twice", other=first.cell), place)
                continue
            if key in self.facts.names:
                repeat(self.work, self.facts.names[key], answers, values)
                continue
            cells = tuple((key, place_of(one)) for key, one in answers.items())
            name = self._add(program, values, Reason(message("intake.refused"), place, cells=cells))
            if self.work.terms.new:
                self.facts.names[key] = name
                self.facts.proposed[name] = values
            self.draft.proposals.append(
                Proposal(
                    program.value.id,
                    str(values["name"]),
                    values,
                    place,
                    name if self.work.terms.new else None,
                )
            )

    def _rows(self) -> Iterator[dict[str, Answer]]:
        """The answers of every row that is not empty, those put in below the others too."""
        proposals = {row.key for row in self.returned.sent.rows if row.milestone is None}
        rows: dict[str, dict[str, Answer]] = {}
        for one in self.returned.answers:
            if one.key in proposals and one.value not in {None, CLEARED}:
                rows.setdefault(one.key, {})[one.field] = one
        yield from rows.values()
        for answers in self.returned.added:
            if found := {one.field: one for one in answers if one.value not in {None, CLEARED}}:
                yield found

    def _read(
        self, answers: Mapping[str, Answer], place: Place
    ) -> tuple[Placed[Program] | None, dict[str, Any]]:
        """The programme and the milestone's keys; reasons where something can't be meant."""
        program = None
        if "program" in answers:
            name = _id(str(answers["program"].value))
            program = self.programs.get(name)
            if program is None:
                self._refuse(message("usage.program", name=name), answers["program"])
        else:
            self.work.refuse(message("intake.no_program"), place)
        values: dict[str, Any] = {}
        for key in ("name", "measure", "start", "due"):
            if key in answers:
                values[key] = answers[key].value
                if why := far_off(self.work, answers[key].value):
                    self._refuse(why, answers[key])
        if "name" not in values:
            self.work.refuse(message("intake.no_name"), place)
        values["name"] = canonical(values.get("name"))
        if "duration" in answers:
            values["duration"] = self._duration(answers["duration"])
        if "after" in answers:
            values["after"] = self._ids(answers["after"], self.milestones, "usage.id")
        if "districts" in answers:
            values["districts"] = self._places(answers["districts"])
        values |= self._amounts(answers)
        return program, values

    def _amounts(self, answers: Mapping[str, Answer]) -> dict[str, Any]:
        """What is to be reached, and what it costs."""
        values: dict[str, Any] = {}
        target, unit = answers.get("target"), answers.get("unit")
        if target and unit:
            values["target"] = {"amount": _short(target.value), "unit": unit.value}
        elif one := target or unit:
            self._refuse(message("intake.target_unit"), one)
        if budget := answers.get("budget"):
            values["budget"] = [{"amount": _short(budget.value)}]
        return values

    def _duration(self, answer: Answer) -> str | None:
        """Working days, or a duration as the plan or a person writes it."""
        given = canonical(answer.value) or ""
        text = f"{given}d" if isinstance(answer.value, float) else meant_duration(given) or given
        try:
            return str(parse_duration(text))
        except ValueError:
            self._refuse(message("bad_duration", given=given), answer)
            return None

    def _ids(self, answer: Answer, known: Collection[str], rule: str) -> list[str]:
        """Several ids, each with or without the name behind it."""
        names = [_id(part) for part in BETWEEN.split(str(answer.value)) if part.strip()]
        for name in names:
            if name not in known:
                self._refuse(message(rule, name=name), answer)
        return list(dict.fromkeys(names))

    def _places(self, answer: Answer) -> list[str] | str:
        if " ".join(str(answer.value).lower().split()) in EVERYWHERE:
            return ALL
        return self._ids(answer, self.districts, "usage.district")

    def _add(self, program: Placed[Program], values: Mapping[str, Any], blame: Reason) -> str:
        """Put the milestone at the end of its programme, under the next free id; so it is said.

        Without `--new` it is only seen whether the plan could take it.
        """
        owner = self.returned.sent.owner
        name = next_id(self.facts.ids, program.value.id)
        self.facts.ids.add(name)
        entry = {"id": name, **values, "owner": owner if owner != program.value.lead else None}
        change = Change((*program.path, "milestones"), Appended((entry,)))
        made = self.draft.made if self.work.terms.new else self.draft.offered
        made.append((change, blame))
        return name

    def _refuse(self, why: Message, answer: Answer) -> None:
        self.work.refuse(why, place_of(answer))


def _id(text: str) -> str:
    """What a choice names: its first word."""
    return text.strip().partition(" ")[0]


def _short(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
