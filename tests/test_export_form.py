"""`plan export form` from end to end: for whom, where to, and what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.commands import SMALL, Outcome, alone, called, names

from banyuasin_plan.form import MACHINE_SHEET, unpacked
from banyuasin_plan.workspace import load_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from banyuasin_plan.form import Form

    Run = Callable[..., Outcome]

WITH_CAMAT = f"""\
{SMALL}
      - {{id: sehat-03, name: Posyandu, measure: foto, duration: 5d, due: 2025-05-02,
         districts: all}}
districts: [{{id: betung, name: Betung}}]
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `plan export form` right here, in a folder with a small plan."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(WITH_CAMAT, encoding="utf-8")
    return lambda *arguments: called(capsys, "export", "form", *arguments, "--lang", "en")


def form_in(file: Path) -> Form:
    """What a workbook holds out of sight."""
    texts = [str(row[0].value) for row in openpyxl.load_workbook(file)[MACHINE_SHEET]]
    form = unpacked(texts)
    assert form is not None
    return form


def test_one_owner(run: Run, tmp_path: Path) -> None:
    """A form is named after its owner and the data date, and what was written is said."""
    found = run("--owner", "dinkes")
    file = "form-dinkes-2025-04-10.xlsx"
    assert found == (0, f"{file}: Dinas Kesehatan, 3 rows\n", "")
    form = form_in(tmp_path / file)
    assert (form.owner, form.lang, form.plan) == ("dinkes", "en", "uji")
    assert form.revision == load_plan(tmp_path).revision


def test_everybody_with_something_to_say(run: Run, tmp_path: Path) -> None:
    """`--all` writes a form for each, into a folder that it makes, and names who has none."""
    found = run("--all", "-o", "out/forms")
    assert found.code == 0
    assert names(tmp_path / "out" / "forms") == [
        "form-betung-2025-04-10.xlsx",
        "form-dinkes-2025-04-10.xlsx",
    ]
    assert "out/forms/form-betung-2025-04-10.xlsx: Camat of Betung, 1 row\n" in found.out
    assert found.err == "Nothing to report for setda\n"


def test_nothing_to_report(run: Run, tmp_path: Path) -> None:
    """An owner with nothing to say gets a line and no file."""
    assert run("--owner", "setda") == (0, "", "Nothing to report for setda\n")
    assert names(tmp_path) == ["plan.yaml"]


def test_planning(run: Run, tmp_path: Path) -> None:
    """A form for proposals has a name of its own, or the one that is given."""
    assert run("--planning", "--owner", "dinkes").code == 0
    assert run("--planning", "--owner", "dinkes", "-o", "p.xlsx").code == 0
    assert names(tmp_path) == ["p.xlsx", "plan.yaml", "proposal-dinkes-2025-04-10.xlsx"]
    assert form_in(tmp_path / "p.xlsx").kind == "planning"
    assert run("--planning", "--owner", "setda").err == "No programme led or supported by setda\n"


def test_another_day(run: Run, tmp_path: Path) -> None:
    """`--today` sets the data date, in the file's name too."""
    assert run("--owner", "dinkes", "--today", "2025-03-10").code == 0
    assert names(tmp_path) == ["form-dinkes-2025-03-10.xlsx", "plan.yaml"]


def test_answers_are_not_overwritten(run: Run, tmp_path: Path) -> None:
    """A file that differs may hold answers: it stays, exit 1; `--force` overwrites it."""
    file = tmp_path / "form-dinkes-2025-04-10.xlsx"
    assert run("--owner", "dinkes").code == 0
    sent = file.read_bytes()
    assert run("--owner", "dinkes").code == 0
    file.write_bytes(b"filled in")
    found = run("--all")
    assert (found.code, file.read_bytes()) == (1, b"filled in")
    assert "form-dinkes-2025-04-10.xlsx is there already" in found.err
    assert (tmp_path / "form-betung-2025-04-10.xlsx").exists()
    assert run("--owner", "dinkes", "--force").code == 0
    assert file.read_bytes() == sent


WRONG = {
    "nobody": ([], "say for whom", "plan export form --owner dinkes"),
    "one and all": (["--owner", "dinkes", "--all"], "give one of them", "--owner dinkes"),
    "unknown": (["--owner", "dinkse"], "nobody is called dinkse", "did you mean dinkes?"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, run: Run, tmp_path: Path) -> None:
    """Wrong usage exits 2, says what may have been meant, and writes nothing."""
    arguments, said, hint = WRONG[name]
    found = run(*arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert hint in found.err
    assert names(tmp_path) == ["plan.yaml"]


def test_several_offices(run: Run, tmp_path: Path) -> None:
    """Each office that is named gets its form, once."""
    found = run("--owner", "dinkes", "--owner", "betung", "--owner", "dinkes", "-o", "f")
    assert (found.code, len(found.out.splitlines())) == (0, 2)
    assert names(tmp_path / "f") == ["form-betung-2025-04-10.xlsx", "form-dinkes-2025-04-10.xlsx"]


PLACES = {
    "x.csv": (["--owner", "dinkes"], "x.csv is no name for an Excel workbook", "-o x.xlsx"),
    "x.xlsx": (["--all"], "x.xlsx is the name of a file", "like this: x/"),
    "y.XLSX": (["--owner", "dinkes", "--owner", "betung"], "the name of a file", "y/"),
}


@pytest.mark.parametrize("place", PLACES)
def test_places_that_can_not_be_meant(place: str, run: Run, tmp_path: Path) -> None:
    """No folder is named as a file, and no workbook as something else."""
    arguments, said, hint = PLACES[place]
    found = run(*arguments, "-o", place)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert hint in found.err
    assert names(tmp_path) == ["plan.yaml"]


def test_places_that_can_be_meant(run: Run, tmp_path: Path) -> None:
    """A file however its ending is written, and a folder whatever its name, if that is said."""
    (tmp_path / "lama.xlsx").mkdir()
    for place in ("X.XLSX", "lama.xlsx", "f.csv/"):
        assert run("--owner", "dinkes", "-o", place).code == 0
    assert (tmp_path / "X.XLSX").is_file()
    for folder in ("lama.xlsx", "f.csv"):
        assert names(tmp_path / folder) == ["form-dinkes-2025-04-10.xlsx"]


def test_folder_is_a_file(run: Run) -> None:
    """A folder that can't be made is one line, not a traceback."""
    found = run("--all", "-o", "plan.yaml")
    assert (found.code, found.out) == (3, "")
    assert "plan.yaml can't be written: it is a file, not a folder" in found.err


def test_plan_with_errors(run: Run, tmp_path: Path) -> None:
    """A plan with errors gives no form, unless what is whole is asked for."""
    broken = WITH_CAMAT.replace("due: 2025-03-14", "due: 14/03/2025")
    (tmp_path / "plan.yaml").write_text(broken, encoding="utf-8")
    assert run("--owner", "dinkes").code == 1
    assert names(tmp_path) == ["plan.yaml"]
    found = run("--owner", "dinkes", "--keep-going")
    assert found.code == 0
    rows = form_in(tmp_path / "form-dinkes-2025-04-10.xlsx").rows
    assert "sehat-02" in [row.key for row in rows]


def test_revision_is_of_the_texts(tmp_path: Path) -> None:
    """The revision changes with any byte of the plan, and not with where the plan lies."""
    places = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    for place, text in zip(places, (SMALL, SMALL, f"{SMALL}# x\n"), strict=True):
        place.mkdir()
        (place / "plan.yaml").write_text(text, encoding="utf-8")
    first, second, third = (load_plan(place).revision for place in places)
    assert first == second != third
