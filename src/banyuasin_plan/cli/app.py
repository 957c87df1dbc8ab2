"""The commands and their options. Reports come from their registry, one command each."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from banyuasin_plan import __version__
from banyuasin_plan.cli.commands import ExportGroup, PlanCommand, PlanGroup, worded
from banyuasin_plan.cli.completing import (
    complete_assignment,
    complete_basis,
    complete_by,
    complete_level,
    complete_milestone,
    complete_owner,
    complete_program,
)
from banyuasin_plan.cli.exporting import EXPORTS, exporter
from banyuasin_plan.cli.options import (
    COMMON,
    KEEP_GOING,
    OUTPUT,
    PLAN,
    TODAY,
    Text,
    flag,
    option,
    several,
)
from banyuasin_plan.cli.output import deliver
from banyuasin_plan.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.words import Lang

REPORT = {
    **PLAN,
    **TODAY,
    "owner": option("--owner", metavar="ID", complete=complete_owner),
    "with_support": flag("--with-support"),
    "program": option("--program", metavar="ID", complete=complete_program),
    "group": option("--group", metavar="ID"),
    "district": option("--district", metavar="ID", complete=complete_owner),
    "format": option("--format", "-f", metavar="table|json|csv|md|xlsx"),
    **OUTPUT,
    "fail_on": option("--fail-on", metavar="red|orange|overdue"),
    **KEEP_GOING,
    **COMMON,
}
BASIS = option("--basis", metavar="plan|forecast", complete=complete_basis)
LEVEL = option("--level", metavar="group|program|milestone", complete=complete_level)
SAMPLE = {
    "sample": option("--sample", metavar="10%|N"),
    "seed": option("--seed", metavar="N"),
}
OWN = {
    "status": {"by": option("--by", metavar="owner|program|group|district", complete=complete_by)},
    "due": {"within": option("--within", metavar="DAYS")},
    "schedule": {"basis": BASIS, "no_level": flag("--no-level")},
    "gantt": {"level": LEVEL, "basis": BASIS},
    "load": {"basis": BASIS},
    "handoffs": {"for_owner": option("--for", metavar="OWNER", complete=complete_owner)},
    "meetings": {
        "ahead": option("--within", metavar="DAYS"),
        "whatsapp": flag("--whatsapp"),
    },
    "verify": {**SAMPLE, "verifier": option("--by", metavar="ID", complete=complete_owner)},
}
"""Options that only one report has, by its name; they are passed to its function."""

MATERIAL = {key: REPORT[key] for key in ("plan", "today", "format", "output", "keep_going")}
WHY = {
    "id": Annotated[str, typer.Argument(metavar="ID", autocompletion=complete_milestone)],
    "basis": BASIS,
    **MATERIAL,
    **COMMON,
}
WHATIF = {
    "changes": Annotated[list[str] | None, typer.Argument(metavar="CHANGE...")],
    "basis": BASIS,
    **REPORT,
}
BASELINE = {
    "action": Annotated[Text, typer.Argument(metavar="save|list")],
    "name": Annotated[Text, typer.Argument(metavar="[NAME]")],
    "force": flag("--force"),
    **MATERIAL,
    **COMMON,
}
HISTORY = {**MATERIAL, **COMMON}
DIFF = {
    "revisions": Annotated[list[str] | None, typer.Argument(metavar="[REV]...")],
    "baseline": option("--baseline", metavar="NAME"),
    "since": option("--since", metavar="7d"),
    "exit_code": flag("--exit-code"),
    **{key: one for key, one in REPORT.items() if key != "fail_on"},
}
SHOW = {
    "id": Annotated[str, typer.Argument(metavar="ID", autocompletion=complete_milestone)],
    **PLAN,
    "today": REPORT["today"],
    "format": REPORT["format"],
    "output": REPORT["output"],
    "keep_going": REPORT["keep_going"],
    **COMMON,
}
SET = {
    "words": Annotated[
        list[str] | None,
        typer.Argument(metavar="ID KEY=VALUE...", autocompletion=complete_assignment),
    ],
    "file": option("--from", metavar="FILE"),
    "why": option("--why", metavar="TEXT"),
    "dry_run": flag("--dry-run"),
    **PLAN,
    **TODAY,
    **COMMON,
}
VALIDATE = {
    "paths": Annotated[list[str] | None, typer.Argument(metavar="[PATH]...")],
    **PLAN,
    "format": option("--format", "-f", metavar="text|json|github|gitlab|auto"),
    **OUTPUT,
    "strict": flag("--strict"),
    **COMMON,
}
IMPORT = {
    "forms": Annotated[list[str] | None, typer.Argument(metavar="PATH...")],
    **PLAN,
    "dry_run": flag("--dry-run"),
    "take": option("--take", metavar="theirs|ours"),
    "only": several("--only", metavar="ID", complete=complete_milestone),
    "new": flag("--new"),
    "replies": option("--replies", metavar="DIR"),
    "dates": option("--dates", metavar="dmy|mdy"),
    **TODAY,
    "format": option("--format", "-f", metavar="text|json"),
    **COMMON,
}
BRIEF = {
    "owner": REPORT["owner"],
    "everybody": flag("--all"),
    "whatsapp": flag("--whatsapp"),
    "since": option("--since", metavar="7d"),
    **PLAN,
    **TODAY,
    "format": REPORT["format"],
    "target": option("--output", "-o", metavar="FILE"),
    **KEEP_GOING,
    **COMMON,
}
EXPLAIN = {
    "code": Annotated[Text, typer.Argument(metavar="[CODE]")],
    **COMMON,
}


ALONE = {"ctx": typer.Context, "version": flag("--version"), **COMMON}


def command_line(lang: Lang, arguments: list[str]) -> int:
    """Run the arguments; the exit code.

    Typer takes 2 ms to read an option, so only the command that is called is made, and of its
    options only those that are given; help, a misspelling or an option in front need them all.
    """
    first = arguments[0] if arguments else None
    exporting = first == "export"
    app = _filled(
        worded(PlanGroup, lang), {} if exporting else _commands(), arguments, lang, known=exporting
    )
    if exporting or first is None or first not in _commands():
        kinds = {name: (exporter(name), one.options) for name, one in EXPORTS.items()}
        rest = arguments[1:] if exporting else []
        app.add_typer(_filled(worded(ExportGroup, lang), kinds, rest, lang), name="export")
    code = typer.main.get_command(app).main(arguments, prog_name="plan", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _filled(
    group: type[Any],
    commands: dict[str, tuple[Callable[..., int], dict[str, Any]]],
    arguments: list[str],
    lang: Lang,
    *,
    known: bool = False,
) -> typer.Typer:
    """A group with the command that the arguments call, or with all of them.

    `known` says that what is called is added later.
    """
    called = arguments[0] if arguments and arguments[0] in commands else None
    whole = called is None and not known
    app = typer.Typer(
        name="plan",
        cls=group,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=whole,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in [called] if called else commands:
        run, options = commands[name]
        given = _given(options, arguments[1:]) if called else set(options)
        app.command(name, cls=worded(PlanCommand, lang))(_with_options(run, options, given))
    app.callback()(_with_options(_alone, ALONE, set(ALONE) if whole else {"ctx"}))
    return app


def _given(options: dict[str, Any], arguments: list[str]) -> set[str]:
    """The options that the arguments name, operands included; all where one names none of them."""
    names = {
        word: name
        for name, kind in options.items()
        for word in getattr(kind.__metadata__[0], "param_decls", None) or ()
    }
    given = set(options) - set(names.values())
    for argument in arguments:
        if argument.startswith("--") and argument != "--":
            word = argument.partition("=")[0]
        elif argument.startswith("-") and argument not in {"-", "--"}:
            word = argument[:2]
        else:
            continue
        if word not in names:
            return set(options)
        given.add(names[word])
    return given


def _commands() -> dict[str, tuple[Callable[..., int], dict[str, Any]]]:
    """Every command: the function that runs it and its options."""
    found: dict[str, tuple[Callable[..., int], dict[str, Any]]] = {}
    for name in REPORTS:
        own = OWN.get(name, {})
        found[name] = (_reporter(name, own), {**own, **REPORT})
    found["show"] = (lambda **given: _module("reporting").show(**given), SHOW)
    found["why"] = (lambda **given: _module("supposing").why(**given), WHY)
    found["whatif"] = (lambda **given: _module("supposing").whatif(**given), WHATIF)
    found["baseline"] = (lambda **given: _module("baselines").baseline(**given), BASELINE)
    found["history"] = (lambda **given: _module("recounting").history(**given), HISTORY)
    found["diff"] = (lambda **given: _module("comparing").diff(**given), DIFF)
    found["brief"] = (lambda **given: _module("briefing").run(**given), BRIEF)
    found["import"] = (lambda **given: _module("importing").take(**given), IMPORT)
    found["set"] = (lambda **given: _module("setting").change(**given), SET)
    found["validate"] = (lambda **given: _module("checking").validate(**given), VALIDATE)
    found["explain"] = (lambda **given: _module("explaining").explain(**given), EXPLAIN)
    return found


def _alone(*, ctx: typer.Context, version: bool, **_: Any) -> int:
    """Without a command: the short help, or the version."""
    if ctx.invoked_subcommand is None:
        deliver(f"plan {__version__}\n" if version else ctx.get_help() + "\n", None)
    return 0


def _module(name: str) -> Any:
    """What runs a command, imported when it is called."""
    return import_module(f"banyuasin_plan.cli.{name}")


def _reporter(name: str, own: dict[str, Any]) -> Callable[..., int]:
    """The command of a report: its own options apart from those that all have."""

    def run(**given: Any) -> int:
        special = {key: given.pop(key) for key in own}
        code: int = _module("reporting").report(name, special, given)
        return code

    return run


def _with_options(
    run: Callable[..., int], options: dict[str, Any], given: set[str]
) -> Callable[..., int]:
    """The function as typer reads it: the given options as its parameters, the rest as default."""
    rest = {name: _default(kind) for name, kind in options.items() if name not in given}

    def command(**values: Any) -> int:
        return run(**rest, **values)

    shown = {name: kind for name, kind in options.items() if name in given}
    parameters = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_default(kind), annotation=kind
        )
        for name, kind in shown.items()
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = shown
    return command


def _default(kind: Any) -> Any:
    if kind is typer.Context:
        return inspect.Parameter.empty
    if kind.__origin__ is bool:
        return False
    return inspect.Parameter.empty if kind.__origin__ is str else None
