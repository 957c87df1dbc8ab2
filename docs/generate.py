"""Write the pages that are made from the program, and what others quote of it: `make docs`.

A test keeps them fresh.
"""

from __future__ import annotations

import io
import os
import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from banyuasin_plan.plan.pages import THINGS, keys_in, places_of, thing_line
from banyuasin_plan.rules import RULES
from banyuasin_plan.rules.pages import page_of, title_of
from banyuasin_plan.tracking.pages import (
    COLOUR_RULES,
    colour_page,
    colour_title,
)
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.rules import Rule

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
SESSION = re.compile(
    r"(?P<open>^```console(?: columns=(?P<columns>\d+))?\n\$ plan (?P<command>.+?)\n)"
    r"(?P<output>.*?)(?P<close>^```$)",
    re.DOTALL | re.MULTILINE,
)
"""A session that a document quotes: as piped, or as a terminal of so many columns shows it."""
RULE_PAGES = "reference/rules"

INDEX = """\
# Rules / aturan

What `plan validate` looks for, made from the rules themselves (`make docs`). E is an error, which \
every report stops at; W is a warning, which only `--strict` stops at and which a comment can \
accept where it stands: `# plan: accept W302 because` and the reason. `plan explain CODE` shows \
a page in the terminal.

Apa yang dicari `plan validate`, dibuat dari aturannya sendiri. E adalah kesalahan, W peringatan \
yang dapat diterima di tempatnya dengan alasan.

| code | what it finds | yang ditemukan |
| --- | --- | --- |
"""

COLOURS = """\
# Colours / warna

When a milestone or a programme has which colour, made from the rules themselves (`make docs`). \
Office days are working days of the plan's calendar. `plan explain R1` shows a rule in the terminal.

Kapan rencana aksi atau program berwarna apa, dibuat dari aturannya sendiri. `plan explain R1` \
menampilkan satu aturan di terminal.
"""

FIELDS = """\
# Fields / kunci

Every key of a plan, made from the model itself (`make docs`). `plan explain milestone` shows a \
part, `plan explain load` a key in the terminal. An example of most of them: \
[examples/village.yaml](../../examples/village.yaml).

Semua kunci rencana, dibuat dari modelnya sendiri. `plan explain milestone` menampilkan satu \
bagian, `plan explain load` satu kunci di terminal.
"""


def pages() -> Mapping[str, str]:
    """Every generated page by its path under `docs`."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {title_of(rule, Lang.EN)} | {title_of(rule, Lang.ID)} |"
        for rule in RULES
    ]
    index = INDEX + "\n".join(rows) + "\n"
    return {
        "reference/colours.md": _colours(),
        "reference/fields.md": _fields(),
        f"{RULE_PAGES}/README.md": index,
        **{f"{RULE_PAGES}/{rule.code}.md": _page(rule) for rule in RULES},
    }


def _page(rule: Rule) -> str:
    """Both languages under one heading; only the examples' own marks differ from a real file."""
    parts = [f"# {rule.code}: {title_of(rule, Lang.EN)}"]
    for lang in (Lang.EN, Lang.ID):
        title, _, text = page_of(rule, lang).partition("\n")
        parts.append(text.strip() if lang is Lang.EN else f"## {title}\n\n{text.strip()}")
    return "\n\n".join(parts) + "\n"


def _colours() -> str:
    """Every rule of colour in both languages, in the order they are tried."""
    parts = [COLOURS]
    for rule in COLOUR_RULES:
        parts.append(f"## {colour_title(rule, Lang.EN)}\n")
        for lang in (Lang.EN, Lang.ID):
            body = colour_page(rule, lang).partition("\n\n")[2]
            parts.append(body if lang is Lang.EN else f"*{colour_title(rule, lang)}.* {body}")
            parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _fields() -> str:
    """A table of keys for each part of a plan, in both languages."""
    parts = [FIELDS]
    for name in THINGS:
        places = "".join(f" `{place}`" for place in places_of(name))
        about = " / ".join(thing_line(name, lang).partition(": ")[2] for lang in (Lang.EN, Lang.ID))
        parts += [f"## {name}\n", f"{about}{places and f' ·{places}'}\n"]
        parts += ["| key | how it is written | what it means | cara menulis | artinya |"]
        parts += ["| --- | --- | --- | --- | --- |"]
        for en, ind in zip(keys_in(name, Lang.EN), keys_in(name, Lang.ID), strict=True):
            cells = (f"`{en.name}`", en.written, en.meaning, ind.written, ind.meaning)
            parts.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


class Terminal(io.StringIO):
    """What a command writes to as if somebody looked."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Whether it is a terminal: it is."""
        return True


def quoting() -> list[Path]:
    """The documents that may quote sessions."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def printed(command: str, columns: int | None) -> str:
    """What `plan` with these arguments prints in the repository's root."""
    from banyuasin_plan.cli import run

    stream = Terminal() if columns else io.StringIO()
    held = dict(os.environ)
    for name in ("PLAN_LANG", "PLAN_PATH", "PLAN_TODAY"):
        os.environ.pop(name, None)
    os.environ |= {"NO_COLOR": "1", "COLUMNS": str(columns or 0)}
    try:
        with chdir(ROOT), redirect_stdout(stream), redirect_stderr(io.StringIO()):
            run(shlex.split(command))
    finally:
        os.environ.clear()
        os.environ.update(held)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def requoted(text: str) -> str:
    """A document with every session as it would run now."""

    def again(found: re.Match[str]) -> str:
        columns = found["columns"]
        output = printed(found["command"], int(columns) if columns else None)
        return f"{found['open']}{output}{found['close']}"

    return SESSION.sub(again, text)


def main() -> None:
    """Write every page, take away those whose rule is gone, and quote every session again."""
    made = pages()
    folder = DOCS / RULE_PAGES
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if f"{RULE_PAGES}/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    for page in quoting():
        text = page.read_text(encoding="utf-8")
        if (fresh := requoted(text)) != text:
            page.write_text(fresh, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
