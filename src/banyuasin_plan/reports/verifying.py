"""The form of a verifier: what is reported done and is to be looked at, claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.form import CLAIM, SCHEMA, Form, Row
from banyuasin_plan.form.shown import Line, Look, Page, Part, Shown
from banyuasin_plan.reports import heading_of
from banyuasin_plan.reports.form import day_of, name_of, short, titled
from banyuasin_plan.reports.verify import checked, claims_in
from banyuasin_plan.tracking.sampling import SEED
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking.claims import Claim
    from banyuasin_plan.tracking.sampling import Portion

CONTEXT = ("milestone", "done_on", "office", "shown")
MOST_SHOWN = 5
"""Pieces of evidence that are shown, the latest ones."""


def verify_form(  # noqa: PLR0913 - as every form, and how its rows are drawn
    material: Material,
    verifier: str,
    revision: str,
    lang: str,
    *,
    sample: Portion | None = None,
    seed: int = SEED,
) -> Page:
    """What a verifier is to look at on the data date; without parts where there is nothing.

    What was sent back waits for its owner and is not asked about.
    """
    claims = [one for one in claims_in(material, verifier) if one.waits]
    asked = claims if sample is None else checked(claims, sample, seed)
    shown = tuple(_shown(one, material) for one in asked)
    rows = tuple(one.row for one in shown if one.row)
    heading = heading_of(material)
    form = Form(SCHEMA, "verify", heading.plan, revision, verifier, material.as_of, str(lang), rows)
    return Page(
        form=form,
        title=message("form.title.verify", name=name_of(material, verifier)),
        day=day_of(heading),
        notice=heading.notice,
        parts=(Part("claim", CONTEXT, CLAIM, shown),) if shown else (),
        first=material.plan.plan.facts_from,
        last=material.as_of,
        past=True,
        begins=material.plan.plan.first,
    )


def verifiers_of(material: Material) -> tuple[str, ...]:
    """Every office that a claim names as its verifier, in the plan's order."""
    named = {one.verifier for one in claims_in(material) if one.waits}
    return tuple(one.id for one in material.plan.everybody() if one.id in named)


def _shown(claim: Claim, material: Material) -> Shown:
    milestone = claim.one.milestone.id
    row = Row(claim.key, milestone, claim.district, None, {field.id: None for field in CLAIM})
    who = Line(name_of(material, claim.by) if claim.by else "-")
    return Shown(row, (titled(claim.one), claim.done, (who,), tuple(_remarks(claim, material))))


def _remarks(claim: Claim, material: Material) -> Iterator[Line]:
    """How it is measured, what was shown, and what was sent back before."""
    milestone = claim.one.milestone
    if milestone.measure:
        yield Line(message("form.measure", measure=short(milestone.measure)))
    for ref in claim.evidence[-MOST_SHOWN:]:
        yield Line(message("form.evidence", ref=short(ref)), Look.STRONG)
    for ref in claim.of_whole[-MOST_SHOWN:]:
        yield Line(message("form.evidence_of_whole", ref=short(ref)))
    if not claim.shown:
        yield Line(message("form.no_evidence"), Look.BAD)
    for each in milestone.returned:
        if each.district in {None, claim.district}:
            by, why = name_of(material, each.by), short(each.why or "-")
            yield Line(message("form.returned.why", day=each.on, by=by, why=why), Look.FAINT)
