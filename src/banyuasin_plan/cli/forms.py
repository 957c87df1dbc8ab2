"""`plan export form`: a workbook for one office, or one for each that has something to say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.output import complain, deliver
from banyuasin_plan.cli.reporting import material_of, open_plan
from banyuasin_plan.cli.usage import Usage, unknown
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.reports.form import name_of, report_form
from banyuasin_plan.reports.planning import planning_form
from banyuasin_plan.words import message, say
from banyuasin_plan.workspace import is_other, make_folder, shown, write

if TYPE_CHECKING:
    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.form.shown import Page
    from banyuasin_plan.reports import Material
    from banyuasin_plan.words import Lang

ENDING = ".xlsx"


def export(**given: Any) -> int:
    """Write the forms asked for; 1 when one was left alone because a file is in its place."""
    if bool(given["owner"]) == bool(given["all"]):
        raise Usage(message("usage.form"), message("usage.form.help"))
    opened = open_plan(given)
    if opened is None:
        return 1
    material = material_of(opened.loaded)
    offices = [one.id for one in material.plan.everybody()]
    owner = given["owner"]
    if owner and owner not in offices:
        raise unknown("usage.owner", owner, offices)
    asked = [owner] if owner else offices
    pages = [_page(opened, material, one, planning=given["planning"]) for one in asked]
    filled = [page for page in pages if page.parts]
    left = sum(
        _put(page, material, _place(given, page), opened.lang, force=given["force"])
        for page in filled
    )
    empty = tuple(page.form.owner for page in pages if not page.parts)
    _tell_empty(empty, opened.lang, planning=given["planning"])
    return int(left > 0)


def _page(opened: Opened, material: Material, owner: str, *, planning: bool) -> Page:
    make = planning_form if planning else report_form
    return make(material, owner, opened.loaded.revision, opened.lang)


def _place(given: dict[str, Any], page: Page) -> Path:
    """The file that `-o` names, else one named after the office and the day in the folder."""
    folder = given["folder"] or "."
    if given["owner"] and folder.endswith(ENDING):
        return Path(folder)
    kind = "proposal" if page.form.kind == "planning" else "form"
    return Path(folder) / f"{kind}-{page.form.owner}-{page.form.as_of}{ENDING}"


def _put(page: Page, material: Material, file: Path, lang: Lang, *, force: bool) -> bool:
    """Write a form and say so; True where it was left alone, because it may hold answers."""
    data = write_form(page, lambda what: complain(what, lang))
    if not force and is_other(file, data):
        complain(message("export.form.there", path=shown(file)), lang)
        return True
    make_folder(file.parent)
    write(file, data)
    name = name_of(material, page.form.owner)
    said = message("export.form.written", path=shown(file), name=name, count=len(page.form.rows))
    deliver(f"{say(said, lang)}\n", None)
    return False


def _tell_empty(owners: tuple[str, ...], lang: Lang, *, planning: bool) -> None:
    """Who gets no form, and why."""
    if owners:
        key = "export.form.no_program" if planning else "export.form.empty"
        sys.stderr.write(f"{say(message(key, owners=owners), lang)}\n")
