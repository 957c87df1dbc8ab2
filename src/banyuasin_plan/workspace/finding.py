"""Which plan is meant, and which files belong to it."""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source.limits import FILE_BYTES, PLAN_FILES
from banyuasin_plan.words import message
from banyuasin_plan.workspace.locking import PATIENCE, locked
from banyuasin_plan.workspace.reading import read_file, read_together
from banyuasin_plan.workspace.refusals import Unavailable, reason, shown, unreadable
from banyuasin_plan.workspace.writing import finish, store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Missed = Callable[[OSError], None]

ENDINGS = (".yaml", ".yml")
HEAD = re.compile(rb"""^(?:\xef\xbb\xbf)?["']?plan["']?[ ]*:""", re.MULTILINE)
BODY = re.compile(rb"""^["']?programs["']?[ ]*:""", re.MULTILINE)
PART = re.compile(
    rb"""^(?:\xef\xbb\xbf)?["']?(?:groups|goals|owners|districts|inherited|decisions|programs)"""
    rb"""["']?[ ]*:""",
    re.MULTILINE,
)
SKIPPED = "baselines"
ATTEMPTS = 10
"""How often a plan is read that others never cease to write into."""

MOST_BASELINES = 1_000

MOST_NAMED = 12
"""Plans that are named where one has to be chosen, the least deep in folders first."""


class Held(NamedTuple):
    """A plan that one writer has to itself: the folder that is locked, and what was read."""

    home: Path
    files: Mapping[Path, bytes]

    @property
    def texts(self) -> dict[str, bytes]:
        """Every file's bytes by its name as seen from the current folder."""
        return {shown(file): data for file, data in self.files.items()}

    def store(self, changed: Mapping[str, bytes]) -> None:
        """Write some of the files, all of them or none.

        Raises Outdated where one is no longer what was read, Unavailable where the disk does not
        take it.
        """
        paths = {shown(file): file for file in self.files}
        store(self.home, self.files, {paths[name]: data for name, data in changed.items()})


class Found(NamedTuple):
    """A plan on disk: its folder, or the single file it is."""

    root: Path

    def texts(self) -> dict[str, bytes]:
        """Every file's bytes by its name as seen from the current folder, in path order.

        Of a file over the limit only as much is read as shows that it is.
        """
        return {shown(file): data for file, data in self.read().items()}

    def read(self) -> dict[Path, bytes]:
        """Every file's bytes, of all before or all after what others write into them."""
        for _ in range(ATTEMPTS):
            if (texts := read_together(self.files())) is not None:
                return texts
        return {file: read_file(file) for file in self.files()}

    def shelf(self, name: str) -> tuple[str, bytes] | None:
        """The file of a saved baseline and its bytes; None where there is none of that name."""
        return _baseline(self.baselines() / f"{name}{ENDINGS[0]}")

    def baselines(self) -> Path:
        """The folder of saved baselines, beside the file with the plan's head."""
        return self.home(self.read()) / SKIPPED

    def saved(self, texts: Mapping[Path, bytes] | None = None) -> dict[str, tuple[str, bytes]]:
        """Every saved baseline by name: its file and its bytes; `texts` as they were read."""
        folder = self.home(self.read() if texts is None else texts) / SKIPPED
        try:
            files = sorted(folder.iterdir())[:MOST_BASELINES]
        except OSError:
            return {}
        found = {file.stem: _baseline(file) for file in files if file.suffix == ENDINGS[0]}
        return {name: one for name, one in found.items() if one}

    def home(self, texts: Mapping[Path, bytes]) -> Path:
        """The folder that all who write into this plan lock: that of the file with its head.

        However the plan was named, it is the same.
        """
        for file, data in texts.items():
            if _has_head(data):
                return file.parent
        return self.root if self.root.is_dir() else self.root.parent

    @contextmanager
    def alone(self, patience: float = PATIENCE) -> Iterator[Held]:
        """The plan for one writer: nobody else writes into it until this ends.

        Others are waited for that many seconds. Raises Unavailable where they take longer, or
        nothing can be written.
        """
        home = self.home(self.read())
        with locked(home, patience):
            finish(home, self.files())
            yield Held(home, self.read())

    def files(self) -> list[Path]:
        """The plan's files in path order, and one more than a plan may have where it has more.

        Raises Unavailable where a file or folder can't be looked at: without it the plan would be
        another one.
        """
        try:
            found = [self.root] if self.root.is_file() else list(_files(self.root, _raised))
        except OSError as error:
            raise unreadable(Path(error.filename or self.root), error) from error
        return found[: PLAN_FILES + 1]


def _baseline(file: Path) -> tuple[str, bytes] | None:
    """A file of the folder of baselines, where it is a regular one that lies in it; no link."""
    if file.parent.is_symlink() or not _is_part(file):
        return None
    return shown(file), read_file(file)


