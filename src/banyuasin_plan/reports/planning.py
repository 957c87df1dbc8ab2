"""The form in which an office proposes milestones for its programmes.

A programme is an office's where it leads or supports it. Proposals may wait for what is not done
yet, in those programmes or in any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.form import PROPOSAL, SCHEMA, Form, Row
from banyuasin_plan.form.shown import Choice, Page, Part, Shown
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.reports import heading_of
from banyuasin_plan.reports.form import day_of, name_of, short, status_of, titled
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material

ROWS = 20
"""Empty rows of a form; whoever needs more asks for a second one."""


def planning_form(material: Material, owner: str, revision: str, lang: str) -> Page:
    """Empty rows for an owner's proposals; without parts where no programme is its own."""
    head, heading = material.plan.plan, heading_of(material)
    programs = [one for one in material.plan.programs if owner == one.lead or owner in one.support]
    own = {one.id for one in programs}
    sent = {field.id: None for field in PROPOSAL}
    rows = tuple(Row(f"new-{n:02}", None, None, None, sent) for n in range(1, ROWS + 1))
    shown = tuple(Shown(row, (str(n),)) for n, row in enumerate(rows, start=1))
    parts = (Part("proposal", ("number",), PROPOSAL, shown), _existing(material, own))
    return Page(
        form=Form(SCHEMA, "planning", head.id, revision, owner, material.as_of, str(lang), rows),
        title=message("form.title.planning", name=name_of(material, owner)),
        day=day_of(heading),
        notice=head.notice,
        parts=tuple(part for part in parts if part.rows) if programs else (),
        first=head.first,
        last=material.schedule.calendars.plans_until,
        past=False,
        choices={
            "program": tuple(Choice(one.id, short(one.name)) for one in programs),
            "after": _waited_for(material, own),
            "districts": _places(material),
        },
    )


def _existing(material: Material, own: set[str]) -> Part:
    """What those programmes hold already, so that nothing is proposed twice."""
    standings = [one for one in material.tracking.standings if one.program.id in own]
    rows = [Shown(None, (titled(one), one.case.due, status_of(one))) for one in standings]
    return Part("existing", ("milestone", "due", "status"), (), tuple(rows))


def _waited_for(material: Material, own: set[str]) -> tuple[Choice, ...]:
    """What is not done yet: of those programmes first, then of all others."""
    left = [one for one in material.tracking.standings if one.case.open]
    left.sort(key=lambda one: one.program.id not in own)
    return tuple(Choice(one.milestone.id, short(one.milestone.name)) for one in left)


def _places(material: Material) -> tuple[Choice, ...]:
    """All districts, then each."""
    places = tuple(Choice(one.id, short(one.name)) for one in material.plan.districts)
    return (Choice(ALL, ""), *places) if places else ()
