"""What stands in the way of a milestone, as far as anybody reported: no date moves by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.report import HIDDEN, Cell, Column, Kind
from banyuasin_plan.tracking import State
from banyuasin_plan.tracking.colours import limits_of
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from banyuasin_plan.plan.model import Blocker, Returned
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking import Standing
    from banyuasin_plan.words import Message

OBSTACLES = (
    Column("id", Kind.ID),
    Column("kind", Kind.ID, rank=HIDDEN),
    Column("detail", Kind.SENTENCE),
    Column("owner", Kind.ID, rank=2),
    Column("since", Kind.DATE, rank=3),
    Column("decide_by", Kind.DATE, rank=4),
)


class Obstacle(NamedTuple):
    """One thing in the way.

    `kind` is districts, blocker, returned or stale; `owner` is who has to act, `since` when it
    began, `decide_by` when a decision is or was due.
    """

    kind: str
    detail: Message
    owner: str | None
    since: date | None
    decide_by: date | None = None


def rows_of(chain: Sequence[Standing], material: Material) -> tuple[tuple[Cell, ...], ...]:
    """What stands in the way of the open milestones of a chain, the asked one first."""
    return tuple(
        (one.milestone.id, each.kind, each.detail, each.owner, each.since, each.decide_by)
        for one in chain
        for each in obstacles_of(one, material)
    )


def obstacles_of(one: Standing, material: Material) -> Iterator[Obstacle]:
    """What stands in the way of a milestone that is under way or not begun."""
    if not one.case.open:
        return
    yield from _missing(one, material)
    for blocker in one.case.blockers:
        yield _blocked(blocker, one, material)
    yield from _returned(one)
    yield from _stale(one, material)


def _missing(one: Standing, material: Material) -> Iterator[Obstacle]:
    """Districts that have not delivered, once it is their turn."""
    case = one.case
    if case.state is State.NOT_STARTED and case.promise[0] > material.as_of.toordinal():
        return
    delivered = case.milestone.delivered
    missing = [place for place in case.places if place not in delivered or not delivered[place].on]
    if missing:
        names = {place.id: place.name for place in material.plan.districts}
        said = message(
            "obstacle.districts",
            count=len(missing),
            of=len(case.places),
            names=tuple(names.get(place, place) for place in missing),
        )
        yield Obstacle("districts", said, case.owner, case.began)


def _blocked(blocker: Blocker, one: Standing, material: Material) -> Obstacle:
    """An open blocker: what, what it needs, and whether its decision is late."""
    due, today = blocker.decide_by, material.as_of
    said = message("obstacle.need", what=blocker.what, need=blocker.need) if blocker.need else None
    what: Message | str = said or blocker.what
    if due is None:
        detail = message("obstacle.blocker.undated", what=what)
    elif due < today:
        late = one.case.calendars.office_days(due, today)
        detail = message("obstacle.blocker.late", what=what, days=late)
    else:
        detail = message("obstacle.blocker", what=what)
    return Obstacle("blocker", detail, blocker.owner, blocker.since, due)


def returned_claims(one: Standing) -> Iterator[Returned]:
    """Claims sent back that nobody has reported on since, each by whom it was made."""
    for claim in one.milestone.returned:
        fact = one.milestone.delivered.get(claim.district) if claim.district else None
        reported = fact.reported if fact else one.milestone.reported
        if reported is None or reported <= claim.on:
            yield claim


def _returned(one: Standing) -> Iterator[Obstacle]:
    """Claims sent back; the camat has to act, where it is a delivery."""
    for claim in returned_claims(one):
        said = (
            message("obstacle.returned.why", by=claim.by, why=claim.why)
            if claim.why
            else message("obstacle.returned", by=claim.by)
        )
        yield Obstacle("returned", said, claim.district or one.case.owner, claim.on)


def _stale(one: Standing, material: Material) -> Iterator[Obstacle]:
    """A last report that is older than the plan tolerates."""
    case, last = one.case, one.case.last_report
    if case.state is not State.IN_PROGRESS:
        return
    if last is None:
        yield Obstacle("stale", message("obstacle.silent"), case.owner, None)
        return
    days = case.calendars.office_days(last, material.as_of)
    if days > limits_of(one.program.tolerance, material.plan.plan.tolerance).stale:
        yield Obstacle("stale", message("obstacle.stale", days=days), case.owner, last)