def find(given: str | None, here: Path) -> Found:
    """The plan that is meant: the path given, else the nearest from here up, else in `plans/`.

    The search ends at the top of a git repository; what lies around it is somebody else's.
    """
    if given:
        return _named(Path(given))
    folders = list(_upwards(here))
    for found in chain(map(_plans_in, folders), map(_shelved, [folders])):
        if len(found) == 1:
            return found[0]
        if found:
            raise _several(found)
    raise Unavailable(message("no_plan_here", path=str(here)))


def _shelved(folders: Iterable[Path]) -> list[Found]:
    """The plans in a folder `plans` beside any of these."""
    shelves = (shelf for folder in folders for shelf in sorted((folder / "plans").glob("*")))
    return [plan for shelf in shelves for plan in _plans_in(shelf)]


def _upwards(here: Path) -> Iterator[Path]:
    """The folder and those around it, as far as its repository goes."""
    for folder in (here, *here.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _named(path: Path) -> Found:
    """The plan at a path; a file that is only part of one stands for the plan around it."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise Unavailable(message("unreadable", path=str(path), why=reason(error))) from error
    if stat.S_ISDIR(mode):
        if next(_files(path), None) is None:
            raise Unavailable(message("no_yaml", path=str(path)))
        heads = {file: text for file in _files(path) if _has_head(text := read_file(file))}
        roots = {file if BODY.search(text) else file.parent for file, text in heads.items()}
        if len(roots) > 1:
            raise _several([Found(root) for root in sorted(roots)])
        if heads:
            return Found(path)
        around = _around(path.resolve().parent)
        if around:
            return around
        raise Unavailable(message("no_plan_in", path=str(path)))
    if not stat.S_ISREG(mode):
        raise Unavailable(message("not_a_file", path=str(path)))
    data = read_file(path)
    if _has_head(data) and (BODY.search(data) or _alone(path)):
        return Found(path)
    return _around(path.resolve().parent) or Found(path)


def _has_head(text: bytes) -> bool:
    """Whether a file says what holds for the whole plan; most hold not even the word."""
    return b"plan" in text and HEAD.search(text) is not None


def _alone(path: Path) -> bool:
    """Whether no other YAML file lies in or below the file's folder."""
    real = path.resolve()
    return all(file.resolve() == real for file in _files(real.parent))


def _around(folder: Path) -> Found | None:
    """The nearest plan folder from here upwards."""
    for place in (folder, *folder.parents):
        found = _plans_in(place)
        if len(found) == 1 and found[0].root.is_dir():
            return found[0]
    return None


def _plans_in(folder: Path) -> list[Found]:
    """The plans that begin in a folder: itself, or the files that are each a whole plan."""
    heads: list[Path] = []
    try:
        names = sorted(folder.iterdir())
    except OSError:
        return []
    for file in names:
        if _is_part(file) and _has_head(data := _read_quietly(file)):
            heads.append(file)
            if BODY.search(data) is None:
                return [Found(folder)]
    if len(heads) == 1 and _has_parts(folder):
        return [Found(folder)]
    return [Found(file) for file in heads]


def _has_parts(folder: Path) -> bool:
    """Whether parts of a plan, and no second plan, lie beside the only plan in a folder.

    Only one folder deep: the folder may be somebody's home.
    """
    files = [*folder.glob("*"), *folder.glob("*/*")]
    texts = [_read_quietly(file) for file in files if _is_part(file) and _is_shown(file, folder)]
    heads = [text for text in texts if _has_head(text)]
    return len(heads) == 1 and any(PART.search(text) for text in texts if text is not heads[0])


def _is_shown(file: Path, folder: Path) -> bool:
    """Whether the folder that a file lies in is read with a plan's folder."""
    below = file.parent
    return below == folder or not (below.name.startswith(".") or below.name == SKIPPED)


def _files(folder: Path, missed: Missed | None = None) -> Iterator[Path]:
    """The YAML files of a plan in path order: no hidden ones, no baselines, no links.

    What can't be looked at is `missed`, or passed over.
    """
    for name, folders, files in os.walk(folder, onerror=missed):
        folders[:] = sorted(one for one in folders if one[0] != "." and one != SKIPPED)
        for file in sorted(files):
            path = Path(name) / file
            if _is_part(path, missed):
                yield path


def _raised(error: OSError) -> None:
    """Pass over what is gone by now, and nothing else."""
    if not isinstance(error, FileNotFoundError):
        raise error


def _is_part(file: Path, missed: Missed | None = None) -> bool:
    if not file.name.endswith(ENDINGS) or file.name.startswith("."):
        return False
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError as error:
        if missed:
            missed(error)
        return False


def _read_quietly(file: Path) -> bytes:
    try:
        with file.open("rb") as text:
            return text.read(FILE_BYTES + 1)
    except OSError:
        return b""


def _several(found: list[Found]) -> Unavailable:
    shallow = sorted(found, key=lambda one: len(one.root.parts))
    paths = [shown(one.root) for one in shallow[:MOST_NAMED]]
    more = ["..."] if len(found) > MOST_NAMED else []
    return Unavailable(message("several_plans", paths=(*paths, *more)))
