"""Few meetings instead of many matters: who sits together about what, and who leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.alignment.matters import Matter
    from banyuasin_plan.plan.model import Plan

MOST_OFFICES = 6
"""How many offices a meeting takes in by merging; more than that settle nothing in an hour."""

APART = {"visits", "order"}
"""Matters that others are not merged with: visits are a calendar of their own; an order goes to
the first meeting in which its office sits anyway."""


class Meeting(NamedTuple):
    """Matters that are settled together, in the order in which they were merged."""

    matters: tuple[Matter, ...]

    @property
    def offices(self) -> tuple[str, ...]:
        """Who has to be there, each once."""
        return _each(one.offices for one in self.matters if one.kind != "order" or self.ordered)

    @property
    def ordered(self) -> bool:
        """Whether it is about nothing but an order."""
        return all(one.kind == "order" for one in self.matters)

    @property
    def camat(self) -> tuple[str, ...]:
        """Districts whose visits are settled."""
        return _each(one.camat for one in self.matters)

    @property
    def programs(self) -> tuple[str, ...]:
        """Programmes that it is about."""
        return _each(one.programs for one in self.matters)

    @property
    def about(self) -> tuple[str, ...]:
        """Milestones that it is about."""
        return _each(one.about for one in self.matters)

    @property
    def stuck(self) -> tuple[str, ...]:
        """Milestones that come later while it is not held."""
        return _each(one.stuck for one in self.matters)

    @property
    def held_up(self) -> tuple[str, ...]:
        """Milestones that wait because somebody is full."""
        return _each(one.about for one in self.matters if one.kind == "capacity")

    @property
    def decide_by(self) -> date | None:
        """The first day by which anything of it has to be decided."""
        return min((one.decide_by for one in self.matters if one.decide_by), default=None)


def meetings_of(matters: Iterable[Matter], day: date) -> list[Meeting]:
    """Matters merged into meetings, in their order.

    A matter joins the first meeting with which it shares a milestone or a programme, or whose
    offices are all there anyway (or the other way about), as long as no more than `MOST_OFFICES`
    come of it. An order that is late by that day and fits nowhere is a meeting of two.
    """
    table = _Table()
    orders = []
    for one in matters:
        if one.kind == "order":
            orders.append(one)
        elif one.kind in APART:
            table.open(one)
        else:
            table.seat(one)
    for one in orders:
        table.add_order(one, day)
    return [Meeting(tuple(found)) for found in table.meetings]


class _Table:
    """Meetings as they fill; found again by what they are about and by who comes."""

    def __init__(self) -> None:
        self.meetings: list[list[Matter]] = []
        self._offices: list[set[str]] = []
        self._by: dict[tuple[str, str], list[int]] = {}

    def seat(self, one: Matter) -> None:
        """Let a matter join where it fits, else open a meeting for it."""
        offices = set(one.offices)
        for place in self._candidates(one):
            linked = self._is_about(place, one)
            there = self._offices[place]
            if (linked or there <= offices or offices <= there) and (
                len(there | offices) <= max(MOST_OFFICES, len(there))
            ):
                self._add(place, one)
                return
        self.open(one)

    def open(self, one: Matter) -> None:
        """A meeting of its own."""
        self.meetings.append([])
        self._offices.append(set())
        self._add(len(self.meetings) - 1, one)

    def add_order(self, one: Matter, day: date) -> None:
        """Where the office that was ordered sits anyway; else, if late, by itself."""
        owner = one.offices[0]
        for place in self._by.get(("office", owner), ()):
            if all(each.kind not in APART for each in self.meetings[place]):
                self.meetings[place].append(one)
                return
        if one.decide_by and one.decide_by < day:
            self.open(one)

    def _candidates(self, one: Matter) -> list[int]:
        found = {place for key in _keys(one) for place in self._by.get(key, ())}
        return sorted(place for place in found if self.meetings[place][0].kind not in APART)

    def _is_about(self, place: int, one: Matter) -> bool:
        return any(place in self._by.get(key, ()) for key in _keys(one) if key[0] != "office")

    def _add(self, place: int, one: Matter) -> None:
        self.meetings[place].append(one)
        self._offices[place] |= set(one.offices)
        for key in _keys(one):
            places = self._by.setdefault(key, [])
            if place not in places:
                places.append(place)


def _keys(one: Matter) -> Iterator[tuple[str, str]]:
    yield from (("milestone", name) for name in one.about)
    yield from (("program", name) for name in one.programs)
    yield from (("office", name) for name in one.offices)


def chair_of(plan: Plan, offices: Sequence[str]) -> str | None:
    """Who leads: the first on the ladder of `reports_to` above all of them, or one of them.

    Of a single office that is whom it reports to. Who reports to nobody and has nobody below, as
    partners and camat do, is a guest; None where no one is above the others.
    """
    above = {one.id: one.reports_to for one in plan.owners}
    ladders = [
        ladder
        for who in offices
        for ladder in [_ladder(who, above)]
        if len(ladder) > 1 or who in above.values()
    ]
    if not ladders:
        return None
    first, *rest = ladders
    if not rest:  # an office alone, or with guests: whom it reports to, else it hosts them itself
        return first[1] if len(first) > 1 else first[0] if len(offices) > 1 else None
    return next((who for who in first if all(who in ladder for ladder in rest)), None)


def _ladder(who: str, above: Mapping[str, str | None]) -> list[str]:
    """Somebody and everybody above, up to where it ends or comes round."""
    found = [who]
    while (boss := above.get(found[-1])) and boss not in found:
        found.append(boss)
    return found


def _each(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in names for name in group))
