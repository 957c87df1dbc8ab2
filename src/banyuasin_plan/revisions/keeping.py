"""Files that can be thrown away: what was worked out before, kept for this user's next call.

They are read as if anybody had written them. Nothing but JSON is read, and whoever asks for what is
in it checks every value: whatever is not as it should be counts as not there.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from banyuasin_plan import __version__

MOST_BYTES = 10_000_000


def cache_folder() -> Path | None:
    """Where programs keep what they can make again, for this user; None where nowhere is."""
    environment = os.environ
    if sys.platform == "win32":
        given = environment.get("LOCALAPPDATA")
        return Path(given) / "banyuasin-plan" / "cache" if given else None
    given = environment.get("XDG_CACHE_HOME")
    if given and Path(given).is_absolute():
        return Path(given) / "banyuasin-plan"
    home = environment.get("HOME")
    if not home or not Path(home).is_absolute():
        return None
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path(home) / below / "banyuasin-plan"


def maker() -> str:
    """The program that works things out: its version, and when its files were last written.

    The same text may come to other values when either is another.
    """
    newest, stack = 0, [os.fspath(Path(__file__).resolve().parents[1])]
    while stack:
        with suppress(OSError), os.scandir(stack.pop()) as entries:
            for one in entries:
                if one.name.endswith(".py"):
                    newest = max(newest, one.stat().st_mtime_ns)
                elif one.is_dir() and not one.name.startswith("__"):
                    stack.append(one.path)
    return f"{__version__} {newest}"


def read_kept(file: Path) -> object:
    """What the file holds; None where it holds nothing that can be read."""
    try:
        with file.open("rb") as text:
            return json.loads(text.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def write_kept(file: Path, data: object) -> None:
    """Write the file, whole or not at all; where that can't be, nothing is kept."""
    part = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            part.write_text(json.dumps(data), encoding="ascii")
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
