"""The command line as the tests call it: in a process of its own, or right here."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.cli import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROGRAM = (sys.executable, "-m", "banyuasin_plan")
OWN = ("PLAN_", "GITHUB_", "PYTHONIOENCODING", "NO_COLOR", "COLUMNS", "LINES", "TERM")

SMALL = """\
plan: {id: uji, name: Rencana uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: setda, name: Sekretariat Daerah}
programs:
  - id: sehat
    name: Sehat
    outcome: Loket buka sampai sore
    lead: dinkes
    verifier: setda
    milestones:
      - {id: sehat-01, name: Daftar, measure: daftar, duration: 5d, due: 2025-03-14}
      - {id: sehat-02, name: Layanan, measure: foto, duration: 5d, after: [sehat-01],
         due: 2025-04-30}
"""
"""A plan without a finding: one milestone overdue, one to come."""


class Outcome(NamedTuple):
    """What a command left behind: its exit code and what it wrote where."""

    code: int
    out: str
    err: str


def started(*arguments: str, cwd: Path, encoding: str = "utf-8", **environment: str) -> Outcome:
    """The program as a process in that folder; nothing of this session's settings reaches it."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=settings(PYTHONIOENCODING=encoding, **environment),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def settings(**environment: str) -> dict[str, str]:
    """The environment of a process of its own, less what steers the program, and with this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environment}


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> Outcome:
    """The command line right here, in the current folder."""
    capsys.readouterr()
    code = run(arguments)
    out, err = capsys.readouterr()
    return Outcome(code, out, err)


def alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Work in that folder, and with no setting of the session that runs the tests."""
    for name in tuple(os.environ):
        if name.startswith(OWN):
            monkeypatch.delenv(name)
    monkeypatch.chdir(folder)


def names(folder: Path) -> list[str]:
    """What lies in a folder, by name."""
    return sorted(one.name for one in folder.iterdir())
