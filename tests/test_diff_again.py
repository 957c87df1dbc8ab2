"""`plan diff` asked again: what it found is kept, and whatever it hangs on is asked anew."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commands import SMALL, Outcome, alone, called
from tests.repositories import OWN, Repo, needs_git, repo_in

from banyuasin_plan import cli
from banyuasin_plan.formats import FORMATS, Screen, written
from banyuasin_plan.reports.diff import report
from banyuasin_plan.revisions.answers import MOST_KEPT, kept_answer
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Outcome]

pytestmark = needs_git
FREE = SMALL.replace(", as_of: 2025-04-10", "")
SECOND = "id: sehat-02, name: Layanan, measure: foto, duration: 5d, after: [sehat-01],\n"
BLOCKED = "blockers: [{since: 2025-04-01, what: izin belum terbit, decide_by: 2025-04-04}],"
LATER = (
    SMALL.replace("id: sehat-01, name: Daftar,", "id: sehat-01, name: Daftar, progress: 50,")
    .replace("due: 2025-04-30", f"{BLOCKED} owner: setda,\n         due: 2025-05-07")
    .replace("outcome: Loket buka sampai sore", "outcome: Loket buka sampai malam")
    + "      - {id: sehat-03, name: Pengumuman, measure: foto, due: 2025-05-02}\n"
    + "      - {id: sehat-05, name: Penutupan, measure: berita, due: 2025-05-20}\n"
)
OLDER = (
    SMALL
    + "      - {id: sehat-04, name: Penutupan, measure: berita, due: 2025-05-20}\n"
    + "      - {id: sehat-09, name: Papan nama, measure: papan, due: 2025-05-21}\n"
)
"""Between the two there is a change of every kind."""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "banyuasin-plan"


@pytest.fixture
def repo(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository without a revision, in which the test stands."""
    assert not kept.exists()
    alone(monkeypatch, tmp_path)
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)
    repo = repo_in(tmp_path / "work")
    monkeypatch.chdir(repo.folder)
    return repo


