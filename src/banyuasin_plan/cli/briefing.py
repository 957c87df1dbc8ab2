"""`plan brief`: one page for whoever leads, or what an office owes; as a report or a letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.destinations import check_name, folder_at
from banyuasin_plan.cli.output import deliver
from banyuasin_plan.cli.reporting import choose, deliver_report, material_of, open_plan
from banyuasin_plan.cli.usage import Usage, unknown
from banyuasin_plan.formats import FORMATS
from banyuasin_plan.formats.letter import write_letter
from banyuasin_plan.reports import brief, owed
from banyuasin_plan.words import message, say
from banyuasin_plan.workspace import make_folder, shown, write

if TYPE_CHECKING:
    from banyuasin_plan.reports import Material
    from banyuasin_plan.tracking.changes import Changes
    from banyuasin_plan.words import Lang


def run(**given: Any) -> int:
    """Write the brief asked for."""
    form = choose(given["format"] or "table", FORMATS, "--format")
    owner, everybody = given["owner"], given["everybody"]
    if owner and everybody:
        raise Usage(message("usage.brief.both"), message("usage.brief.help"))
    if given["format"] and (given["whatsapp"] or everybody):
        raise Usage(message("usage.brief.format"), message("usage.brief.help"))
    if given["since"] and (owner or everybody):
        raise Usage(message("usage.brief.since"), message("usage.brief.help"))
    target = given["target"]
    folder = folder_at(target or ".") if everybody else None
    if given["whatsapp"]:
        check_name(target, "table")
    opened = _opened(given)
    if opened is None:
        return 1
    material, lang, changes = opened
    offices = [one.id for one in material.plan.everybody()]
    if owner and owner not in offices:
        raise unknown("usage.owner", owner, offices)
    if folder:
        return _write_all(material, offices, lang, folder)
    if given["whatsapp"]:
        letter = owed.letter(material, owner) if owner else brief.letter(material, changes)
        deliver(write_letter(letter, lang), target)
        return 0
    made = owed.report(material, owner) if owner else brief.report(material, changes)
    deliver_report(made, form, lang, target)
    return 0


class Opened(NamedTuple):
    """What a brief is made of, in which language, and what changed where that is told."""

    material: Material
    lang: Lang
    changes: Changes | None


def _opened(given: dict[str, Any]) -> Opened | None:
    """The plan; for whoever leads also what changed in it, in a week or in what `--since` says."""
    if given["owner"] or given["everybody"]:
        opened = open_plan(given)
        return Opened(material_of(opened.loaded), opened.lang, None) if opened else None
    if not given["since"]:
        from banyuasin_plan.cli.weekly import open_week  # git, which those for offices do without

        week = open_week({**given, "week": None})
        return Opened(*week, week.material.changes) if week else None
    from banyuasin_plan.cli.comparing import what_changed

    found = what_changed(given)
    return Opened(material_of(found[0].loaded), found[0].lang, found[1]) if found else None


def _write_all(material: Material, offices: list[str], lang: Lang, folder: Path) -> int:
    """A letter for every office that owes anything, each in a file of its own."""
    make_folder(folder)
    quiet = []
    for office in offices:
        if not owed.owed_by(material, office).anything:
            quiet.append(office)
            continue
        file = folder / f"brief-{office}.txt"
        write(file, write_letter(owed.letter(material, office), lang).encode())
        said = message("brief.written", path=shown(file), name=owed.name_of(material, office))
        deliver(f"{say(said, lang)}\n", None)
    if quiet:
        deliver(f"{say(message('brief.quiet', owners=tuple(quiet)), lang)}\n", None)
    return 0
