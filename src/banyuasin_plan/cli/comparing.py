"""`plan diff`: what changed in the plan, since a revision, a baseline or a day."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.past import Past, State, side_of
from banyuasin_plan.cli.reporting import (
    MOST_DAYS,
    choose,
    day_of,
    deliver_report,
    material_of,
    open_texts,
    reader,
    wanted_by,
)
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.plan.fields import is_id
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.reading.baselines import baseline_named
from banyuasin_plan.reading.remembering import Memory
from banyuasin_plan.reading.shaping import today_in
from banyuasin_plan.reports.diff import Origin, report
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.revisions.repository import repository_of
from banyuasin_plan.schedule.pausing import garbage_left_alone
from banyuasin_plan.tracking.baselines import side_of_baseline
from banyuasin_plan.tracking.changes import changes_between, changes_since
from banyuasin_plan.words import Message, message
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.words import Lang
    from banyuasin_plan.workspace import Found

AGO = re.compile(r"(0|[1-9]\d{0,4})([dw])\Z", re.ASCII)
"""How long ago: days or weeks."""

AT_MOST = 2
"""Revisions that can be compared at once."""


def diff(**given: Any) -> int:
    """Say what changed; with `--exit-code` 1 where anything did."""
    with garbage_left_alone():  # two plans live until the end, and nothing of them is garbage
        return _diff(given)


def _diff(given: dict[str, Any]) -> int:
    form = choose(given["format"] or "table", FORMATS, "--format")
    names = given["revisions"] or []
    days = _asked(names, given)
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    memory = Memory()
    if len(names) == AT_MOST:
        new, lang = _later(found, given, names[1], memory)
    else:
        opened = open_texts(given, found.texts(), memory, found.shelf)
        if opened is None:
            return 1
        new, lang = State(opened.loaded, Origin(message("diff.files"))), opened.lang
    material = material_of(new.loaded)
    if given["baseline"]:
        changes, origin = _since_baseline(found, given["baseline"], new.loaded, material)
        return _delivered(changes, material, (origin, new.origin), given, form, lang)
    with repository_of(found.root) as repository:
        past = Past(found, repository, new.loaded, memory)
        if days is None:
            old = past.state(names[0] if names else "HEAD", new.loaded.as_of, day_of_option(given))
        else:
            old = past.before(new.loaded.as_of - timedelta(days=days))
    changes = changes_between(side_of(material_of(old.loaded)), side_of(material))
    return _delivered(changes, material, (old.origin, new.origin), given, form, lang)


def _delivered(
    changes: Changes,
    material: Material,
    origins: tuple[Origin, Origin],
    given: dict[str, Any],
    form: str,
    lang: Lang,
) -> int:
    """The report of what is asked for of the changes, and the exit code."""
    if wanted := wanted_by(material.plan, given, parties=False):
        changes = changes.only(wanted)
    deliver_report(report(material, changes, *origins), form, lang, given["output"])
    return int(given["exit_code"] and bool(changes))


def what_changed(given: dict[str, Any]) -> tuple[Opened, Changes] | None:
    """The plan as it is, and what changed in it in the time that `--since` names.

    None, its findings on stderr, when the plan has errors that stop a report.
    """
    days = _asked([], {**given, "baseline": None}) or 0
    found, memory = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd()), Memory()
    opened = open_texts(given, found.texts(), memory, found.shelf)
    if opened is None:
        return None
    loaded = opened.loaded
    with repository_of(found.root) as repository:
        past = Past(found, repository, loaded, memory)
        old = past.before(loaded.as_of - timedelta(days=days))
    before, now = side_of(material_of(old.loaded)), side_of(material_of(loaded))
    return opened, changes_between(before, now)


def _since_baseline(
    found: Found, name: str, loaded: Loaded, material: Material
) -> tuple[Changes, Origin]:
    """What changed since a saved baseline, and the words for it."""
    plan = loaded.scope.plan
    if plan is None:
        raise AssertionError
    if not is_id(name):
        raise Usage(message("usage.baseline.id", name=name), message("usage.baseline.help"))
    kept = baseline_named(name, material.plan.plan.id, found.shelf)
    if isinstance(kept, Message):
        raise NoPast(kept, message("baseline_unread.help"))
    before = side_of_baseline(kept, plan, side_of(material))
    origin = Origin(message("diff.baseline", name=name))
    return changes_since(before, side_of(material)), origin


def day_of_option(given: dict[str, Any]) -> date | None:
    """The data date asked for."""
    return day_of(given.get("today") or os.environ.get("PLAN_TODAY"))


def _later(found: Found, given: dict[str, Any], name: str, memory: Memory) -> tuple[State, Lang]:
    """The newer of two revisions, and the language of its plan."""
    now, day = datetime.now(UTC), day_of_option(given)
    current = load(found.texts(), now, day, memory)
    with repository_of(found.root) as repository:
        past = Past(found, repository, current, memory)
        commit = repository.commit(name)
        today = today_in(_zone(current), now)
        state = past.state(name, today, day)
    if state.loaded.errors:
        raise NoPast(message("past.unreadable", name=commit.short))
    return state, reader(given, state.loaded)


def _asked(names: list[str], given: dict[str, Any]) -> int | None:
    """How many days back, where that is asked; refuses what can't be meant together."""
    if len(names) > AT_MOST:
        raise Usage(message("usage.extra", name=" ".join(names[AT_MOST:])))
    if sum(map(bool, (names, given["since"], given["baseline"]))) > 1:
        raise Usage(message("usage.diff"), message("usage.diff.help"))
    if not given["since"]:
        return None
    ago = AGO.match(given["since"])
    days = int(ago[1]) * (7 if ago[2] == "w" else 1) if ago else MOST_DAYS + 1
    if days > MOST_DAYS:
        raise Usage(message("usage.ago", given=given["since"]))
    return days


def _zone(loaded: Loaded) -> str:
    return loaded.scope.head.timezone if loaded.scope.head else "WIB"
