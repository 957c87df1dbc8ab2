"""A repository with a hundred revisions of a plan, a day apart, as a team would leave it.

Each moves the data date on by a day, and what is reported of one programme by a few percent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REVISIONS = 100
PROGRESS = re.compile(r"(?<=progress: )\d+")
AS_OF = re.compile(r"as_of: .*")
LAST = date(2025, 4, 10)
WHO = {
    "GIT_AUTHOR_NAME": "bench",
    "GIT_AUTHOR_EMAIL": "bench@example.org",
    "GIT_COMMITTER_NAME": "bench",
    "GIT_COMMITTER_EMAIL": "bench@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def make_repository(folder: Path, plan: Path) -> Path:
    """The repository, in a new folder; where the plan lies in it."""
    home = folder / "plan"
    shutil.copytree(plan, home)
    _git(folder, "init", "-q")
    files = [file for file in sorted(home.rglob("*.yaml")) if PROGRESS.search(_read(file))]
    for nth in range(REVISIONS):
        day = LAST - timedelta(days=REVISIONS - 1 - nth)
        head = home / "plan.yaml"
        head.write_text(AS_OF.sub(f"as_of: {day}", _read(head)), encoding="utf-8")
        file = files[nth % len(files)]
        file.write_text(PROGRESS.sub(_more, _read(file)), encoding="utf-8")
        _git(folder, "add", "-A")
        when = datetime(day.year, day.month, day.day, 12).astimezone().isoformat()
        _git(folder, "commit", "-q", "-m", str(day), when=when)
    return home


def _more(found: re.Match[str]) -> str:
    return str(min(int(found[0]) + 1, 99))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _git(folder: Path, *words: str, when: str = "") -> None:
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when} if when else {}
    environment = {**os.environ, **WHO, **dates}
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True)