@pytest.fixture
def run(repo: Repo, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in the repository."""
    assert repo.folder.exists()
    return lambda *arguments: called(capsys, *arguments)


def answers(kept: Path) -> list[Path]:
    """The answers that are kept."""
    return sorted(kept.glob("diff-*.json"))


def altered(kept: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """The one answer that is kept, changed by somebody else."""
    [file] = answers(kept)
    data = json.loads(file.read_text(encoding="ascii"))
    change(data)
    file.write_text(json.dumps(data), encoding="ascii")


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_same_again(form: str, lang: str, repo: Repo, run: Run, kept: Path) -> None:
    """What was kept reads as what was worked out, in every format and language."""
    repo.commit(plan=OLDER)
    repo.write("plan.yaml", LATER)
    asked = ("diff", "--format", form, "--lang", lang, "--exit-code")
    first = run(*asked)
    assert first.code == 1
    assert len(answers(kept)) == 1
    assert run(*asked) == first
    if form == "json":
        tables = json.loads(first.out)["tables"]
        assert [name for name, rows in tables.items() if not rows] == []


def test_what_is_kept_is_used_in_every_format(repo: Repo, run: Run, kept: Path) -> None:
    """How an answer is written is no part of what it hangs on."""
    repo.commit(plan=OLDER)
    repo.write("plan.yaml", LATER)
    run("diff")

    def rename(data: dict[str, Any]) -> None:
        data["found"]["rows"]["added"][0][1] = "Diubah orang"

    altered(kept, rename)
    for form in ("table", "json", "csv", "md"):
        assert "Diubah orang" in run("diff", "--format", form).out


def test_whatever_it_hangs_on(repo: Repo, run: Run, kept: Path) -> None:
    """Other texts, another revision, day, question or baseline: another answer."""
    repo.commit("2025-03-01", plan=FREE)
    repo.commit("2025-04-01", plan=FREE.replace("due: 2025-04-30", "due: 2025-05-02"))
    day = ("--today", "2025-04-10")
    run("baseline", "save", "awal", *day)
    seen = []
    for asked in (
        (),
        ("HEAD~1",),
        ("HEAD~1", "HEAD"),
        ("--since", "7d"),
        ("--since", "5w"),
        ("--baseline", "awal"),
        ("--owner", "dinkes"),
        ("--owner", "dinkes", "--with-support"),
        ("--program", "sehat"),
    ):
        seen.append(run("diff", *asked, *day, "--format", "json").out)
        assert len(answers(kept)) == len(seen)
    before = run("diff", "HEAD~1", *day, "--format", "json").out
    assert len(answers(kept)) == len(seen)
    repo.write("plan.yaml", FREE.replace("due: 2025-04-30", "due: 2025-05-09"))
    after = run("diff", "HEAD~1", *day, "--format", "json").out
    assert before != after
    repo.commit("2025-04-02")
    assert run("diff", "HEAD~2", *day, "--format", "json").out != after
    count = len(answers(kept))
    run("diff", "HEAD~2", "--today", "2025-04-11")
    text = (repo.folder / "baselines" / "awal.yaml").read_text(encoding="utf-8")
    repo.write("baselines/awal.yaml", text.replace("2025-05-02", "2025-05-01"))
    run("diff", "--baseline", "awal", *day)
    assert len(answers(kept)) == count + 2


def test_findings_are_told_again(repo: Repo, run: Run, kept: Path) -> None:
    """An answer about what is whole of a broken plan is not kept, nor is a refusal."""
    repo.commit(plan=SMALL)
    assert run("diff", "nowhere").code == 3
    repo.write("plan.yaml", SMALL.replace("verifier: setda", "verifier: stda"))
    for _ in range(2):
        assert run("diff").code == 1
        assert "stda" in run("diff", "--keep-going").err
    assert answers(kept) == []


def test_no_more_than_have_room(repo: Repo, run: Run, kept: Path) -> None:
    """The oldest answers go."""
    repo.commit("2025-03-01", plan=FREE)
    for number in range(MOST_KEPT + 3):
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"diff-{number:064}.json").write_text("{}", encoding="ascii")
    run("diff")
    assert len(answers(kept)) == MOST_KEPT


def nested(times: int) -> object:
    """A list in a list, so many times."""
    found: list[object] = []
    for _ in range(times):
        found = [found]
    return found


Where = tuple[str | int, ...]
FORGED: dict[str, tuple[Where, object]] = {
    "a row too long": (("rows", "added", 0), [1, 2, 3, 4, 5, 6]),
    "a row that is none": (("rows", "added", 0), 7),
    "no rows": (("rows", "moved"), None),
    "a number for a name": (("rows", "added", 0, 1), 7),
    "a text for a day": (("rows", "added", 0, 4), "2025-05-02"),
    "no such day": (("rows", "added", 0, 4), {"day": "2025-02-30"}),
    "no colour": (("rows", "turned", 0, 5), "mauve"),
    "a truth that is none": (("rows", "turned", 0, 6), 1),
    "words that are not ours": (("rows", "turned", 0, 8), {"say": "no.such.words", "with": {}}),
    "words without what fills them": (("rows", "turned", 0, 8), {"say": "reason.R1", "with": {}}),
    "no state": (("rows", "progress", 0, 5), "asleep"),
    "no count": (("rows", "promises", 0, 6), 10**30),
    "no cause": (("rows", "moved", 0, 10), {"kind": "whim", "id": None}),
    "no figure": (("figures", "luck"), 1),
    "not a number": (("figures", "actual_percent"), float("nan")),
    "no heading": (("heading",), []),
    "an origin in an origin": (("old", 0), {"say": "diff.named", "with": {"name": {}, "hash": 1}}),
    "deep": (("rows", "turned", 0, 8), {"say": "diff.files", "with": {"x": nested(800)}}),
    "no dates": (("dates",), [{"day": "2025-04-10"}]),
}


@pytest.mark.parametrize("case", FORGED)
def test_what_somebody_else_wrote(case: str, repo: Repo, run: Run, kept: Path) -> None:
    """Whatever is not as it should be counts as not there, and is written anew."""
    repo.commit(plan=OLDER)
    repo.write("plan.yaml", LATER)
    first = run("diff", "--lang", "en")
    [file] = answers(kept)
    whole = file.read_text(encoding="ascii")
    where, value = FORGED[case]

    def forge(data: dict[str, Any]) -> None:
        place = data["found"]
        for step in where[:-1]:
            place = place[step]
        place[where[-1]] = value

    altered(kept, forge)
    assert kept_answer(kept, file.stem.removeprefix("diff-")) is None
    assert run("diff", "--lang", "en") == first
    assert file.read_text(encoding="ascii") == whole


def places(data: object, here: Where = ()) -> list[Where]:
    """Every place in it."""
    below = (
        data.items() if isinstance(data, dict) else enumerate(data if type(data) is list else ())
    )
    return [here, *(place for step, one in below for place in places(one, (*here, step)))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["say", "with", "day", "lines", "kind", "id"]), inner)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An answer as it is kept, with a change of every kind."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, folder)
        for name, value in {**OWN, "XDG_CACHE_HOME": str(folder / "cache")}.items():
            patch.setenv(name, value)
        repo = repo_in(folder / "work")
        patch.chdir(repo.folder)
        repo.commit(plan=OLDER)
        repo.write("plan.yaml", LATER)
        assert cli.run(["diff", "-o", "out.txt"]) == 0
    [file] = answers(folder / "cache" / "banyuasin-plan")
    found: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
    return found


@given(st.data())
def test_whatever_somebody_else_wrote(whole: dict[str, Any], data: st.DataObject) -> None:
    """Anything in place of anything: it counts as not there, or can be told in every format."""
    forged = json.loads(json.dumps(whole))
    where = data.draw(st.sampled_from(places(whole["found"])), label="where")
    place: Any = forged
    for step in ("found", *where)[:-1]:
        place = place[step]
    place[("found", *where)[-1]] = data.draw(JSON, label="what")
    with TemporaryDirectory() as folder:
        key = forged["key"]
        text = json.dumps(forged)
        (Path(folder) / f"diff-{key}.json").write_text(text, encoding="ascii")
        answer = kept_answer(Path(folder), key)
    if answer is not None:
        for form in FORMATS:
            assert written(report(answer.found), form, Lang.EN, Screen())


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", '{"key": 1}', "\0"])
def test_garbage(text: str, repo: Repo, run: Run, kept: Path) -> None:
    """So does what is no JSON, or JSON of something else."""
    repo.commit(plan=OLDER)
    repo.write("plan.yaml", LATER)
    first = run("diff")
    [file] = answers(kept)
    file.write_text(text, encoding="ascii")
    assert run("diff") == first


def test_nowhere_to_keep_it(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept it is worked out each time."""
    repo.commit(plan=OLDER)
    repo.write("plan.yaml", LATER)
    first = run("diff")
    monkeypatch.setenv("XDG_CACHE_HOME", str(repo.folder / "plan.yaml"))
    assert run("diff") == first
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "")
    assert run("diff") == first


def test_an_answer_under_another_name(repo: Repo, run: Run, kept: Path) -> None:
    """An answer moved to where another belongs is not taken for it."""
    repo.commit(plan=OLDER)
    first = run("diff")
    [file] = answers(kept)
    repo.write("plan.yaml", LATER)
    second = run("diff")
    [other] = [one for one in answers(kept) if one != file]
    file.replace(other)
    assert run("diff") == second != first
