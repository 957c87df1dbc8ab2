"""The program git: called with fixed arguments, asked for nothing that runs anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from banyuasin_plan.revisions.refusals import NoPast
from banyuasin_plan.words import message

PATIENCE = 60
"""Seconds that git may take over one question."""

KEPT = frozenset(
    {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"}
)
"""Variables of git's that are left alone: they say where settings are, among them which folders
are safe. All others (another repository, another index, programs to run, traces) go."""

OWN = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
"""No lock, no question, no network, no object in place of another, no pattern in a path."""

FIXED = (
    "--no-pager",
    "-c",
    "core.quotepath=off",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)


class Git(NamedTuple):
    """git at work in a folder."""

    program: str
    folder: Path

    def ask(self, *arguments: str) -> bytes | None:
        """What git answers; None where it says no.

        Raises NoPast where it takes too long.
        """
        try:
            done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
                self.command(*arguments),
                cwd=self.folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise NoPast(message("past.slow", seconds=PATIENCE)) from error
        return done.stdout if done.returncode == 0 else None

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A git that is asked again and again over its pipes."""
        return subprocess.Popen(  # noqa: S603 - fixed arguments, no shell
            self.command(*arguments),
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def command(self, *arguments: str) -> list[str]:
        """The words of a call."""
        return [self.program, *FIXED, *arguments]


def git_in(folder: Path) -> Git:
    """git, to be asked in a folder. Raises NoPast where there is none on the path.

    One that lies in the current folder is not taken: a plan's folder may come from anybody.
    """
    found = shutil.which("git")
    if found is None or Path(found).resolve().parent == Path.cwd():
        raise NoPast(message("past.no_git"), message("past.no_git.help"))
    return Git(found, folder)


def environment() -> dict[str, str]:
    """The process's own environment without what would lead git elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in KEPT
    }
    return kept | OWN
