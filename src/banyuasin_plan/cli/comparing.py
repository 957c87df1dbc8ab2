"""`plan diff`: what changed in the plan, since a revision, a baseline or a day."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
from banyuasin_plan.tracking.baselines import side_of_baseline
from banyuasin_plan.tracking.changes import changes_between, changes_since
from banyuasin_plan.tracking.moves import Side
from banyuasin_plan.words import Message, message
from banyuasin_plan.workspace import find, shown

if TYPE_CHECKING:
    from datetime import date

    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.reports import Material
    from banyuasin_plan.revisions.repository import Commit, Repository
    from banyuasin_plan.revisions.snapshots import Snapshot
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.words import Lang
    from banyuasin_plan.workspace import Found

AGO = re.compile(r"(0|[1-9]\d{0,4})([dw])\Z", re.ASCII)
"""How long ago: days or weeks."""

AT_MOST = 2
"""Revisions that can be compared at once."""


class State(NamedTuple):
    """A plan as loaded on its data date, and where it comes from."""

    loaded: Loaded
    origin: Origin


def diff(**given: Any) -> int:
    """Say what changed; with `--exit-code` 1 where anything did."""
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
        past = Past(found, repository, _id_of(new.loaded), memory)
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
        past = Past(found, repository, _id_of(loaded), memory)
        old = past.before(loaded.as_of - timedelta(days=days))
    before, now = side_of(material_of(old.loaded)), side_of(material_of(loaded))
    return opened, changes_between(before, now)


class Past:
    """The states of a plan in its repository, as loaded."""

    def __init__(self, found: Found, repository: Repository, plan: str, memory: Memory) -> None:
        """The plan with that id, which was found there; files met before are not read again."""
        self.repository = repository
        self.plan = plan
        self._root = found.root
        self._memory = memory

    def state(self, name: str, same: date, day: date | None) -> State:
        """The plan at the revision of a name, on the day it holds itself, else on the `same` day.

        A `day` that was asked for holds in any case.
        """
        commit = self.repository.commit(name)
        snapshot = self.repository.snapshot(commit, self.plan)
        loaded = self.loaded(commit, snapshot, day)
        if not loaded.held and loaded.as_of != same:
            loaded = self.loaded(commit, snapshot, day or same)
        return self._state(loaded, commit, message("diff.named", name=name, hash=commit.short))

    def before(self, day: date) -> State:
        """The last revision whose data date is that day or an earlier one, judged on that day.

        A revision's data date is the one that its plan holds, else the day it was committed.
        """
        for commit, snapshot in self.repository.snapshots(self.plan):
            loaded = self.loaded(commit, snapshot, None)
            if loaded.as_of <= day:
                if not loaded.held:
                    loaded = self.loaded(commit, snapshot, day)
                return self._state(loaded, commit, message("diff.hash", hash=commit.short))
        hint = message("past.shallow.help") if self.repository.shallow else None
        raise NoPast(message("past.too_old", day=day), hint)

    def loaded(self, commit: Commit, snapshot: Snapshot, day: date | None) -> Loaded:
        """The plan at a revision; without a day on its own data date."""
        folder = self._root if self._root.is_dir() else self._root.parent
        texts = {shown(folder / path): data for path, data in snapshot.texts.items()}
        return load(texts, commit.when, day, self._memory, snapshot.shelf)

    def _state(self, loaded: Loaded, commit: Commit, name: Any) -> State:
        if loaded.plan is None or loaded.schedule is None:
            hint = message("past.unreadable.help", hash=commit.short)
            raise NoPast(message("past.unreadable", name=commit.short), hint)
        on = today_in(loaded.plan.plan.timezone, commit.when)
        return State(loaded, Origin(name, commit.hash, on, len(loaded.errors)))


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


def side_of(material: Material) -> Side:
    """What the comparison needs to know of a plan on its day."""
    return Side(material.plan, material.forecast, material.tracking)


def day_of_option(given: dict[str, Any]) -> date | None:
    """The data date asked for."""
    return day_of(given.get("today") or os.environ.get("PLAN_TODAY"))


def _later(found: Found, given: dict[str, Any], name: str, memory: Memory) -> tuple[State, Lang]:
    """The newer of two revisions, and the language of its plan."""
    now, day = datetime.now(UTC), day_of_option(given)
    current = load(found.texts(), now, day, memory)
    with repository_of(found.root) as repository:
        past = Past(found, repository, _id_of(current), memory)
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


def _id_of(loaded: Loaded) -> str:
    return loaded.scope.head.id if loaded.scope.head else ""


def _zone(loaded: Loaded) -> str:
    return loaded.scope.head.timezone if loaded.scope.head else "WIB"
