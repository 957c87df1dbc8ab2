"""What each command imports: a stranger on the list is time that everybody pays, every time.

Read from `sys.modules` when the command is over; `-X importtime` does not see what is imported by
name, as formats, reports and languages are.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands import settings

from banyuasin_plan.reports import REPORTS

ROOT = Path(__file__).resolve().parent.parent
RUN = """
import json, sys
before = set(sys.modules)
from banyuasin_plan.__main__ import main
try:
    main()
except SystemExit:
    pass
finally:
    sys.stderr.write(json.dumps(sorted(set(sys.modules) - before)))
"""

OURS = "banyuasin_plan"
READING = {"_ruamel_yaml", "ruamel"}
MODEL = {"pydantic", "pydantic_core", "typing_extensions", "annotated_types", "typing_inspection"}
COMMAND_LINE = {"typer", "annotated_doc", "shellingham"} | MODEL
"""Typer reads options with pydantic, so both come together."""

MADE_UP = ("_sysconfigdata", "_cython_", "cython_runtime")
"""Modules that no package brings: Python's own data, and what compiled packages leave behind."""


def modules(*arguments: str, **environment: str) -> set[str]:
    """Every module that a command imported."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=ROOT,
        env=settings(**environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(json.loads(done.stderr))


def strangers(found: set[str]) -> set[str]:
    """The top-level packages that are neither ours nor Python's own."""
    tops = {name.partition(".")[0] for name in found if not name.startswith(MADE_UP)}
    return tops - {OURS} - set(sys.stdlib_module_names)


def test_version() -> None:
    """`plan --version` imports nothing but the version."""
    found = modules("--version")
    assert strangers(found) == set()
    assert {name for name in found if name.startswith(OURS)} <= {
        OURS,
        f"{OURS}.__main__",
    }


@pytest.mark.parametrize("arguments", [[], ["--help"], ["status", "--help"]])
def test_help(arguments: list[str]) -> None:
    """Help reads no plan: neither our model nor the parser nor the tables."""
    found = modules(*arguments)
    assert strangers(found) <= COMMAND_LINE
    assert f"{OURS}.plan.model" not in found


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize("command", ["status", "schedule"])
def test_reports(command: str, form: str) -> None:
    """A report imports what reads the plan and what it is shown with, and one language."""
    found = modules(command, "--format", form, "--lang", "en")
    assert strangers(found) <= READING | COMMAND_LINE
    assert f"{OURS}.reports.{command}" in found
    others = {*REPORTS, "show"} - {command}
    assert not {f"{OURS}.reports.{name}" for name in others} & found
    assert not {name for name in found if name.startswith(f"{OURS}.words.id.")}
    assert not {f"{OURS}.formats.{name}" for name in ("bars", "gantt", "heat", "timescale")} & found
    assert f"{OURS}.schedule.loading" not in found
    assert f"{OURS}.rules.pages" not in found
    assert not {"http", "ssl", "asyncio", "unittest", "babel"} & found


def test_workbooks(tmp_path: Path) -> None:
    """XlsxWriter comes with a workbook, and what reads workbooks does not; no chart without one."""
    found = modules("overdue", "--format", "xlsx", "-o", str(tmp_path / "overdue.xlsx"))
    assert strangers(found) <= READING | COMMAND_LINE | {"xlsxwriter"}
    assert f"{OURS}.formats.workbook.charts" not in found
    assert "xlsxwriter" not in modules("overdue", "--format", "json")


@pytest.mark.parametrize("command", ["coverage", "sync"])
def test_alignment(command: str) -> None:
    """No library but those of reading: no name of the shipped plan is close to one it leaves."""
    found = modules(command, "--format", "json", "--lang", "en")
    assert strangers(found) <= READING | COMMAND_LINE


def test_close_names(tmp_path: Path) -> None:
    """The library that compares letters comes where two names may be close, and finds them."""
    plan = (ROOT / "examples" / "minimal.yaml").read_text(encoding="utf-8")
    running = "inherited:\n  - {id: dulu, name: Kabupatan Sehat, owner: dinkes}\n"
    file = tmp_path / "plan.yaml"
    file.write_text(plan + running, encoding="utf-8")
    assert "rapidfuzz" in strangers(modules("sync", "--plan", str(file), "--format", "json"))


def test_the_plans_language_is_the_only_one() -> None:
    """Indonesian is all that an Indonesian plan needs."""
    found = modules("overdue")
    assert f"{OURS}.words.id.cli" in found
    assert not {name for name in found if name.startswith(f"{OURS}.words.en.")}


def test_validate() -> None:
    """Checking a plan without a finding needs no page of a rule, and no table.

    Only a plan that lists what runs already compares names.
    """
    found = modules("validate", "--format", "json")
    assert strangers(found) <= READING | COMMAND_LINE | {"rapidfuzz"}
    small = modules("validate", "examples/minimal.yaml", "--format", "json")
    assert strangers(small) <= READING | COMMAND_LINE
    assert not {name for name in small if name.startswith(f"{OURS}.alignment.running")}
    assert f"{OURS}.rules.pages" not in found
    assert not {name for name in found if name.startswith(f"{OURS}.reports.")}


def test_completion() -> None:
    """Completing an id waits for the parser, not for the model."""
    found = modules(_PLAN_COMPLETE="complete_bash", COMP_WORDS="plan show gertas", COMP_CWORD="2")
    assert strangers(found) <= READING | COMMAND_LINE
    assert f"{OURS}.plan.model" not in found


def test_import_reads_no_workbook_itself(tmp_path: Path) -> None:
    """A workbook from outside is opened in another process; here nothing could."""
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    found = modules("import", str(tmp_path), "--dry-run", "--lang", "en")
    assert strangers(found) <= READING | COMMAND_LINE
    assert f"{OURS}.intake" in found
    assert f"{OURS}.formats.returned.workbook" not in found
    assert not {name for name in found if name.startswith(f"{OURS}.reports.")}
