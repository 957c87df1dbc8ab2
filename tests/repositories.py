"""Real git repositories for tests: every commit with its day, nothing of your settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "uji",
    "GIT_AUTHOR_EMAIL": "uji@example.org",
    "GIT_COMMITTER_NAME": "uji",
    "GIT_COMMITTER_EMAIL": "uji@example.org",
}

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")


@dataclass(frozen=True)
class Repo:
    """A repository in a folder."""

    folder: Path

    def git(self, *arguments: str, **environment: str) -> str:
        """What git answers; an error where it says no."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**kept, **OWN, **environment},
            check=True,
            capture_output=True,
            timeout=60,
        )
        return done.stdout.decode().strip()

    def write(self, name: str, text: str) -> Path:
        """A file with that text, its line ends as they are."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def commit(self, day: str = "2025-04-10", **texts: str) -> str:
        """Everything as a revision of that day, at noon; its hash. `texts` are written first."""
        for name, text in texts.items():
            self.write(f"{name}.yaml", text)
        when = f"{day}T12:00:00+07:00"
        self.git("add", "-A")
        self.git(
            "commit", "-q", "--allow-empty", "-m", f"per {day}",
            GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")


def repo_in(folder: Path) -> Repo:
    """A new repository."""
    folder.mkdir(parents=True, exist_ok=True)
    repo = Repo(folder)
    repo.git("init", "-q", "-b", "main")
    return repo
