"""From options to a report: load the plan, choose what is asked for, write it out."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.destinations import check_name
from banyuasin_plan.cli.drawing import drawing
from banyuasin_plan.cli.output import complain, deliver, screen_of
from banyuasin_plan.cli.usage import Usage, unknown, unknown_id
from banyuasin_plan.formats import BINARY, FORMATS, Screen, written
from banyuasin_plan.formats.findings import Findings
from banyuasin_plan.formats.findings import written as findings_written
from banyuasin_plan.plan.fields import parse_day
from banyuasin_plan.plan.model import Colour
from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.reports import Material
from banyuasin_plan.tracking import track
from banyuasin_plan.words import Lang, message, say
from banyuasin_plan.workspace import find

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.reading.baselines import Shelf
    from banyuasin_plan.reading.remembering import Memory
    from banyuasin_plan.report import Report
    from banyuasin_plan.tracking import Standing, Tracking

MOST_DAYS = 36_525
LAST_DAY = date.max - timedelta(days=MOST_DAYS)
BASES = ("plan", "forecast")
LEVELS = ("group", "program", "milestone")
BY = ("owner", "program", "group", "district")
IN_INDONESIAN = {"merah": "red", "jingga": "orange", "lewat": "overdue"}
"""What `--fail-on` takes as the screens say it."""

HELD: list[object] = []
"""What the last report was made of, held so that nobody takes it apart before the process ends."""

OF_PARTIES = {"unreported", "coverage"}
"""Reports whose rows are people or places: `--owner` and `--district` name whom they show."""


OF_THE_PAST = {"curve"}
"""Reports that tell what was known on earlier days, out of git."""


class Opened(NamedTuple):
    """A plan as loaded for a report, and the language its reader asked for."""

    loaded: Loaded
    lang: Lang


def report(name: str, own: dict[str, str | None], given: dict[str, Any]) -> int:
    """Run a report from the registry; 1 when the plan has errors or `--fail-on` is met."""
    form = choose(given["format"] or "table", FORMATS, "--format")
    asked = given["fail_on"] or ""
    fails = choose(IN_INDONESIAN.get(asked, asked), ("", "red", "orange", "overdue"), "--fail-on")
    special = _special(own)
    if own.get("whatsapp") and given["format"]:
        raise Usage(message("usage.letter.format"), message("usage.letter.help", command=name))
    opened = open_plan(given)
    if opened is None:
        return 1
    if opened.loaded.plan:
        offices = [one.id for one in opened.loaded.plan.everybody()]
        known(own.get("verifier"), offices, "usage.owner")
        known(own.get("for_owner"), offices, "usage.owner")
    written = name == "schedule" and special.get("basis", "plan") == "plan" and not fails
    material = material_of(opened.loaded, as_written=written)
    if name in OF_THE_PAST:
        from banyuasin_plan.cli.remembering import past_values  # git, which the others do without

        material = material._replace(past=past_values(given, opened.loaded, opened.lang))
    material = narrow(material, given, parties=name in OF_PARTIES)
    if own.get("whatsapp"):
        _deliver_letter(name, material, special, opened.lang, given["output"])
    else:
        made = import_module(f"banyuasin_plan.reports.{name}").report(material, **special)
        HELD[:] = opened, material, made
        deliver_report(made, form, opened.lang, given["output"])
    return int(bool(fails) and _met(fails, material.tracking))


def _deliver_letter(
    name: str, material: Material, special: dict[str, Any], lang: Lang, file: str | None
) -> None:
    """A report as a text for WhatsApp."""
    from banyuasin_plan.formats.letter import write_letter  # which reports seldom ask for

    letter = import_module(f"banyuasin_plan.reports.{name}.letter").letter(material, **special)
    check_name(file, "table")
    deliver(write_letter(letter, lang), file)


def show(**given: Any) -> int:
    """Show one milestone or programme whole."""
    from banyuasin_plan.reports.show import report as shown

    form = choose(given["format"] or "table", FORMATS, "--format")
    opened = open_plan(given)
    if opened is None:
        return 1
    material = material_of(opened.loaded)
    made = shown(material, given["id"], opened.loaded.where())
    if made is None:
        programs = [program.id for program in material.plan.programs]
        milestones = [one.milestone.id for one in material.tracking.standings]
        raise unknown_id(given["id"], [*programs, *milestones], material.plan)
    deliver_report(made, form, opened.lang, given["output"])
    return 0


def open_plan(given: dict[str, Any]) -> Opened | None:
    """The plan asked for; None, its findings on stderr, when it has errors that stop a report."""
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    return open_texts(given, found.texts(), shelf=found.shelf)


def open_texts(
    given: dict[str, Any],
    texts: Mapping[str, bytes],
    memory: Memory | None = None,
    shelf: Shelf | None = None,
) -> Opened | None:
    """The same of a plan whose files were read already; `memory` and `shelf` are loading's."""
    day = day_of(given.get("today") or os.environ.get("PLAN_TODAY"))
    loaded = load(texts, datetime.now(UTC), day, memory, shelf)
    lang = reader(given, loaded)
    if loaded.errors:
        screen = screen_of(sys.stderr)
        findings = Findings(
            None, loaded.errors, loaded.texts, unchecked=loaded.unchecked, only_errors=True
        )
        sys.stderr.write(findings_written(findings, "text", lang, screen))
        if not given["keep_going"] or loaded.plan is None:
            return None
        left = loaded.left_out()
        said = message("keep_going", count=len(left), ids=left[:10])
        said = said if left else message("keep_going.all")
        sys.stderr.write(f"{say(said, lang)}\n")
    return Opened(loaded, lang)


