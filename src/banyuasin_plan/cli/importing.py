"""`plan import`: forms that came back, taken into the plan's files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.cli.destinations import folder_at
from banyuasin_plan.cli.isolating import Reader
from banyuasin_plan.cli.output import deliver, list_findings, screen_of
from banyuasin_plan.cli.reporting import choose, day_to_write_on, open_texts
from banyuasin_plan.cli.usage import Usage, unknown
from banyuasin_plan.editing import warnings_since
from banyuasin_plan.formats.difference import unified
from banyuasin_plan.formats.returned.answers import returned_form
from banyuasin_plan.formats.returned.limits import FILE_BYTES
from banyuasin_plan.formats.returned.values import Order
from banyuasin_plan.intake import Side, Terms, take_in
from banyuasin_plan.intake.letters import letter
from banyuasin_plan.intake.receipts import read_receipts, written
from banyuasin_plan.intake.records import record_of
from banyuasin_plan.intake.showing import lines_of, totals
from banyuasin_plan.words import Message, label, message
from banyuasin_plan.words.writing import escape
from banyuasin_plan.workspace import Held, Unavailable, find, make_folder, shown, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from banyuasin_plan.form import Returned
    from banyuasin_plan.intake import Intake
    from banyuasin_plan.intake.receipts import Receipts
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Lang

FORMS = ("text", "json")
SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".numbers")
"""What people send a filled-in form as: each is looked at, and refused where it must be."""

OPEN_IN_EXCEL = "~$"
RECEIPTS = ".plan.received.json"
MISSING = "returned.missing"
OPEN_ORDER = "answer.date.order"
"""The reason that `--dates` takes away."""

MOST_FILES = 2_000


class Came(NamedTuple):
    """What lies at the paths: workbooks to read, and what is something else."""

    files: list[Path]
    others: list[Path]


def take(**given: Any) -> int:
    """Take forms into the plan; 1 when anything was refused."""
    form = choose(given["format"] or "text", FORMS, "--format")
    side = given["take"] and Side(choose(given["take"], tuple(Side), "--take"))
    order = given["dates"] and Order(choose(given["dates"], tuple(Order), "--dates"))
    replies = folder_at(given["replies"]) if given["replies"] else None
    came = _came([Path(path) for path in given["forms"] or []])
    forms = dict(_read(came.files, order))
    found = find(given["plan"] or os.environ.get("PLAN_PATH"), Path.cwd())
    if given["dry_run"]:
        texts = found.read()
        told = _taken(given, forms, Held(found.home(texts), texts), side)
    else:
        with found.alone() as held:
            told = _taken(given, forms, held, side)
            if told:
                _store(told.done, held)
    if told is None:
        return 1
    if replies and not given["dry_run"]:
        _reply(replies, told)
    edited = told.done.edited
    if edited.loaded and (drawn := warnings_since(told.loaded, edited)):
        list_findings(drawn, edited.loaded.texts, told.lang)
    show = _as_json if form == "json" else _as_text
    deliver(show(told, came), None)
    return int(any(not one.accepted for one in told.done.outcomes))


def _taken(
    given: dict[str, Any], forms: Mapping[str, Returned | Message], held: Held, side: Side | None
) -> Told | None:
    """What the forms make of the plan; None, its findings on stderr, where it has errors."""
    opened = open_texts({**given, "keep_going": False}, held.texts)
    if opened is None:
        return None
    loaded = opened.loaded
    terms = Terms(
        day_to_write_on(loaded), side, frozenset(_known(given["only"] or (), loaded)), given["new"]
    )
    done = take_in(loaded, forms, _receipts(held.home), terms)
    return Told(loaded, done, _names(loaded, opened.lang), opened.lang, given)


class Told(NamedTuple):
    """All that is told of an import."""

    loaded: Loaded
    done: Intake
    names: Callable[[str], str]
    lang: Lang
    given: Mapping[str, Any]


def _as_text(told: Told, came: Came) -> str:
    """File by file, then the difference in the plan's files, then how much it is in all."""
    done, lang, given = told.done, told.lang, told.given
    arrow = "->" if screen_of(sys.stdout).plain else "\N{RIGHTWARDS ARROW}"
    lines = list(lines_of(done.outcomes, lang, told.names, arrow))
    if came.others:
        names = tuple(shown(file) for file in came.others)
        lines.append(label("import.skipped", lang, names=names))
    if difference := unified(told.loaded.texts, done.edited.texts):
        lines += ["", difference.rstrip("\n")]
    lines += ["", label("import.total", lang, **totals(done.outcomes))]
    if any(one.conflicts for one in done.outcomes):
        lines.append(label("import.take", lang))
    if any(each.message.key == OPEN_ORDER for one in done.outcomes for each in one.reasons):
        lines.append(label("import.dates", lang))
    if given["dry_run"]:
        lines.append(label("import.dry_run", lang))
    elif done.edited.texts:
        lines.append(label("import.written", lang, files=tuple(sorted(done.edited.texts))))
    if given["replies"] and not given["dry_run"]:
        lines.append(label("import.replies", lang, folder=given["replies"]))
    return "\n".join(lines) + "\n"


