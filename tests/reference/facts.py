"""What is known of a milestone on a data date: which facts count, and how far it is."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.reference.days import Written


class State(Enum):
    """How a milestone takes part in a schedule."""

    NOT_BEGUN = auto()
    RUNNING = auto()
    FINISHED = auto()
    CANCELLED = auto()


class Facts(NamedTuple):
    """A milestone's state; where it has begun, since when; how much is done; its last day.

    `told` is the last day on which anybody said anything about it.
    """

    state: State = State.NOT_BEGUN
    began: date | None = None
    share: Fraction = Fraction(0)
    finished: date | None = None
    told: date | None = None


def day_of(text: str | None) -> date | None:
    """A day as written, or none."""
    return date.fromisoformat(text) if text else None


def _known(text: str | None, as_of: date) -> date | None:
    """A fact's day, unless it lies behind the data date."""
    day = day_of(text)
    return day if day and day <= as_of else None


def due_of(milestone: Written, as_of: date | None) -> date | None:
    """The promise; on a data date the one that stood then, for it may have been moved since."""
    for move in milestone.get("moved", ()):
        if as_of and date.fromisoformat(move["on"]) > as_of:
            return day_of(move["from"])
    return day_of(milestone.get("due"))


def facts_of(milestone: Written, districts: list[str], as_of: date | None) -> Facts:
    """What is known on the data date; the plan as written knows no facts."""
    if as_of is None:
        return Facts()
    if _known(milestone.get("cancelled", {}).get("on"), as_of):
        return Facts(State.CANCELLED)
    delivered = [
        day for text in milestone.get("delivered", {}).values() if (day := _known(text, as_of))
    ]
    finished = _known(milestone.get("finished"), as_of)
    if districts and len(delivered) == len(districts):
        finished = finished or max(delivered)
    progress, reported = _reported(milestone, as_of)
    signs = [*delivered, *([reported] if progress and reported else [])]
    started = _known(milestone.get("started"), as_of)
    began = started or min(signs, default=None)
    words = [*delivered, *(day for day in (reported, started) if day)]
    said = "progress" in milestone or "achieved" in milestone
    if "reported" not in milestone and not delivered and said:
        words = [as_of]
    if finished:
        return Facts(State.FINISHED, min(began or finished, finished), Fraction(1), finished)
    share = Fraction(len(delivered), len(districts)) if districts else progress
    if began or share:
        return Facts(State.RUNNING, began or as_of, share, told=max(words, default=None))
    return Facts()


def _reported(milestone: Written, as_of: date) -> tuple[Fraction, date | None]:
    """The share that was reported, 0 to 1, and when; a later report is not known yet."""
    reported = _known(milestone.get("reported"), as_of)
    if "reported" in milestone and not reported:
        return Fraction(0), None
    if "progress" in milestone:
        return Fraction(milestone["progress"]) / 100, reported
    if "achieved" in milestone and "target" in milestone:
        share = Fraction(milestone["achieved"]) / Fraction(milestone["target"]["amount"])
        return min(share, Fraction(1)), reported
    return Fraction(0), reported