def reader(given: dict[str, Any], loaded: Loaded | None) -> Lang:
    """The language: `--lang`, else PLAN_LANG, else the plan's, else Indonesian."""
    head = loaded.scope.head if loaded else None
    return language(given, Lang(head.language) if head else Lang.ID)


def language(given: dict[str, Any], plans: Lang) -> Lang:
    """The same where the plan's is known without the plan."""
    for asked in (given.get("lang"), os.environ.get("PLAN_LANG")):
        if asked:
            return Lang(choose(asked, tuple(Lang), "--lang"))
    return plans


def narrow(material: Material, given: dict[str, Any], *, parties: bool = False) -> Material:
    """The milestones that the filters ask for; with `parties`, a camat has part in its district's.

    Without it, `--owner` asks for what somebody answers for alone.
    """
    wanted = wanted_by(material.plan, given, parties=parties)
    if wanted is None:
        return material
    asked = frozenset(given[key] for key in ("owner", "district") if given[key])
    return material.narrowed(
        material.tracking.only(wanted),
        asked,
        supporting=given["with_support"],
        chosen=_chosen(material.plan, given["program"], given["group"]),
    )


def _chosen(plan: Plan, program: str | None, group: str | None) -> frozenset[str] | None:
    """The programmes that are named, by themselves or by their group; None where none are."""
    if not program and not group:
        return None
    return frozenset(
        one.id
        for one in plan.programs
        if program in {None, "", one.id} and group in {None, "", one.group}
    )


def material_of(loaded: Loaded, *, as_written: bool = False) -> Material:
    """What reports are made of; only for a plan that could be opened.

    A report of the plan `as_written` asks for no forecast, which takes as long as the rest.
    """
    plan, schedule = loaded.plan, loaded.schedule
    forecast = schedule if as_written else loaded.forecast
    if plan is None or schedule is None or forecast is None:
        raise AssertionError
    tracking = track(plan, schedule, forecast, loaded.as_of, loaded.scope.baseline)
    return Material(plan, schedule, forecast, tracking, loaded.as_of, loaded.held)


def deliver_report(
    made: Report, form: str, lang: Lang, file: str | None, paper: str = "a4"
) -> None:
    """Write a report to a file or to stdout; a workbook never to a terminal."""
    check_name(file, form)
    if form in BINARY and file in {None, "-"} and sys.stdout.isatty():
        raise Usage(message("usage.binary", form=form), message("usage.binary.help", form=form))
    screen = screen_of(sys.stdout) if file is None else Screen()
    screen = screen._replace(paper=paper, tell=lambda what: complain(what, lang))
    deliver(written(made, form, lang, screen), file)