def _as_json(told: Told, came: Came) -> str:
    head = told.loaded.scope.head
    record = record_of(
        head.id if head else "",
        told.done.outcomes,
        told.done.edited.texts,
        told.lang,
        written=not told.given["dry_run"],
    )
    record["skipped"] = [shown(file) for file in came.others]
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


# Files


def _came(paths: list[Path]) -> Came:
    """The files named and those in the folders named, each once."""
    if not paths:
        raise Usage(message("usage.no_forms"), message("usage.no_forms.help"))
    files: dict[Path, Path] = {}
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path.resolve(), path)
            continue
        for file in _inside(path):
            if file.suffix.lower() in SHEETS:
                files.setdefault(file.resolve(), file)
            else:
                others.append(file)
    if not files:
        names = tuple(shown(path) for path in paths)
        raise Unavailable(message("no_forms", paths=names))
    if len(files) > MOST_FILES:
        raise Usage(message("usage.many_forms", most=MOST_FILES))
    return Came(list(files.values()), others)


def _inside(folder: Path) -> Iterator[Path]:
    """The files in a folder and below it, but for hidden ones and what Excel has open."""
    try:
        every = sorted(folder.rglob("*"))
    except OSError as error:
        raise Unavailable(message("unreadable", path=shown(folder), why=str(error))) from error
    for file in every:
        steps = file.relative_to(folder).parts
        hidden = any(step.startswith((".", OPEN_IN_EXCEL)) for step in steps)
        if not hidden and file.is_file() and not file.is_symlink():
            yield file


def _read(files: Iterable[Path], order: Order | None) -> Iterator[tuple[str, Returned | Message]]:
    """Every file's form by the file's name, or why it is none."""
    with Reader() as reader:
        for file in files:
            data = _bytes(file)
            book = data if isinstance(data, Message) else reader.read(data)
            yield shown(file), book if isinstance(book, Message) else returned_form(book, order)


def _bytes(file: Path) -> bytes | Message:
    """A file's bytes, as many as show that it is too large; or why it gives none out."""
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for
            return message("returned.unreadable")
        with file.open("rb") as data:
            return data.read(FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return message(MISSING)
    except OSError:
        return message("returned.unreadable")


def _receipts(home: Path) -> Receipts:
    try:
        return read_receipts((home / RECEIPTS).read_bytes())
    except OSError:
        return {}


def _store(done: Intake, held: Held) -> None:
    """The plan's files, all of them or none; then what is to be remembered of it."""
    held.store(done.edited.texts)
    if done.receipts != _receipts(held.home):
        write(held.home / RECEIPTS, written(done.receipts))


def _reply(folder: Path, told: Told) -> None:
    """A text for each file that came, named after it."""
    make_folder(folder)
    used: set[str] = set()
    for one in told.done.outcomes:
        if any(each.message.key == MISSING for each in one.reasons):
            continue
        stem = name = Path(one.file).stem
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{stem}-{number}"
        used.add(name.casefold())
        short = one._replace(file=Path(one.file).name)
        write(folder / f"{name}.txt", letter(short, told.lang, told.names).encode())


# Names


def _known(names: Iterable[str], loaded: Loaded) -> Iterator[str]:
    """The ids of `--only`, each of which something has."""
    known = [
        name for kind in ("milestone", "program", "owner") for name in loaded.scope.known(kind)
    ]
    for name in names:
        if name not in known:
            raise unknown("usage.only", name, known)
        yield name


def _names(loaded: Loaded, lang: Lang) -> Callable[[str], str]:
    """What an id of an owner, a district or a milestone is called."""
    scope = loaded.scope
    names = {one.value.id: one.value.name for one in scope.milestones}
    names |= {one.value.id: one.value.name for one in scope.owners}
    names |= {
        one.value.id: label("load.camat", lang, name=one.value.name) for one in scope.districts
    }
    return lambda name: escape(names.get(name, name))
