"""What is reported done and nobody else has seen yet: claims, and who is to look at them.

Work that is done district by district is claimed and verified delivery by delivery.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.tracking.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from banyuasin_plan.tracking import Standing


class Claim(NamedTuple):
    """A milestone, or its delivery in a district, that is reported done and not verified.

    `done` is the day it was done. `evidence` is what was shown for it; of a delivery, `of_whole` is
    what was shown for the milestone as a whole and may speak of it too, which no paper dated before
    the delivery does. `sent_back` is the day a verifier returned it, as long as nobody has reported
    since. `verifier` is who is to look at it, None where the programme names nobody or the very
    office that did the work. `whole` is False for a milestone that says it is finished while
    districts have not delivered: it can't be verified before they have.
    """

    one: Standing
    district: str | None
    done: date
    evidence: tuple[str, ...]
    of_whole: tuple[str, ...]
    sent_back: date | None
    verifier: str | None
    whole: bool = True

    @property
    def key(self) -> str:
        """The milestone's id, with its district where it has one."""
        name = self.one.milestone.id
        return f"{name}@{self.district}" if self.district else name

    @property
    def by(self) -> str | None:
        """Who says that it is done: the camat of the district, else the owner."""
        return self.district or self.one.case.owner

    @property
    def shown(self) -> bool:
        """Whether there is anything to verify it by."""
        return bool(self.evidence or self.of_whole)

    @property
    def waits(self) -> bool:
        """Whether it is the verifier's turn."""
        return self.sent_back is None and self.whole

    def falls_to(self, office: str) -> bool:
        """Whether an office is to look at it: named for it, or free to where nobody is named."""
        return self.verifier == office or (
            self.verifier is None and may_verify(self.one, self.district, office)
        )


def may_verify(one: Standing, district: str | None, office: str) -> bool:
    """Whether an office may vouch: neither who did the work nor who answers for it."""
    return office not in {district, one.case.owner}


def claims_of(standings: Iterable[Standing]) -> tuple[Claim, ...]:
    """Every claim, the longest waiting first."""
    found = [claim for one in standings for claim in _claims(one)]
    return tuple(sorted(found, key=lambda claim: (claim.done, claim.key)))


def _claims(one: Standing) -> Iterator[Claim]:
    milestone, places = one.milestone, one.case.places
    if one.case.state is State.CANCELLED or one.case.is_verified:
        return
    for place in places:
        fact = milestone.delivered.get(place)
        if fact and fact.on and not fact.verified:
            yield _claim(one, place, fact.on, fact.reported)
    missing = [p for p in places if not (p in milestone.delivered and milestone.delivered[p].on)]
    if one.case.finished and (missing or not places):
        claim = _claim(one, None, one.case.finished, milestone.reported)
        yield claim._replace(whole=not missing)


def _claim(one: Standing, place: str | None, done: date, reported: date | None) -> Claim:
    milestone = one.milestone
    own = milestone.delivered[place].evidence if place else None
    whole = tuple(
        each.ref for each in milestone.evidence if not place or not each.on or each.on >= done
    )
    verifier = one.program.verifier
    allowed = verifier is not None and may_verify(one, place, verifier)
    return Claim(
        one,
        place,
        done,
        ((own,) if own else ()) if place else whole,
        whole if place else (),
        _sent_back(one, place, max(done, reported or done)),
        verifier if allowed else None,
    )


def _sent_back(one: Standing, place: str | None, last: date) -> date | None:
    """The last day it was returned, unless something was reported later."""
    days = [each.on for each in one.milestone.returned if each.district in {None, place}]
    day = max(days, default=None)
    return day if day and day >= last else None
