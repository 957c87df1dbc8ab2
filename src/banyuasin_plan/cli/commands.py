"""Typer's commands with our help and our words: examples first, both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from typer.core import TyperCommand, TyperGroup

from banyuasin_plan.cli.usage import Usage, told_of, unknown
from banyuasin_plan.words import Lang, label, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter

GROUPS: dict[str, tuple[str, ...]] = {
    "daily": (
        "status",
        "overdue",
        "due",
        "unreported",
        "escalate",
        "brief",
        "verify",
        "show",
        "why",
        "set",
    ),
    "schedule": ("schedule", "gantt", "curve", "load", "whatif"),
    "align": ("sync", "align", "coverage", "handoffs", "meetings", "decisions", "matrix"),
    "export": ("export", "import"),
    "track": ("diff", "history", "baseline"),
    "check": ("validate", "explain"),
}
"""The commands as the short help groups them."""


MEANT = {
    "help": "--help",
    "bantuan": "--help",
    "version": "--version",
    "versi": "--version",
    "late": "overdue",
    "telat": "overdue",
    "terlambat": "overdue",
    "tenggat": "due",
    "lapor": "unreported",
    "laporan": "unreported",
    "verifikasi": "verify",
    "eskalasi": "escalate",
    "ringkasan": "brief",
    "ringkas": "brief",
    "whatsapp": "brief --whatsapp",
    "rincian": "show",
    "ubah": "set",
    "catat": "set",
    "atur": "set",
    "isi": "set",
    "edit": "set",
    "update": "set",
    "mengapa": "why",
    "kenapa": "why",
    "jadwal": "schedule",
    "beban": "load",
    "kurva": "curve",
    "kurva-s": "curve",
    "s-curve": "curve",
    "ekspor": "export",
    "excel": "export weekly",
    "mingguan": "export weekly",
    "weekly": "export weekly",
    "form": "export form",
    "formulir": "export form",
    "slides": "export slides",
    "paparan": "export slides",
    "pack": "export pack",
    "paket": "export pack",
    "impor": "import",
    "masuk": "import",
    "terima": "import",
    "seandainya": "whatif",
    "changes": "diff",
    "log": "history",
    "riwayat": "history",
    "sejarah": "history",
    "baselines": "baseline list",
    "awal": "baseline",
    "banding": "diff",
    "bandingkan": "diff",
    "perubahan": "diff",
    "sinkronisasi": "sync",
    "sinkron": "sync",
    "selaras": "align",
    "keselarasan": "align",
    "cakupan": "coverage",
    "kecamatan": "coverage",
    "serah-terima": "handoffs",
    "keterkaitan": "handoffs",
    "arahan": "decisions",
    "matriks": "matrix",
    "rapat": "meetings",
    "agenda": "meetings",
    "undangan": "meetings",
    "check": "validate",
    "periksa": "validate",
    "cek": "validate",
    "jelaskan": "explain",
}
"""Words that people try as commands, and what they mean."""


CHOSEN = frozenset({"owner", "program", "group", "district"})
"""Options that choose what is shown; of any other one the last counts, as shells have it."""


class _Worded:
    """What commands and the group share: the language of their help."""

    lang: ClassVar[Lang] = Lang.ID
    name: str | None

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Examples, then what it does, then arguments and options."""
        key = f"help.{'.'.join(ctx.command_path.split(' ')[1:]) or 'plan'}"
        with formatter.section(label("help.examples", self.lang)):
            formatter.write_text("\b\n" + label(f"{key}.examples", self.lang))
        formatter.write_paragraph()
        formatter.write_text(label(key, self.lang))
        formatter.write_paragraph()
        words = [ctx.command_path, label("help.usage_options", self.lang), *self.operands(ctx)]
        formatter.write_text(f"{label('help.usage', self.lang)}: {' '.join(words)}")
        self.format_commands(ctx, formatter)
        rows = [self._row(one) for one in self.get_params(ctx) if not _hidden(one)]  # type: ignore[attr-defined]
        with formatter.section(label("help.options", self.lang)):
            formatter.write_dl(rows)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Nothing, but for the group."""

    def operands(self, ctx: Context) -> list[str]:
        """What follows the options on the usage line."""
        return [str(one.metavar) for one in self.get_params(ctx) if one.param_type_name != "option"]  # type: ignore[attr-defined]

    def _row(self, one: Parameter) -> tuple[str, str]:
        """An option or argument and what it is for."""
        names = ", ".join(sorted(one.opts, key=len))
        if one.param_type_name != "option":
            names = str(one.metavar)
        elif not getattr(one, "is_flag", False):
            names = f"{names} {one.metavar}"
        return names, label(f"option.{one.name}", self.lang)


def _hidden(one: Parameter) -> bool:
    return bool(getattr(one, "hidden", False))


class PlanCommand(_Worded, TyperCommand):
    """A command; what is left over on its line is named, not called unexpected."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, and refuse arguments that nothing takes and choices of which one would be lost."""
        ctx.allow_extra_args = True
        self._refuse_twice(ctx, args)
        with told_of(ctx):
            left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            hint = message("usage.help", command=ctx.command_path)
            raise Usage(message("usage.extra", name=" ".join(left)), hint)
        return left

    def _refuse_twice(self, ctx: Context, args: list[str]) -> None:
        """Refuse a second choice where only one is taken: the first would go unheard."""
        one_of = [one for one in self.get_params(ctx) if one.name in CHOSEN and not one.multiple]
        for one in one_of:
            given = [word for word in args if word.partition("=")[0] in one.opts]
            if len(given) > 1 and not ctx.resilient_parsing:
                hint = message("usage.help", command=ctx.command_path)
                raise Usage(message("usage.once", name=one.opts[0]), hint)


