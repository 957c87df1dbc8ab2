"""What tests share: outside programs and data, and how much hypothesis tries."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run; `--hypothesis-profile=thorough` looks for new ones.
settings.register_profile("default", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile("default")


def _missing(reason: str) -> NoReturn:
    """Skip the test, or fail it where all tests must run (`PLAN_ALL_TESTS=1`)."""
    if os.environ.get("PLAN_ALL_TESTS") == "1":
        pytest.fail(f"PLAN_ALL_TESTS=1, but {reason}", pytrace=False)
    pytest.skip(reason)


def _judge(variable: str, what: str) -> Path:
    """The path an environment variable holds, where something is."""
    value = os.environ.get(variable)
    if not value:
        _missing(f"{what} is not here: {variable} is not set (.ci/run installs it)")
    if not Path(value).exists():
        _missing(f"{what} is not here: {variable} names {value}")
    return Path(value)


@pytest.fixture(scope="session")
def judge_python() -> Path:
    """A Python that has the outside judges: mpxj, ortools, pre-commit, check-jsonschema."""
    return _judge(
        "PLAN_JUDGES_PYTHON", "a Python with mpxj, ortools, pre-commit and check-jsonschema"
    )


@pytest.fixture(scope="session")
def judge_node() -> Path:
    """The folder over a `node_modules` with @actions/core, the judge of annotations."""
    return _judge("PLAN_JUDGES_NODE", "a folder with @actions/core")


@pytest.fixture(scope="session")
def tj3() -> Path:
    """TaskJuggler, the judge of finish dates, as it stands on the path."""
    found = shutil.which("tj3")
    if not found:
        _missing("TaskJuggler is not here: no tj3 on the path (.ci/run installs it)")
    return Path(found)


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """Outside data that is no part of the repository; its tests run where it is."""
    folder = ROOT.parent / "shared" / "bench"
    if not folder.is_dir():
        pytest.skip("the outside data is not here: no ../shared/bench beside the repository")
    return folder
