"""`plan diff`: what changed in the plan, since a revision, a baseline or a day."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.past import Past, State, past_of, side_of
from banyuasin_plan.cli.reporting import (
    MOST_DAYS,
    choose,
    day_of,
    deliver_report,
    language,
    material_of,
    open_texts,
    wanted_by,
)
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.plan.fields import is_id
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.reading.baselines import baseline_named
from banyuasin_plan.reading.remembering import Memory
from banyuasin_plan.reading.shaping import HOURS_AHEAD, today_in
from banyuasin_plan.reports.diff import Origin, difference, report
from banyuasin_plan.revisions.answers import Answer, keep_answer, kept_answer
from banyuasin_plan.revisions.keeping import cache_folder, maker
from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.revisions.repository import repository_of
from banyuasin_plan.source.pausing import garbage_left_alone
from banyuasin_plan.tracking.baselines import side_of_baseline
from banyuasin_plan.tracking.changes import changes_between, changes_since
from banyuasin_plan.words import Lang, Message, message
from banyuasin_plan.workspace import find, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.reports import Material
    from banyuasin_plan.revisions.repository import Repository
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.workspace import Found

AGO = re.compile(r"(0|[1-9]\d{0,4})([dw])\Z", re.ASCII)
"""How long ago: days or weeks."""

ASKED = (
    "baseline",
    "since",
    "owner",
    "with_support",
    "program",
    "group",
    "district",
    "keep_going",
)
"""The options by which an answer is another; how it is written out is not among them."""

AT_MOST = 2
"""Revisions that can be compared at once."""


def diff(**given: Any) -> int:
    """Say what changed; with `--exit-code` 1 where anything did."""
    with garbage_left_alone():  # two plans live until the end, and nothing of them is garbage
        return _diff(given)


def _diff(given: dict[str, Any]) -> int:
    form = choose(given["format"] or "table", FORMATS, "--format")
    question = Question(given["revisions"] or [], _asked(given["revisions"] or [], given), given)
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    files = found.read()
    folder = cache_folder()
    with past_of(found) as past:
        key = _key(question, found, files, past)
        answer = kept_answer(folder, key) if key else None
        if answer is None:
            texts = {shown(file): data for file, data in files.items()}
            worked = _compared(question, found, texts, past)
            if worked is None:
                return 1
            answer, sound = worked
            if key and sound:  # findings of what is left out are to be told again
                keep_answer(folder, key, answer)
    deliver_report(report(answer.found), form, language(given, answer.lang), given["output"])
    return int(given["exit_code"] and bool(answer.found))


class Question(NamedTuple):
    """What is to be compared: revisions by name, or how many days back, and all that was given."""

    names: list[str]
    days: int | None
    given: dict[str, Any]

    @property
    def all(self) -> list[object]:
        """Everything that the answer hangs on besides texts and the past."""
        given = [self.given[name] for name in ASKED]
        return [self.names, self.days, str(day_of_option(self.given)), *given]


def _key(
    question: Question, found: Found, files: Mapping[Path, bytes], past: Repository | NoPast
) -> str | None:
    """The name of an answer: the program, the texts, the revisions, the day, what was asked.

    None where the revisions asked for are not there.
    """
    now = datetime.now(UTC)
    days = sorted({str(today_in(zone, now)) for zone in HOURS_AHEAD})
    told: list[object] = [maker(), days, *question.all]
    if not question.given["baseline"]:
        if isinstance(past, NoPast):
            return None
        try:
            commits = [past.commit(name).hash for name in question.names or ["HEAD"]]
        except NoPast:
            return None
        told += [commits, past.place, past.shallow]
    texts = {shown(file): data for file, data in files.items()} | dict(found.saved(files).values())
    told += [(name, sha256(data).hexdigest()) for name, data in texts.items()]
    return sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


def _compared(
    question: Question, found: Found, texts: Mapping[str, bytes], past: Repository | NoPast
) -> tuple[Answer, bool] | None:
    """What changed, worked out, and whether the newer plan is whole.

    None, its findings on stderr, when it has errors that stop a report.
    """
    names, days, given = question
    memory = Memory()
    if len(names) == AT_MOST:
        new = _later(found, given, texts, memory, _there(past))
    else:
        opened = open_texts(given, texts, memory, found.shelf)
        if opened is None:
            return None
        new = State(opened.loaded, Origin(message("diff.files")))
    material = material_of(new.loaded)
    if given["baseline"]:
        changes, origin = _since_baseline(found, given["baseline"], new.loaded, material)
    else:
        then = Past(found, _there(past), new.loaded, memory)
        if days is None:
            old = then.state(names[0] if names else "HEAD", new.loaded.as_of, day_of_option(given))
        else:
            old = then.since(days)
        origin = old.origin
        changes = changes_between(side_of(material_of(old.loaded)), side_of(material))
    if wanted := wanted_by(material.plan, given, parties=False):
        changes = changes.only(wanted)
    answer = Answer(
        difference(material, changes, origin, new.origin), Lang(material.plan.plan.language)
    )
    return answer, not new.loaded.errors


def _there(past: Repository | NoPast) -> Repository:
    if isinstance(past, NoPast):
        raise past
    return past


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
        old = past.since(days)
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


def _later(
    found: Found,
    given: dict[str, Any],
    texts: Mapping[str, bytes],
    memory: Memory,
    repository: Repository,
) -> State:
    """The newer of two revisions."""
    name, now, day = given["revisions"][1], datetime.now(UTC), day_of_option(given)
    current = load(texts, now, day, memory)
    past = Past(found, repository, current, memory)
    commit = repository.commit(name)
    state = past.state(name, today_in(_zone(current), now), day)
    if state.loaded.errors:
        raise NoPast(message("past.unreadable", name=commit.short))
    return state


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
