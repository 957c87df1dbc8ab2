"""What tests share: outside programs and data, and how much hypothesis tries."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run; `--hypothesis-profile=thorough` looks for new ones.
settings.register_profile("default", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=5000, deadline=None)
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program keeps for its next call lies in a folder of this session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Path]]:
    """LibreOffice: `soffice("pdf", *files)` gives the files in that format, in a new folder."""
    found = shutil.which("soffice")
    if not found:
        _missing("LibreOffice is not here: no soffice on the path (.ci/run installs it)")
    profile = tmp_path_factory.mktemp("soffice-profile").as_uri()

    def convert(form: str, *files: Path) -> list[Path]:
        out = tmp_path_factory.mktemp("soffice")
        command = [found, f"-env:UserInstallation={profile}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", form, "--outdir", out, *files],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return [out / file.with_suffix(f".{form}").name for file in files]

    return convert


@pytest.fixture(scope="session")
def pdftotext() -> Callable[[Path], list[str]]:
    """Poppler: the text of each page of a PDF, cell by cell as it was drawn."""
    found = shutil.which("pdftotext")
    if not found:
        _missing("Poppler is not here: no pdftotext on the path (.ci/run installs it)")

    def pages(file: Path) -> list[str]:
        done = subprocess.run([found, "-raw", file, "-"], check=True, capture_output=True)
        return done.stdout.decode().split("\f")[:-1]

    return pages


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """Outside data that is no part of the repository; its tests run where it is."""
    folder = ROOT.parent / "shared" / "bench"
    if not folder.is_dir():
        pytest.skip("the outside data is not here: no ../shared/bench beside the repository")
    return folder
