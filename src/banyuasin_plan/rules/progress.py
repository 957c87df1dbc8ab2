"""Rules about what is reported: facts in order, none from the future, none vouched for by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.plan.model import Milestone
    from banyuasin_plan.rules.scope import Scope


def finished_before_started(scope: Scope) -> Iterator[Finding]:
    """A milestone that was finished before it began."""
    for one in scope.milestones:
        started, finished = one.value.started, one.value.finished
        if started and finished and finished < started:
            said = message("finished_before_started", finished=finished, started=started)
            yield Finding((*one.path, "finished"), said)


def in_the_future(scope: Scope) -> Iterator[Finding]:
    """A fact dated after the data date."""
    today = scope.today
    for one in scope.milestones:
        for path, day in _facts(one.value, one.path):
            if day > today:
                said = message("in_the_future", day=day, today=today)
                yield Finding(path, said, message("in_the_future.help"))
    for order in scope.decisions:
        for key in ("on", "done"):
            day = getattr(order.value, key)
            if day and day > today:
                said = message("in_the_future", day=day, today=today)
                yield Finding((*order.path, key), said, message("in_the_future.help"))


def done_without_finish(scope: Scope) -> Iterator[Finding]:
    """Progress of 100 without the day it was finished."""
    for one in scope.milestones:
        value = one.value
        if (
            value.progress == 100
            and value.finished is None
            and not value.districts
            and scope.reads(one.path, "finished")
        ):
            yield Finding(
                (*one.path, "progress"),
                message("done_without_finish"),
                message("done_without_finish.help"),
            )


def verified_unfinished(scope: Scope) -> Iterator[Finding]:
    """A verification of something that is not finished."""
    for one in scope.milestones:
        value = one.value
        if value.verified and not scope.reads(one.path, "finished", "districts", "delivered"):
            continue
        if value.verified and value.finished is None and not _all_delivered(scope, value):
            yield Finding(
                (*one.path, "verified"),
                message("verified_unfinished"),
                message("verified_unfinished.help"),
            )
        for name, fact in value.delivered.items():
            if fact.verified and fact.on is None:
                yield Finding(
                    (*one.path, "delivered", name, "verified"),
                    message("verified_unfinished.delivery"),
                    message("verified_unfinished.help"),
                )


def verified_by_owner(scope: Scope) -> Iterator[Finding]:
    """A milestone verified by the office that did it."""
    for one in scope.milestones:
        verified = one.value.verified
        if verified and verified.by == one.owner:
            yield Finding(
                (*one.path, "verified", "by"),
                message("verified_by_owner", name=verified.by),
                message("verified_by_owner.help"),
            )


def _all_delivered(scope: Scope, one: Milestone) -> bool:
    """Whether every district it is done in has its delivery."""
    places = scope.plan.everywhere(one.districts) if scope.plan else one.districts
    return bool(places) and all(
        place in one.delivered and one.delivered[place].on for place in places
    )


def _facts(one: Milestone, path: Path) -> Iterator[tuple[Path, date]]:
    """Every dated fact of a milestone; plans and promises are none."""
    for key in ("started", "finished", "reported"):
        if day := getattr(one, key):
            yield (*path, key), day
    for key in ("verified", "cancelled"):
        if fact := getattr(one, key):
            yield (*path, key, "on"), fact.on
    for key in ("returned", "evidence", "moved"):
        for place, fact in enumerate(getattr(one, key)):
            if fact.on:
                yield (*path, key, place, "on"), fact.on
    for name, fact in one.delivered.items():
        for key in ("on", "verified", "reported"):
            if day := getattr(fact, key):
                yield (*path, "delivered", name, key), day
    for place, blocker in enumerate(one.blockers):
        for key in ("since", "closed"):
            if day := getattr(blocker, key):
                yield (*path, "blockers", place, key), day
