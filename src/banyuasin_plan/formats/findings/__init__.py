"""Findings as text, JSON, GitHub annotations and GitLab code quality; one file a format.

To add one, write its function and name it in `FINDING_FORMATS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.diagnostic import Diagnostic, Unchecked
    from banyuasin_plan.formats import Screen
    from banyuasin_plan.words import Lang

FINDING_FORMATS = ("text", "json", "github", "gitlab")
"""Every format of findings; the name is the module's."""


class Findings(NamedTuple):
    """What checking found: the diagnostics in order, and the lines they point into.

    `texts` are the files' bytes by name, as many as were read; `plan` is the plan's id, when
    just one was checked and it could be read; `accepted` counts warnings that comments accept.
    `unchecked` is what errors kept from being checked; with `only_errors` no warning was sought.
    """

    plan: str | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    accepted: int = 0
    unchecked: Unchecked | None = None
    only_errors: bool = False

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return len(self.diagnostics) - self.errors

    @property
    def complete(self) -> bool:
        """Whether everything was checked, so that no warning means that there is none."""
        return self.unchecked is None and not self.only_errors


def written(findings: Findings, name: str, lang: Lang, screen: Screen) -> str:
    """The findings in a format, in a language."""
    module = import_module(f"banyuasin_plan.formats.findings.{name}")
    text: str = module.write(findings, lang, screen)
    return text
