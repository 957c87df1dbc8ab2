"""Offices and camat with nothing left to do, and why: never asked, or all of it done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.plan.model import OwnerKind, owner_of
from banyuasin_plan.schedule.network import finish_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Milestone, Plan, Program


class Part(NamedTuple):
    """What an office or camat does itself: how many milestones, how many of them are done.

    `last` is the day on which the last of those was done; `supports` counts open milestones it
    helps with, `verifies` open ones of programmes whose verifier it is.
    """

    milestones: int
    done: int
    last: date | None
    supports: int
    verifies: int

    @property
    def idle(self) -> bool:
        """Whether nothing of its own is left."""
        return self.milestones == self.done


class _Counts:
    """The same while it is counted."""

    def __init__(self) -> None:
        self.milestones = self.done = self.supports = self.verifies = 0
        self.last: date | None = None

    def add(self, finished: date | None) -> None:
        """One more milestone of its own, and the day it was done."""
        self.milestones += 1
        if finished:
            self.done += 1
            self.last = max(self.last or finished, finished)


def parts_of(plan: Plan) -> Iterator[tuple[str, Part]]:
    """The part of every agency and every district, in the plan's order.

    A district has what its camat owns and what is done there one by one. Leaders, teams and
    partners have other work than the plan's, so nobody calls them idle. Cancelled milestones
    count nowhere.
    """
    agencies = [one.id for one in plan.owners if one.kind is OwnerKind.AGENCY]
    counts = {name: _Counts() for name in (*agencies, *(one.id for one in plan.districts))}
    for program in plan.programs:
        for one in program.milestones:
            if not one.cancelled:
                _count(one, program, plan.everywhere(one.districts), counts)
    for name, found in counts.items():
        yield (
            name,
            Part(found.milestones, found.done, found.last, found.supports, found.verifies),
        )


def _count(
    one: Milestone, program: Program, places: Sequence[str], counts: Mapping[str, _Counts]
) -> None:
    """A milestone, for everybody who has part in it."""
    owner, done = owner_of(one, program), finish_of(one, places)
    for who in dict.fromkeys((*places, *([owner] if owner else ()))):
        if who in counts:
            fact = one.delivered.get(who) if who in places else None
            counts[who].add(done or (fact.on if fact else None))
    if done:
        return
    for who in {*one.support, *program.support} & set(counts):
        counts[who].supports += 1
    if program.verifier and program.verifier in counts:
        counts[program.verifier].verifies += 1