def wanted_by(
    plan: Plan, given: dict[str, Any], *, parties: bool
) -> Callable[[Standing], bool] | None:
    """What the filters ask for, all of them at once; None where there are none."""
    tests: list[Callable[[Standing], bool]] = []
    owners = [one.id for one in plan.everybody()]
    if owner := known(given["owner"], owners, "usage.owner"):
        support = given["with_support"]
        tests.append(
            lambda one: (
                one.case.owner == owner
                or (parties and owner in one.case.places)
                or (support and one.supported_by(owner))
            )
        )
    elif given["with_support"]:
        raise Usage(message("usage.support"))
    if program := known(given["program"], [one.id for one in plan.programs], "usage.program"):
        tests.append(lambda one: one.program.id == program)
    if group := known(given["group"], [one.id for one in plan.groups], "usage.group"):
        tests.append(lambda one: one.program.group == group)
    if district := known(given["district"], [one.id for one in plan.districts], "usage.district"):
        tests.append(lambda one: district in one.case.places or one.case.owner == district)
    return (lambda one: all(test(one) for test in tests)) if tests else None


def known(name: str | None, names: list[str], rule: str) -> str | None:
    """The name, where there is anything of that name."""
    if name and name not in names:
        raise unknown(rule, name, names)
    return name


def _met(fails: str, tracking: Tracking) -> bool:
    """Whether any milestone shown is as bad as `--fail-on` names; orange includes red."""
    if fails == "overdue":
        return any(one.case.overdue for one in tracking.standings)
    bad = {Colour.RED} if fails == "red" else {Colour.RED, Colour.ORANGE}
    return any(one.verdict and one.verdict.colour in bad for one in tracking.standings)


def _special(own: dict[str, str | None]) -> dict[str, object]:
    """A report's own options as it takes them; what is not given is left to it."""
    found: dict[str, object] = {}
    if within := own.get("within") or own.get("ahead"):
        if not within.isascii() or not within.isdigit() or int(within[:6]) > MOST_DAYS:
            raise Usage(message("usage.days", given=within, most=MOST_DAYS))
        found["within"] = int(within)
    if basis := own.get("basis"):
        found["basis"] = choose(basis, BASES, "--basis")
    if own.get("no_level"):
        found["no_level"] = True
    if level := own.get("level"):
        found["level"] = choose(level, LEVELS, "--level")
    if owner := own.get("for_owner"):
        found["for_owner"] = owner
    if by := own.get("by"):
        found["by"] = choose(by, BY, "--by")
    if verifier := own.get("verifier"):
        found["verifier"] = verifier
    return found | drawing(own)


def choose(given: str, choices: tuple[str, ...], name: str) -> str:
    """What is given, where it is one of the choices."""
    if given not in choices:
        shown = tuple(str(choice) for choice in choices if choice)
        raise Usage(message("usage.choice", name=name, given=given, choices=shown))
    return given


def day_of(given: str | None) -> date | None:
    """A date written YYYY-MM-DD and nothing else, early enough for `due` to look ahead from."""
    if not given:
        return None
    try:
        day = parse_day(given)
    except ValueError:
        day = date.max
    if day > LAST_DAY:
        raise Usage(message("usage.day", given=given))
    return day


def day_to_write_on(loaded: Loaded) -> date:
    """The data date, where facts may be dated on it: not after the plan's own, which is `as_of`."""
    last, head = loaded.scope.today, loaded.scope.head
    if loaded.as_of <= last:
        return loaded.as_of
    if head is None or head.as_of is None:
        raise Usage(message("usage.day_ahead", given=loaded.as_of, day=last))
    hint = message("usage.day_ahead.help", plan=head.id, day=loaded.as_of.isoformat())
    raise Usage(message("usage.day_ahead.as_of", given=loaded.as_of, day=last), hint)
