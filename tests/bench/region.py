"""A plan of a whole region: 500 programmes, 100 districts, 60 owners, goals, orders, what runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAMS, DISTRICTS, OWNERS, RUNNING, ORDERS = 500, 100, 60, 300, 60
A_FILE = 50
"""Programmes in a file."""

START, DAY = date(2025, 2, 20), date(2025, 4, 10)
REPORTS = ("sync", "align", "coverage", "handoffs", "decisions", "matrix", "load", "meetings")

ABOUT = ("Sayur", "Ternak", "Ikan", "Buah", "Sekolah", "Posyandu", "Jalan", "Sampah", "Air", "Data")
DOING = ("Tanam", "Bina", "Bangun", "Bersih", "Cerdas", "Sehat", "Guna", "Jaga", "Buka", "Rawat")


def write_region(folder: Path) -> None:
    """The plan in files, without an error."""
    folder.mkdir()
    (folder / "plan.yaml").write_text(_head(), encoding="utf-8")
    for first in range(0, PROGRAMS, A_FILE):
        text = "programs:\n" + "".join(_program(number) for number in range(first, first + A_FILE))
        (folder / f"programs-{first:03}.yaml").write_text(text, encoding="utf-8")


def _head() -> str:
    lines = [
        f"plan: {{id: daerah, name: Rencana daerah, start: {START}, as_of: {DAY}}}",
        "owners:",
        *(f"  - {{id: dinas-{one}, name: Dinas Nomor {one}}}" for one in range(OWNERS)),
        "districts:",
        *(f"  - {{id: kec-{one}, name: Kecamatan {one}}}" for one in range(DISTRICTS)),
        "goals:",
        *_goals(),
        "inherited:",
        *(_running(one) for one in range(RUNNING)),
        "decisions:",
        *(_order(one) for one in range(ORDERS)),
    ]
    return "\n".join(lines) + "\n"


def _goals() -> Iterator[str]:
    """Three sets of eight; the first serves the second, the second the third."""
    for place, name in enumerate(("misi", "cita", "nasional")):
        yield f"  - id: {name}\n    name: Kumpulan {name}\n    items:"
        above = ("cita", "nasional", "")[place]
        for item in range(1, 9):
            serves = f", serves: [{above}/{item}, {above}/{item % 8 + 1}]" if above else ""
            yield f"      - {{id: {item}, text: Tujuan {item}{serves}}}"


def _name(number: int) -> str:
    about, doing = ABOUT[number % 10], DOING[number // 10 % 10]
    return f"{doing} {about} {chr(97 + number // 100)}{number % 7}"


def _running(number: int) -> str:
    until = START + timedelta(number % 200)
    names = f"name: Gerakan {_name(number)} lama, aliases: [{_name(number + 7)}]"
    rest = f"owner: dinas-{number % OWNERS}, districts: all, until: {until}"
    return f"  - {{id: lama-{number}, {names}, {rest}}}"


def _order(number: int) -> str:
    day = START + timedelta(number % 49)
    return (
        f"  - {{id: arahan-{number}, on: {day}, by: dinas-0, text: Arahan {number},"
        f" owner: dinas-{number % OWNERS}, due: {day + timedelta(14)}}}"
    )


def _program(number: int) -> str:
    lead = number % OWNERS
    inherits = (
        f"    inherits: {{continues: [lama-{number}], by: [p-{number}-0]}}\n"
        if number < RUNNING // 2
        else ""
    )
    return f"""\
  - id: p-{number}
    name: {_name(number)}
    full_name: Gerakan {_name(number)}
    lead: dinas-{lead}
    support: [dinas-{(lead + 1) % OWNERS}, dinas-{(lead + 9) % OWNERS}]
    verifier: dinas-{(lead + 30) % OWNERS}
    goals: [misi/{number % 8 + 1}, misi/{number % 5 + 1}]
    districts: all
{inherits}    milestones:
{"".join(_milestone(number, place) for place in range(4))}"""


def _milestone(number: int, place: int) -> str:
    """The first done, the second delivered in some districts, the last two to come."""
    lines = [
        f"id: p-{number}-{place}",
        f"name: Aksi {place} program {number}",
        f"owner: dinas-{(number + place * 11) % OWNERS}",
        "duration: 5d",
        f"due: {START + timedelta(20 + 20 * place + number % 9)}",
    ]
    if place:
        waits = [f"p-{number}-{place - 1}"]
        waits += [f"p-{number - 1}-{place - 1}"] if number % 3 else []
        lines.append(f"after: [{', '.join(waits)}]")
        lines.append("districts: all")
    if place == 0:
        lines += [f"started: {START}", f"finished: {START + timedelta(14)}"]
    if place == 1:
        done = ", ".join(
            f"kec-{one}: {START + timedelta(20 + one % 25)}"
            for one in range(number % 7, DISTRICTS, 2)
        )
        lines += [f"started: {START + timedelta(18)}", f"delivered: {{{done}}}"]
    return "      - " + "\n        ".join(lines) + "\n"