class _WordedGroup(_Worded, TyperGroup):
    """What the program and its groups of commands share."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse; what is wrong knows where."""
        with told_of(ctx):
            return super().parse_args(ctx, args)

    def operands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - as a command's
        """A command and what is its own."""
        return [label("help.usage_command", self.lang)]

    def _rows(self, section: str, names: Iterable[str]) -> list[tuple[str, str]]:
        """Commands and what each does in a few words; `section` heads the keys of their words."""
        return [(name, label(f"help.{section}{name}.short", self.lang)) for name in names]


class PlanGroup(_WordedGroup):
    """The program itself."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - typer's signature
        """The commands in the order of the help."""
        return [name for names in GROUPS.values() for name in names]

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """The command that is meant, or the nearest to it as a suggestion."""
        if args[0] not in self.commands:
            raise _no_command(args[0], self.commands)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """The commands by group."""
        for group, names in GROUPS.items():
            with formatter.section(label(f"help.group.{group}", self.lang)):
                formatter.write_dl(self._rows("", names))


class ExportGroup(_WordedGroup):
    """`plan export`: the kinds of what can be exported."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """The kind that is meant, or the nearest to it as a suggestion."""
        if args[0] not in self.commands:
            hint = message("usage.help", command="plan export")
            raise unknown("usage.export", args[0], self.commands, hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """The kinds in their order."""
        with formatter.section(label("help.kinds", self.lang)):
            formatter.write_dl(self._rows("export.", self.commands))


def _no_command(name: str, commands: Iterable[str]) -> Usage:
    """A command that is not there, with the one that its word stands for or looks like."""
    what = message("usage.command", name=name)
    if name in MEANT:
        return Usage(what, message("did_you_mean", name=f"plan {MEANT[name]}"))
    return unknown("usage.command", name, commands, message("usage.help", command="plan"))


def worded(kind: type[Any], lang: Lang) -> type[Any]:
    """The command class in a language."""
    return type(kind.__name__, (kind,), {"lang": lang})
