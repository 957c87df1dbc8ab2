"""The hook and the jobs that we ship, tried by the programs they are made for."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from banyuasin_plan.reading.shaping import plain
from banyuasin_plan.source import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
CI = ROOT / "examples" / "ci"
NOT_COPIED = shutil.ignore_patterns(".*_cache", ".venv", ".git", ".hypothesis", "__pycache__")
SCHEMAS = {
    "github.yml": ("--builtin-schema", "vendor.github-workflows"),
    "gitlab.yml": ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}


def ran(*command: str | Path, cwd: Path, **environment: str) -> tuple[int, str]:
    """Exit code and output of a command."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return done.returncode, done.stdout


def repository(folder: Path) -> Path:
    """The folder as a git repository with one commit of all that is in it."""
    identity = ("-c", "user.name=Uji", "-c", "user.email=uji@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-q", "-m", "awal")):
        code, said = ran("git", *words, cwd=folder)
        assert code == 0, said
    return folder


@pytest.mark.judge
def test_hook(judge_python: Path, tmp_path: Path) -> None:
    """Pre-commit installs the hook from a checkout; it passes a good plan and stops a bad one."""
    ours = repository(shutil.copytree(ROOT, tmp_path / "ours", ignore=NOT_COPIED))
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    plan = theirs / "plan.yaml"
    shutil.copy(ROOT / "examples" / "minimal.yaml", plan)
    repository(theirs)
    hook = ("try-repo", str(ours), "plan-validate", "--all-files")
    tried = (str(judge_python), "-m", "pre_commit", *hook)
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PLAN_LANG": "en"}

    code, said = ran(*tried, cwd=theirs, **home)
    assert code == 0, said
    assert "Passed" in said

    plan.write_text(plan.read_text(encoding="utf-8").replace("lead: dinkes", "lead: dinkse"))
    code, said = ran(*tried, cwd=theirs, **home)
    assert code == 1, said
    assert "plan.yaml:10:11: error E202: nobody is called dinkse" in said


@pytest.mark.judge
@pytest.mark.parametrize("name", SCHEMAS)
def test_jobs_fit_their_schemas(name: str, judge_python: Path) -> None:
    """The job is one that the service's own schema takes."""
    judge = (str(judge_python), "-m", "check_jsonschema", *SCHEMAS[name])
    code, said = ran(*judge, CI / name, cwd=ROOT)
    assert code == 0, said


def commands(name: str) -> list[str]:
    """The shell lines of an example, in order."""
    job: Any = plain(parse(name, (CI / name).read_bytes()).root)  # type: ignore[arg-type]
    if name == "gitlab.yml":
        return [*job["plan"]["before_script"], *job["plan"]["script"]]
    return [step["run"] for step in job["jobs"]["validate"]["steps"] if "run" in step]


@pytest.mark.parametrize("name", SCHEMAS)
def test_jobs_run(name: str, tmp_path: Path) -> None:
    """What the job runs after installing ends well on the shipped plan."""
    install, *rest = commands(name)
    assert install == "python -m pip install --quiet -c constraints.txt ."
    assert (ROOT / "constraints.txt").is_file()
    tools = tmp_path / "bin"
    tools.mkdir()
    plan = tools / "plan"
    plan.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m banyuasin_plan "$@"\n')
    plan.chmod(0o755)
    copy = shutil.copytree(ROOT / "plans", tmp_path / "copy" / "plans").parent
    setting: Mapping[str, str] = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GITHUB_ACTIONS": "true" if name == "github.yml" else "",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    code, said = ran("sh", "-ec", "\n".join(rest), cwd=copy, **setting)
    assert code == 0, said
    assert (copy / "plan-quality.json").is_file() == (name == "gitlab.yml")
    assert (tmp_path / "summary.md").is_file() == (name == "github.yml")
