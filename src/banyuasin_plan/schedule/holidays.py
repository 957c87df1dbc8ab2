"""Indonesia's national holidays and joint leave days, 2025 to 2027.

Kept as data, so that a plan's dates never change with a library. Every row is a whole calendar
day; where it comes from stands under its year in `SOURCES`. Tests hold the table against the
`holidays` library.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, NamedTuple


class Holiday(NamedTuple):
    """A day on which offices are closed for the whole country.

    `joint_leave` marks cuti bersama, which closes government offices by decree; the other days
    are libur nasional. `estimated` days wait for the sighting of the moon and may still move.
    """

    day: date
    joint_leave: bool
    name_id: str
    name_en: str
    estimated: bool


SOURCES: Final[dict[int, str]] = {
    2025: "SKB Menteri Agama, Menteri Ketenagakerjaan dan Menteri PANRB Nomor 1017 Tahun 2024, "
    "Nomor 2 Tahun 2024 dan Nomor 2 Tahun 2024, diubah dengan Nomor 933 Tahun 2025, "
    "Nomor 1 Tahun 2025 dan Nomor 3 Tahun 2025 (cuti bersama 18 Agustus)",
    2026: "SKB Menteri Agama, Menteri Ketenagakerjaan dan Menteri PANRB Nomor 1497 Tahun 2025, "
    "Nomor 2 Tahun 2025 dan Nomor 5 Tahun 2025",
    2027: "SKB tiga menteri tentang hari libur nasional dan cuti bersama tahun 2027; "
    "Idulfitri dan Iduladha masih perkiraan",
}
"""The decree behind each year's rows, as officials cite it."""

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "new_year": ("Tahun Baru Masehi", "New Year's Day"),
    "miraj": ("Isra Mikraj Nabi Muhammad", "Ascension of the Prophet Muhammad"),
    "imlek": ("Tahun Baru Imlek", "Lunar New Year"),
    "nyepi": ("Hari Suci Nyepi", "Nyepi Day of Silence"),
    "fitri": ("Hari Raya Idul Fitri", "Eid al-Fitr"),
    "fitri_2": ("Hari kedua dari Hari Raya Idul Fitri", "Second day of Eid al-Fitr"),
    "good_friday": ("Wafat Yesus Kristus", "Good Friday"),
    "easter": ("Kebangkitan Yesus Kristus", "Easter Sunday"),
    "labour": ("Hari Buruh Internasional", "International Labour Day"),
    "ascension": ("Kenaikan Yesus Kristus", "Ascension of Jesus Christ"),
    "waisak": ("Hari Raya Waisak", "Vesak"),
    "pancasila": ("Hari Lahir Pancasila", "Pancasila Day"),
    "adha": ("Hari Raya Idul Adha", "Eid al-Adha"),
    "hijri": ("Tahun Baru Islam", "Islamic New Year"),
    "independence": ("Hari Kemerdekaan Republik Indonesia", "Independence Day"),
    "maulid": ("Maulid Nabi Muhammad", "Birthday of the Prophet Muhammad"),
    "christmas": ("Hari Raya Natal", "Christmas Day"),
}

_NATIONAL: Final[dict[int, tuple[tuple[int, int, str], ...]]] = {
    2025: (
        (1, 1, "new_year"), (1, 27, "miraj"), (1, 29, "imlek"), (3, 29, "nyepi"), (3, 31, "fitri"),
        (4, 1, "fitri_2"), (4, 18, "good_friday"), (4, 20, "easter"), (5, 1, "labour"),
        (5, 12, "waisak"), (5, 29, "ascension"), (6, 1, "pancasila"), (6, 6, "adha"),
        (6, 27, "hijri"), (8, 17, "independence"), (9, 5, "maulid"), (12, 25, "christmas"),
    ),
    2026: (
        (1, 1, "new_year"), (1, 16, "miraj"), (2, 17, "imlek"), (3, 19, "nyepi"), (3, 21, "fitri"),
        (3, 22, "fitri_2"), (4, 3, "good_friday"), (4, 5, "easter"), (5, 1, "labour"),
        (5, 14, "ascension"), (5, 27, "adha"), (5, 31, "waisak"), (6, 1, "pancasila"),
        (6, 16, "hijri"), (8, 17, "independence"), (8, 25, "maulid"), (12, 25, "christmas"),
    ),
    2027: (
        (1, 1, "new_year"), (1, 5, "miraj"), (2, 6, "imlek"), (3, 8, "nyepi"), (3, 10, "fitri"),
        (3, 11, "fitri_2"), (3, 26, "good_friday"), (3, 28, "easter"), (5, 1, "labour"),
        (5, 6, "ascension"), (5, 17, "adha"), (5, 20, "waisak"), (6, 1, "pancasila"),
        (6, 6, "hijri"), (8, 15, "maulid"), (8, 17, "independence"), (12, 25, "christmas"),
        (12, 26, "miraj"),
    ),
}  # fmt: skip
_JOINT_LEAVE: Final[dict[int, tuple[tuple[int, int, str], ...]]] = {
    2025: (
        (1, 28, "imlek"), (3, 28, "nyepi"), (4, 2, "fitri"), (4, 3, "fitri"), (4, 4, "fitri"),
        (4, 7, "fitri"), (5, 13, "waisak"), (5, 30, "ascension"), (6, 9, "adha"),
        (8, 18, "independence"), (12, 26, "christmas"),
    ),
    2026: (
        (2, 16, "imlek"), (3, 18, "nyepi"), (3, 20, "fitri"), (3, 23, "fitri"), (3, 24, "fitri"),
        (5, 15, "ascension"), (5, 28, "adha"), (12, 24, "christmas"),
    ),
    2027: (
        (2, 5, "imlek"), (3, 9, "fitri"), (3, 12, "fitri"), (3, 15, "fitri"),
        (3, 25, "good_friday"), (5, 18, "adha"), (5, 19, "waisak"), (12, 24, "christmas"),
    ),
}  # fmt: skip
_ESTIMATED: Final = frozenset({date(2027, 3, 10), date(2027, 3, 11), date(2027, 5, 17)})


def _holiday(day: date, key: str, *, joint_leave: bool) -> Holiday:
    name_id, name_en = _NAMES[key]
    if joint_leave:
        name_id, name_en = f"Cuti Bersama {name_id}", f"Joint leave for {name_en}"
    return Holiday(day, joint_leave, name_id, name_en, day in _ESTIMATED)


HOLIDAYS: Final = tuple(
    sorted(
        (
            _holiday(date(year, month, day), key, joint_leave=table is _JOINT_LEAVE)
            for table in (_NATIONAL, _JOINT_LEAVE)
            for year, rows in table.items()
            for month, day, key in rows
        ),
        key=lambda holiday: holiday.day,
    )
)
"""Every day of the table, in order; no day stands twice."""


@cache
def national(year: int) -> tuple[Holiday, ...]:
    """The holidays and joint leave days of a year, in order; none where no decree is known."""
    return tuple(holiday for holiday in HOLIDAYS if holiday.day.year == year)
