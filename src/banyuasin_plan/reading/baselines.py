"""Saved baselines: from their files, which may come from anybody, and into them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from banyuasin_plan.plan.baseline import Baseline
from banyuasin_plan.plan.shape import shape
from banyuasin_plan.reading.joining import span_of
from banyuasin_plan.reading.shaping import plain
from banyuasin_plan.source import Mapping, parse
from banyuasin_plan.source.writing import Bare, scalar_text
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from banyuasin_plan.plan.baseline import Kept
    from banyuasin_plan.source import Parsed

    Shelf = Callable[[str], tuple[str, bytes] | None]
    """Where saved baselines lie: a name's file and its bytes, None where there is none."""


def baseline_named(name: str, plan: str, shelf: Shelf | None) -> Baseline | Message:
    """The baseline of that name and plan, or why it can't be had."""
    found = shelf(name) if shelf else None
    if found is None:
        return message("baseline_unread", name=name)
    file, data = found
    return read_baseline(file, data, name, plan)


def read_baseline(file: str, data: bytes, name: str, plan: str) -> Baseline | Message:
    """A baseline from its file's bytes, or the first thing that is wrong with it."""
    parsed = parse(file, data)
    for finding in parsed.findings:
        line = getattr(finding.place, "line", 1)
        return _wrong(name, file, line, finding.message)
    if not isinstance(parsed.root, Mapping):
        return _wrong(name, file, 1, message("empty_file"))
    shaped = shape(Baseline, plain(parsed.root), ())
    for finding in shaped.findings:
        return _wrong(name, file, span_of(parsed.root, finding.place).line, finding.message)
    if shaped.value is None:
        return _wrong(name, file, 1, message("empty_file"))
    return _fault(shaped.value, parsed, name, plan) or shaped.value


def _fault(found: Baseline, parsed: Parsed, name: str, plan: str) -> Message | None:
    """What is wrong with a baseline that has the right shape."""
    file = parsed.source.name
    if found.baseline != name:
        return message("baseline_unread.other_name", name=name, file=file, other=found.baseline)
    if found.of != plan:
        return message("baseline_unread.other_plan", name=name, file=file, other=found.of)
    counts = Counter(one.id for one in found.milestones)
    twice = next((one for one, count in counts.items() if count > 1), None)
    return message("baseline_unread.twice", name=name, file=file, id=twice) if twice else None


def _wrong(name: str, file: str, line: int, what: Message) -> Message:
    return message("baseline_unread.text", name=name, file=file, line=str(line), what=what)


def baseline_text(baseline: Baseline) -> str:
    """The baseline as YAML, a line for each milestone; the same baseline gives the same text."""
    lines = [
        f"# Rencana awal tersimpan (plan baseline save {baseline.baseline}).",
        "# from - due: yang dijanjikan; start - finish: menurut jadwal waktu itu.",
        f"baseline: {_text(baseline.baseline)}",
        f"of: {_text(baseline.of)}",
        f"saved: {baseline.saved}",
        f"milestones:{'' if baseline.milestones else ' []'}",
        *(f"  - {{{', '.join(_keys(one))}}}" for one in baseline.milestones),
    ]
    return "\n".join(lines) + "\n"


def _keys(one: Kept) -> Iterator[str]:
    yield f"id: {_text(one.id)}"
    yield f"name: {_text(one.name)}"
    yield f"program: {_text(one.program)}"
    days: dict[str, date | None] = {
        "from": one.first,
        "due": one.due,
        "start": one.start,
        "finish": one.finish,
    }
    yield from (f"{key}: {day}" for key, day in days.items() if day)
    if one.weight != 1:
        yield f"weight: {scalar_text(Bare(f'{one.weight:g}'), flow=True)}"
    if one.after:
        yield f"after: [{', '.join(_text(str(link)) for link in one.after)}]"


def _text(text: str) -> str:
    return scalar_text(text, flow=True)
