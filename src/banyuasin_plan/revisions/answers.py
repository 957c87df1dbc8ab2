"""What comparisons found before, kept by all that they depend on.

A comparison takes reading, scheduling and judging a plan twice; its answer is a few hundred values.
Only values are kept: which columns there are, and every word of ours, comes from the program.
"""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from banyuasin_plan.report import Cell, Heading, Kind, Tone
from banyuasin_plan.reports.changes import COUNTS as COUNTED
from banyuasin_plan.reports.changes import SHARES, TABLES
from banyuasin_plan.reports.diff import Difference, Origin
from banyuasin_plan.revisions.keeping import read_kept, write_kept
from banyuasin_plan.words import Lang, Lines, Message, catalogue, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MOST_KEPT = 32
"""Answers that are kept, those of the last comparisons."""

FARTHEST = 10**15
"""No count, no number of days and no amount is as large."""

DEEPEST = 8
"""How deep messages and lists lie in messages."""

FORGED = (LookupError, ValueError, TypeError, AttributeError)
"""What reading, or saying, something raises that this program did not write."""


class Answer(NamedTuple):
    """What a comparison found, and the language of the plan."""

    found: Difference
    lang: Lang


def kept_answer(folder: Path | None, key: str) -> Answer | None:
    """The answer under a key, as far as it is what this program would have written."""
    data = read_kept(_file(folder, key)) if folder else None
    if not isinstance(data, dict) or data.get("key") != key:
        return None
    try:
        return Answer(_difference(data["found"]), Lang(data["lang"]))
    except FORGED:
        return None


def keep_answer(folder: Path | None, key: str, answer: Answer) -> None:
    """Keep an answer, and of the earlier ones no more than have room."""
    if folder is None:
        return
    write_kept(_file(folder, key), {"key": key, "lang": answer.lang, "found": _told(answer.found)})
    with suppress(OSError):
        files = sorted(folder.glob("diff-*.json"), key=lambda one: one.stat().st_mtime_ns)
        for file in files[:-MOST_KEPT]:
            file.unlink(missing_ok=True)


def _file(folder: Path, key: str) -> Path:
    return folder / f"diff-{key}.json"


def _told(found: Difference) -> dict[str, Any]:
    return {
        "heading": [_plain(value) for value in found.heading],
        "old": [_plain(value) for value in found.old],
        "new": [_plain(value) for value in found.new],
        "dates": [_plain(day) for day in found.dates],
        "figures": found.figures,
        "rows": {name: _plain(rows) for name, rows in found.rows.items()},
    }


def _plain(value: object) -> Any:
    """A value as JSON has it; what is no text, number or truth says what it is."""
    if isinstance(value, Message):
        return {"say": value.key, "with": {name: _plain(one) for name, one in value.params}}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Lines):
        return {"lines": [_plain(one) for one in value]}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | dict) else str(value)


def _difference(data: dict[str, Any]) -> Difference:
    """The same as values. Raises one of `FORGED` where anything is not as it should be."""
    rows = data["rows"]
    first, second = map(_day, data["dates"])
    return Difference(
        Heading(*_each(HEADING, data["heading"])),
        Origin(*_each(ORIGIN, data["old"])),
        Origin(*_each(ORIGIN, data["new"])),
        (first, second),
        {name: FIGURES[name](value) for name, value in data["figures"].items()},
        {
            one.id: tuple(
                tuple(_each((CELLS[column.kind] for column in one.columns), row))
                for row in rows[one.id]
            )
            for one in TABLES
        },
    )


def _each(checks: Iterable[Callable[[Any], Any]], values: list[Any]) -> list[Any]:
    return [check(value) for check, value in zip(checks, values, strict=True)]


def _value(data: Any, deep: int = 0) -> Any:
    """What a message is filled with."""
    if deep > DEEPEST:
        raise ValueError
    if data is None or isinstance(data, str | bool):
        return data
    if isinstance(data, int | float):
        return _number(data)
    if isinstance(data, list):
        return tuple(_value(one, deep + 1) for one in data)
    if "day" in data:
        return _day(data)
    if "lines" in data:
        return Lines(_said(one, deep + 1) for one in data["lines"])
    return _said(data, deep + 1)


def _said(data: Any, deep: int = 0) -> Message:
    """A message that can be said; saying it is the only way to know."""
    filled = data["with"].items()
    found = Message(data["say"], tuple((name, _value(value, deep)) for name, value in filled))
    say(found, Lang.ID)
    return found


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data


def _written(data: Any) -> Cell:
    """A cell of text: the plan's words, ours, or several names."""
    if isinstance(data, dict):
        return _said(data)
    return tuple(map(_text, data)) if isinstance(data, list) else _text(data)


def _day(data: Any) -> date:
    return date.fromisoformat(data["day"])


def _whole(data: Any) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or abs(data) > FARTHEST:
        raise TypeError
    return data


def _number(data: Any) -> float:
    if isinstance(data, float) and math.isfinite(data) and abs(data) <= FARTHEST:
        return data
    return _whole(data)


def _truth(data: Any) -> bool:
    if not isinstance(data, bool):
        raise TypeError
    return data


def _state(data: Any) -> str:
    _word(f"state.{_text(data)}")
    return _text(data)


def _record(data: Any) -> Cell:
    """What moved a milestone, and where that lies."""
    _word(f"driver.{_text(data['kind'])}")
    return {"kind": data["kind"], "id": _or_none(_text)(data["id"])}


@cache
def _word(key: str) -> str:
    """A word of ours; raises KeyError where there is none."""
    return catalogue(Lang.ID)[key]


def _or_none(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else check(data)


CELLS = {
    kind: _or_none(check)
    for kind, check in {
        Kind.ID: _text,
        Kind.TEXT: _written,
        Kind.SENTENCE: _written,
        Kind.DATE: _day,
        Kind.COUNT: _whole,
        Kind.DIFFERENCE: _whole,
        Kind.PERCENT: _number,
        Kind.FLAG: _truth,
        Kind.STATE: _state,
        Kind.STATUS: Tone,
        Kind.RECORD: _record,
    }.items()
}
"""What reads the cells of a column, by what these are."""

FIGURES = dict.fromkeys(SHARES, _number) | dict.fromkeys(COUNTED, _whole)
ORIGIN = (_said, _or_none(_text), _or_none(_day), _whole)
HEADING = (
    _text, _text, _or_none(_text), _day, _truth, _whole, _whole, _day, _whole, _whole, _whole,
)  # fmt: skip
