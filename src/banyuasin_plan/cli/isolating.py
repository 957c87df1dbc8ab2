"""Reading strangers' workbooks in a process of its own, so that none of them can stop ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import Timer
from typing import TYPE_CHECKING, Any, Self

from banyuasin_plan.formats.returned.book import from_plain
from banyuasin_plan.formats.returned.limits import FILE_BYTES
from banyuasin_plan.formats.returned.serving import LENGTH_BYTES, READY
from banyuasin_plan.words import Message, message
from banyuasin_plan.workspace import Unavailable

if TYPE_CHECKING:
    from types import TracebackType

    from banyuasin_plan.formats.returned.book import Book

PROGRAM = (
    "import sys; sys.path += sys.argv[1:]; "
    "from banyuasin_plan.formats.returned.serving import main; main()"
)
"""What the process runs: Python in isolation looks nowhere but where we found our packages."""

KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All it is told of the environment: what it takes to start Python."""

SECONDS = 30
"""By the clock, for one workbook; on a busy machine processor time takes longer."""

ANSWER_BYTES = 40_000_000


class Reader:
    """Reads workbooks, all in one process as long as that survives."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Read within a `with`, so that the process ends with it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def read(self, data: bytes) -> Book | Message:
        """The cells of a workbook, or why it is not read.

        Raises Unavailable where the process can't be started.
        """
        if len(data) > FILE_BYTES:
            return message("returned.large", size=len(data) / 1e6, most=FILE_BYTES // 1_000_000)
        process = self._process or self._start()
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            answer = _asked(process, data)
        finally:
            timer.cancel()
        if answer is None:
            self._end()
            return message("returned.too_much")
        refused = answer.get("refused")
        return _message(refused) if refused else from_plain(answer["book"])

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the process and wait until it can read."""
        paths = [path for path in sys.path if os.path.isabs(path)]  # noqa: PTH117 - a text is asked for
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, nothing from outside
                [sys.executable, "-I", "-c", PROGRAM, *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in KEPT if name in os.environ},
            )
        except (OSError, ValueError) as error:
            raise Unavailable(message("returned.no_reader")) from error
        self._process = process
        if process.stdout is None or process.stdout.readline() != READY:
            self._end()
            raise Unavailable(message("returned.no_reader"))
        return process

    def _end(self) -> None:
        """Let go of the process, whatever state it is in."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.communicate()


def _asked(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any] | None:
    """The process's answer; None where it died over the workbook."""
    if process.stdin is None or process.stdout is None:
        raise AssertionError
    try:
        process.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
        process.stdin.flush()
        line = process.stdout.readline(ANSWER_BYTES)
    except OSError:
        return None
    if not line.endswith(b"\n"):
        return None
    answer: dict[str, Any] = json.loads(line)
    return answer


def _message(plain: dict[str, Any]) -> Message:
    """A message that came as JSON."""
    params = {
        name: _message(value) if isinstance(value, dict) else value
        for name, value in plain["params"].items()
    }
    return message(plain["key"], **params)
