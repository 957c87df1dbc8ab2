"""`plan export form`: a workbook for one office, or one for each that has something to say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banyuasin_plan.cli.destinations import check_name, folder_at, is_file_name
from banyuasin_plan.cli.drawing import drawing
from banyuasin_plan.cli.output import complain, deliver
from banyuasin_plan.cli.reporting import known, material_of, open_plan
from banyuasin_plan.cli.usage import Usage
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.reports.form import name_of, report_form
from banyuasin_plan.reports.planning import planning_form
from banyuasin_plan.reports.verify import claims_in
from banyuasin_plan.reports.verifying import verifiers_of, verify_form
from banyuasin_plan.words import message, say
from banyuasin_plan.workspace import is_other, make_folder, shown, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from banyuasin_plan.cli.reporting import Opened
    from banyuasin_plan.form.shown import Page
    from banyuasin_plan.reports import Material
    from banyuasin_plan.words import Lang

ENDING = ".xlsx"
NAMED = {"report": "form", "planning": "proposal", "verify": "verify"}
"""What heads a file's name, by the kind of its form."""

NOTHING = {"report": "empty", "planning": "no_program", "verify": "no_claims"}
"""Why an office gets none."""


def export(**given: Any) -> int:
    """Write the forms asked for; 1 when one was left alone because a file is in its place."""
    owners = list(dict.fromkeys(given["owner"] or ()))
    if bool(owners) == given["all"]:
        key = "usage.form.both" if owners else "usage.form"
        raise Usage(message(key), message("usage.form.help"))
    if given["verify"] and given["planning"]:
        raise Usage(message("usage.verify_or_planning"))
    if not given["verify"] and (given["sample"] or given["seed"]):
        raise Usage(message("usage.draw_alone"))
    drawn, place_of = drawing(given), _place_of(given["folder"] or ".", alone=len(owners) == 1)
    opened = open_plan(given)
    if opened is None:
        return 1
    material = material_of(opened.loaded)
    offices = [one.id for one in material.plan.everybody()]
    for owner in owners:
        known(owner, offices, "usage.owner")
    kind = next((name for name in ("planning", "verify") if given[name]), "report")
    everybody = verifiers_of(material) if kind == "verify" else offices
    pages = [_page(opened, material, one, kind, drawn) for one in owners or everybody]
    filled = [page for page in pages if page.parts]
    left = sum(
        _put(page, material, place_of(page), opened.lang, force=given["force"]) for page in filled
    )
    empty = tuple(page.form.owner for page in pages if not page.parts)
    _tell_empty(empty, opened.lang, kind)
    if kind == "verify" and not owners:
        _tell_nobodys(material, opened.lang)
    return int(left > 0)


def _page(
    opened: Opened, material: Material, owner: str, kind: str, drawn: Mapping[str, Any]
) -> Page:
    revision, lang = opened.loaded.revision, opened.lang
    if kind == "verify":
        return verify_form(material, owner, revision, lang, **drawn)
    make = planning_form if kind == "planning" else report_form
    return make(material, owner, revision, lang)


def _place_of(target: str, *, alone: bool) -> Callable[[Page], Path]:
    """Where a form goes: to the file that `-o` names for one `alone`, else by its own name."""
    if alone and is_file_name(target):
        check_name(target, ENDING.removeprefix("."))
        return lambda _: Path(target)
    folder = folder_at(target)
    return lambda page: folder / file_of(page)


def file_of(page: Page) -> str:
    """What a form's file is called: its kind, for whom, and the data date."""
    return f"{NAMED[page.form.kind]}-{page.form.owner}-{page.form.as_of}{ENDING}"


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


def _tell_empty(owners: tuple[str, ...], lang: Lang, kind: str) -> None:
    """Who gets no form, and why."""
    if owners:
        said = message(f"export.form.{NOTHING[kind]}", owners=owners)
        sys.stderr.write(f"{say(said, lang)}\n")


def _tell_nobodys(material: Material, lang: Lang) -> None:
    """How many claims are in the form of everybody, because nobody is named for them."""
    count = sum(one.verifier is None and one.waits for one in claims_in(material))
    if count:
        sys.stderr.write(f"{say(message('export.form.nobodys', count=count), lang)}\n")
