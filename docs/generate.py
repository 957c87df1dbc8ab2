"""Write the pages that are made from the program: `make docs`. A test keeps them fresh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from banyuasin_plan.rules import RULES
from banyuasin_plan.rules.pages import page_of, title_of
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.rules import Rule

DOCS = Path(__file__).resolve().parent
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


def pages() -> Mapping[str, str]:
    """Every generated page by its path under `docs`."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {title_of(rule, Lang.EN)} | {title_of(rule, Lang.ID)} |"
        for rule in RULES
    ]
    index = INDEX + "\n".join(rows) + "\n"
    return {
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


def main() -> None:
    """Write every page, and take away those whose rule is gone."""
    made = pages()
    folder = DOCS / RULE_PAGES
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if f"{RULE_PAGES}/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
