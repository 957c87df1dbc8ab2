"""The folder on disk and the texts in it: find a plan, read it, write a file whole."""

from __future__ import annotations

import os
import re
import stat
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.source.limits import FILE_BYTES, PLAN_FILES
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.words import Message

ENDINGS = (".yaml", ".yml")
HEAD = re.compile(rb"""^(?:\xef\xbb\xbf)?["']?plan["']?[ ]*:""", re.MULTILINE)
BODY = re.compile(rb"""^["']?programs["']?[ ]*:""", re.MULTILINE)
PART = re.compile(
    rb"""^(?:\xef\xbb\xbf)?["']?(?:groups|goals|owners|districts|inherited|decisions|programs)"""
    rb"""["']?[ ]*:""",
    re.MULTILINE,
)
SKIPPED = "baselines"
MOST_NAMED = 12
"""Plans that are named where one has to be chosen, the least deep in folders first."""


class Unavailable(Exception):  # noqa: N818 - it is no error of the program
    """A plan that can't be worked on: none, several, or one the disk does not give out."""

    def __init__(self, what: Message) -> None:
        """Say what stands in the way."""
        super().__init__(what.key)
        self.message = what


class Found(NamedTuple):
    """A plan on disk: its folder, or the single file it is."""

    root: Path

    def texts(self) -> dict[str, bytes]:
        """Every file's bytes by its name as seen from the current folder, in path order.

        Of a file over the limit only as much is read as shows that it is.
        """
        files = [self.root] if self.root.is_file() else list(_files(self.root))
        return {shown(file): _read(file) for file in files[: PLAN_FILES + 1]}


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


def load_plan(path: str | Path, day: date | None = None) -> Loaded:
    """The plan in a folder or file on a data date, with every complaint about it.

    Raises `Unavailable` where there is no plan or the disk does not give it out.
    """
    from banyuasin_plan.reading import load  # the model, which a shell's completion can't wait for

    return load(find(str(path), Path.cwd()).texts(), datetime.now(UTC), day)


def shown(file: Path) -> str:
    """A file's name as seen from the current folder, with slashes on every system."""
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive on Windows
        return file.as_posix()


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    import tempfile  # 10 ms that only writers need

    folder = file.parent
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{file.name}.")
    except OSError as error:
        raise Unavailable(message("unwritable", path=str(file), why=_why(error))) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask())
        part.replace(file)
    except OSError as error:
        raise Unavailable(message("unwritable", path=str(file), why=_why(error))) from error
    finally:
        part.unlink(missing_ok=True)


def is_other(file: Path, data: bytes) -> bool:
    """Whether something else than these bytes lies there."""
    try:
        return file.exists() and file.read_bytes() != data
    except OSError as error:
        raise Unavailable(message("unreadable", path=shown(file), why=_why(error))) from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those around it, where it is not there yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(message("unwritable", path=shown(folder), why=_why(error))) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _named(path: Path) -> Found:
    """The plan at a path; a file that is only part of one stands for the plan around it."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise Unavailable(message("unreadable", path=str(path), why=_why(error))) from error
    if stat.S_ISDIR(mode):
        if next(_files(path), None) is None:
            raise Unavailable(message("no_yaml", path=str(path)))
        heads = {file: text for file in _files(path) if HEAD.search(text := _read(file))}
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
    data = _read(path)
    if HEAD.search(data) and (BODY.search(data) or _alone(path)):
        return Found(path)
    return _around(path.resolve().parent) or Found(path)


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
        if _is_part(file) and HEAD.search(data := _read_quietly(file)):
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
    heads = [text for text in texts if HEAD.search(text)]
    return len(heads) == 1 and any(PART.search(text) for text in texts if text is not heads[0])


def _is_shown(file: Path, folder: Path) -> bool:
    """Whether the folder that a file lies in is read with a plan's folder."""
    below = file.parent
    return below == folder or not (below.name.startswith(".") or below.name == SKIPPED)


def _files(folder: Path) -> Iterator[Path]:
    """The YAML files of a plan in path order: no hidden ones, no baselines, no links."""
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if one[0] != "." and one != SKIPPED)
        for file in sorted(files):
            path = Path(name) / file
            if _is_part(path):
                yield path


def _is_part(file: Path) -> bool:
    if not file.name.endswith(ENDINGS) or file.name.startswith("."):
        return False
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as text:
            return text.read(FILE_BYTES + 1)
    except OSError as error:
        raise Unavailable(message("unreadable", path=shown(file), why=_why(error))) from error


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


def _why(error: Exception) -> Message:
    """The system's reason in our words, where it is one people meet."""
    known = {
        FileNotFoundError: "why.missing",
        PermissionError: "why.permission",
        IsADirectoryError: "why.folder",
        FileExistsError: "why.file",
        NotADirectoryError: "why.missing",
    }
    for kind, key in known.items():
        if isinstance(error, kind):
            return message(key)
    return message("why.other", code=str(getattr(error, "errno", None) or type(error).__name__))
