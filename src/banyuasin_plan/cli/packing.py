"""`plan export pack`: all that is sent out in a week, in one folder with an index and checksums."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.destinations import folder_at
from banyuasin_plan.cli.forms import file_of
from banyuasin_plan.cli.output import complain, deliver
from banyuasin_plan.cli.progress import followed
from banyuasin_plan.cli.reporting import choose
from banyuasin_plan.cli.weekly import PAPERS, open_week
from banyuasin_plan.formats import Screen, written
from banyuasin_plan.formats.cells import heading_words
from banyuasin_plan.formats.form import write_form
from banyuasin_plan.formats.letter import write_letter
from banyuasin_plan.formats.slides import write_slides
from banyuasin_plan.reports import (
    brief,
    due,
    heading_of,
    meetings,
    overdue,
    owed,
    slides,
    status,
    unreported,
    verify,
    weekly,
)
from banyuasin_plan.reports.form import name_of, report_form
from banyuasin_plan.reports.meetings.letter import letter as agenda_letter
from banyuasin_plan.reports.verifying import verifiers_of, verify_form
from banyuasin_plan.words import label, message, say
from banyuasin_plan.words.writing import escape
from banyuasin_plan.workspace import shown
from banyuasin_plan.workspace.packing import INDEX, MARK, SUMS, alone_at, in_the_way, write_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from banyuasin_plan.form.shown import Page
    from banyuasin_plan.reports import Material
    from banyuasin_plan.words import Lang, Message

DATA = (
    ("status", "json", status),
    ("overdue", "csv", overdue),
    ("due", "csv", due),
    ("unreported", "csv", unreported),
    ("verify", "csv", verify),
)
"""Reports that go along for other programs: their names, their formats and what makes them."""


class Item(NamedTuple):
    """A file of the pack: its name, what it is for, and what makes it."""

    name: str
    purpose: Message
    make: Callable[[], bytes]


class Packing(NamedTuple):
    """What everything in a pack is made from."""

    material: Material
    lang: Lang
    paper: str

    def tell(self, what: Message) -> None:
        """Say on stderr what a format could not take."""
        complain(what, self.lang)


def export(**given: Any) -> int:
    """Write the pack; 1 when something that is not ours to replace lies in its place."""
    paper = choose(given["paper"] or PAPERS[0], PAPERS, "--paper")
    target = folder_at(given["pack"]) if given["pack"] else None
    week = open_week(given)
    if week is None:
        return 1
    packing = Packing(week.material, week.lang, paper)
    lang = week.lang
    heading = heading_of(packing.material)
    named = label("export.pack.folder", lang, plan=heading.plan, week=f"{heading.week:02}")
    folder = target or Path(named)
    with alone_at(folder):
        if why := in_the_way(folder, force=given["replace"]):
            complain(why, lang)
            return 1
        items = (*_items(packing),)
        write_pack(folder, _made(packing, items))
    said = label("export.pack.written", lang, path=shown(folder), count=len(items) + 2)
    deliver(f"{said}\n", None)
    return 0


def _items(packing: Packing) -> Iterator[Item]:
    """Every file but the index and the checksums, in the order of the index."""
    material, lang = packing.material, packing.lang
    heading = heading_of(material)
    names = {"plan": heading.plan, "week": f"{heading.week:02}"}
    book = label("export.weekly.file", lang, **names)
    yield Item(book, message("pack.weekly"), lambda: _workbook(packing))
    deck = label("export.slides.file", lang, **names)
    yield Item(deck, message("pack.slides"), lambda: _deck(packing))
    yield from _briefs(packing)
    for page in _pages(packing):
        kind = "verify" if page.form.kind == "verify" else "forms"
        name = name_of(material, page.form.owner)
        purpose = message(f"pack.{kind}", name=name, count=len(page.form.rows))
        yield Item(f"{kind}/{file_of(page)}", purpose, _filler(packing, page))
    for name, form, module in DATA:
        report = message(f"report.{name}")
        yield Item(
            f"data/{name}.{form}",
            message("pack.data", report=report),
            _teller(packing, form, module),
        )


def _briefs(packing: Packing) -> Iterator[Item]:
    """The page for whoever leads and the week's meetings, both as letters too; what each owes."""
    material, lang = packing.material, packing.lang
    yield Item("briefs/brief.md", message("pack.brief"), lambda: _brief(packing))
    yield Item(
        "briefs/brief.txt",
        message("pack.letter"),
        lambda: write_letter(brief.letter(material, packing.material.changes), lang).encode(),
    )
    yield Item(
        "briefs/meetings.md",
        message("pack.meetings"),
        lambda: written(meetings.report(material), "md", lang, Screen()).encode(),
    )
    yield Item(
        "briefs/meetings.txt",
        message("pack.letter"),
        lambda: write_letter(agenda_letter(material), lang).encode(),
    )
    for one in material.plan.everybody():
        if owed.owed_by(material, one.id).anything:
            name = message("pack.owed", name=owed.name_of(material, one.id))
            yield Item(f"briefs/brief-{one.id}.txt", name, _writer(packing, one.id))


def _brief(packing: Packing) -> bytes:
    return written(
        brief.report(packing.material, packing.material.changes), "md", packing.lang, Screen()
    ).encode()


def _writer(packing: Packing, owner: str) -> Callable[[], bytes]:
    return lambda: write_letter(owed.letter(packing.material, owner), packing.lang).encode()


def _pages(packing: Packing) -> Iterator[Page]:
    """The form of everybody who has something to say, and of everybody who has to look."""
    material, lang = packing.material, packing.lang
    for one in material.plan.everybody():
        page = report_form(material, one.id, material.revision, lang)
        if page.parts:
            yield page
    for verifier in verifiers_of(material):
        yield verify_form(material, verifier, material.revision, lang)


def _workbook(packing: Packing) -> bytes:
    screen = Screen(paper=packing.paper, tell=packing.tell)
    return written(weekly.report(packing.material), "xlsx", packing.lang, screen)


def _deck(packing: Packing) -> bytes:
    return write_slides(slides.report(packing.material), packing.lang)


def _filler(packing: Packing, page: Page) -> Callable[[], bytes]:
    return lambda: write_form(page, packing.tell)


def _teller(packing: Packing, form: str, module: Any) -> Callable[[], bytes]:
    def make() -> bytes:
        text = written(module.report(packing.material), form, packing.lang, Screen())
        return text if isinstance(text, bytes) else text.encode()

    return make


def _made(packing: Packing, items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
    """The files one after the other as they are made, with a bar; the index at last."""
    for item, name in zip(items, followed([one.name for one in items]), strict=True):
        yield name, item.make()
    yield INDEX, _index(packing, items).encode()


def _index(packing: Packing, items: Sequence[Item]) -> str:
    """What lies in the folder, and what each file is for."""
    lang, heading = packing.lang, heading_of(packing.material)
    wide = max(len(one.name) for one in items)
    lines = [label("pack.title", lang, name=heading.name)]
    if heading.notice:
        lines.append(" ".join(escape(heading.notice).split()))
    lines += [
        heading_words(heading, lang),
        label("pack.revision", lang, revision=packing.material.revision),
    ]
    section = None
    for one in items:
        here = one.name.rpartition("/")[0]
        if here != section:
            lines += ["", label(f"pack.section.{here or 'top'}", lang)]
            section = here
        lines.append(f"  {one.name:{wide}}  {say(one.purpose, lang)}")
    return "\n".join([*lines, "", label("pack.sums", lang, file=SUMS), "", MARK, ""])
