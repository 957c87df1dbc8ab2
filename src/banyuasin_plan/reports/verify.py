"""What is reported done and not verified, with what was shown for it; or a spot check of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import HIDDEN, Cell, Column, Figure, Figures, Kind, Report, Table
from banyuasin_plan.reports import Material, heading_of
from banyuasin_plan.tracking.claims import claims_of
from banyuasin_plan.tracking.sampling import SEED, draw
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banyuasin_plan.tracking.claims import Claim
    from banyuasin_plan.tracking.sampling import Portion

CLAIMS = (
    Column("id", Kind.ID),
    Column("district", Kind.ID),
    Column("name", Kind.TEXT),
    Column("program", Kind.ID, rank=HIDDEN),
    Column("owner", Kind.ID),
    Column("done_on", Kind.DATE, rank=4),
    Column("office_days", Kind.COUNT, rank=2),
    Column("evidence", Kind.SENTENCE, rank=2),
    Column("evidence_of_whole", Kind.SENTENCE, rank=3, sparse=True),
    Column("verifier", Kind.ID, rank=5),
    Column("returned", Kind.DATE, rank=3),
    Column("deliveries_missing", Kind.COUNT, rank=8, bad=True),
)


def report(
    material: Material,
    sample: Portion | None = None,
    seed: int = SEED,
    verifier: str | None = None,
) -> Report:
    """Every claim, the longest waiting first; with `sample` those drawn to be looked at.

    `verifier` leaves those that fall to one office. What was sent back and not reported again waits
    for its owner: it is listed, never drawn.
    """
    claims = claims_in(material, verifier)
    shown = checked(claims, sample, seed) if sample else claims
    rows = tuple(_row(one, material) for one in shown)
    empty = message("none.claims")
    figures = _figures(material, claims, None if sample is None else (len(shown), seed))
    return Report("verify", heading_of(material), (figures, Table("claims", CLAIMS, rows, empty)))


def claims_in(material: Material, verifier: str | None = None) -> tuple[Claim, ...]:
    """The claims of the milestones shown that fall to the verifier, in the districts asked for."""
    places = {one.id for one in material.plan.districts} & material.asked
    return tuple(
        one
        for one in claims_of(material.tracking.standings)
        if (verifier is None or one.falls_to(verifier))
        and (not places or one.district is None or one.district in places)
    )


def checked(claims: Sequence[Claim], sample: Portion, seed: int) -> tuple[Claim, ...]:
    """The spot check of those that wait for their verifier."""
    return draw([one for one in claims if one.waits], sample, seed)


def _figures(material: Material, claims: Sequence[Claim], drawn: tuple[int, int] | None) -> Figures:
    found = material.tracking.figures()
    bare = sum(not one.shown for one in claims)
    shared = sum(one.shown and not one.evidence for one in claims)
    back = sum(one.sent_back is not None for one in claims)
    count, seed = (drawn[0], str(drawn[1])) if drawn else (None, None)
    return Figures(
        (
            Figure("claims", Kind.COUNT, len(claims)),
            Figure("without_evidence", Kind.COUNT, bare),
            Figure("shown_for_whole", Kind.COUNT, shared, shown=shared > 0),
            Figure("sent_back", Kind.COUNT, back),
            Figure("sample", Kind.COUNT, count, shown=drawn is not None),
            Figure("seed", Kind.ID, seed, shown=drawn is not None),
            Figure("actual_percent", Kind.PERCENT, found.actual_percent),
            Figure("verified_percent", Kind.PERCENT, found.verified_percent),
        )
    )


def _row(claim: Claim, material: Material) -> tuple[Cell, ...]:
    one = claim.one
    missing = [p for p in one.case.places if not _is_delivered(claim, p)]
    return (
        one.milestone.id,
        claim.district,
        one.milestone.name,
        one.program.id,
        one.case.owner,
        claim.done,
        material.schedule.calendars.office_days(claim.done, material.as_of),
        claim.evidence,
        claim.of_whole,
        claim.verifier,
        claim.sent_back,
        None if claim.whole else len(missing),
    )


def _is_delivered(claim: Claim, place: str) -> bool:
    fact = claim.one.milestone.delivered.get(place)
    return fact is not None and fact.on is not None
