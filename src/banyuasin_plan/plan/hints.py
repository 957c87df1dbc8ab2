"""What people write before they know the grammar, and how it is written: values, keys, words.

Indonesian and intuitive writings are answered with the right one, where only one can be meant.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from banyuasin_plan.words.writing import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection

MONTHS_OF_A_YEAR = 12
LONGEST_GUESS = 60
"""Characters of a text that may be taken into a suggestion."""

EVERYWHERE = frozenset({"all", "semua", "seluruh", "semua kecamatan", "seluruh kecamatan"})

PATTERNS = {
    "after": "[gertas-01]",
    "aliases": "[Pro-Rakyat]",
    "blockers": "[{since: 2025-03-10, what: ...}]",
    "budget": "[{amount: 250000000, source: APBD, state: available}]",
    "calendar": "{closed: [{from: 2025-03-10, to: 2025-03-11}]}",
    "cancelled": "{on: 2025-03-12, why: ...}",
    "closed": "[{from: 2025-03-10, to: 2025-03-11, why: ...}]",
    "delivered": "{betung: 2025-03-12}",
    "districts": "[betung, sembawa]",
    "evidence": "[{kind: document, ref: ...}]",
    "goals": "[misi/4]",
    "inherits": "{continues: [gertas-2020]}",
    "judged": "{status: orange, why: ...}",
    "moved": "[{from: 2025-03-07, on: 2025-03-05, why: ...}]",
    "open": "[{from: 2025-04-07, to: 2025-04-07, why: ...}]",
    "returned": "[{by: inspektorat, on: 2025-03-12, why: ...}]",
    "stopped": "{on: 2025-03-12, by: bupati, why: ...}",
    "support": "[dpmd, setda]",
    "target": "{amount: 2100, unit: pekarangan}",
    "tolerance": "{red_overdue: 5}",
    "verified": "{by: inspektorat, on: 2025-03-12}",
    "week": "[mon, tue, wed, thu, fri]",
}
"""How a list or a mapping is written under its key."""

NAMES = frozenset({"after", "aliases", "districts", "goals", "support", "week"})
"""Lists of names, where one alone only lacks its brackets."""

ON_A_DAY = {
    "cancelled": "{{on: {day}, why: ...}}",
    "verified": "{{by: inspektorat, on: {day}}}",
    "evidence": "[{{ref: ..., on: {day}}}]",
    "moved": "[{{from: {day}, on: ..., why: ...}}]",
}
"""Mappings of which people give the day alone."""

IN_WORDS = {"blockers": "[{{since: 2025-03-10, what: {text}}}]", "evidence": "[{{ref: {text}}}]"}
"""Lists of which people give a text alone."""

CHOICES = {
    "agency": "dinas badan opd skpd kantor instansi perangkat_daerah",
    "leader": "bupati pimpinan kepala sekda wakil_bupati",
    "team": "tim satgas pokja panitia",
    "partner": "mitra swasta",
    "available": "dpa tersedia ada",
    "shift": "pergeseran geser digeser perubahan",
    "none": "tidak_ada belum_ada belum nihil tanpa",
    "document": "dokumen surat berkas kuitansi",
    "photo": "foto gambar",
    "link": "tautan url",
    "minutes": "notulen risalah berita_acara",
    "blue": "biru",
    "green": "hijau",
    "yellow": "kuning",
    "orange": "jingga oranye",
    "red": "merah",
    "grey": "abu-abu abu gray kelabu",
    "calendar": "kalender hari_kalender",
    "working": "kerja hari_kerja",
    "mon": "senin", "tue": "selasa", "wed": "rabu", "thu": "kamis", "fri": "jumat jum'at",
    "sat": "sabtu", "sun": "minggu ahad",
    "id": "indonesia bahasa_indonesia",
    "en": "inggris english",
    "WIB": "gmt+7 utc+7 +07:00 asia/jakarta jakarta",
    "WITA": "gmt+8 utc+8 +08:00 asia/makassar",
    "WIT": "gmt+9 utc+9 +09:00 asia/jayapura",
    "true": "true ya yes benar on y",
    "false": "false tidak no bukan off n",
}  # fmt: skip
"""Words as they are chosen in the plan, and how else people write them."""

KEYS = {
    "after": "prasyarat setelah sesudah menunggu depends depends_on predecessors dependencies",
    "aliases": "alias sebutan",
    "amount": "jumlah nilai volume besaran",
    "blockers": "kendala hambatan masalah issues",
    "budget": "anggaran dana biaya pagu",
    "by": "oleh",
    "calendar": "kalender",
    "capacity": "kapasitas",
    "code": "kode kode_rekening",
    "days": "hari jumlah_hari",
    "decide_by": "putus_sebelum diputuskan",
    "delivered": "diserahkan serah_terima realisasi_kecamatan",
    "district": "kecamatan",
    "districts": "kecamatan lokasi wilayah",
    "due": "tenggat batas_waktu deadline target_selesai jatuh_tempo end",
    "duration": "durasi lama waktu",
    "evidence": "bukti data_dukung lampiran",
    "finished": "selesai tanggal_selesai done completed",
    "from": "dari",
    "goals": "sasaran misi tujuan",
    "group": "kelompok",
    "lead": "pengampu penanggung_jawab opd owner pic pj",
    "load": "beban",
    "measure": "indikator ukuran tolok_ukur kriteria keluaran output",
    "milestones": "rencana_aksi aksi kegiatan tahapan tasks",
    "name": "nama judul title",
    "need": "kebutuhan perlu",
    "not_before": "paling_awal",
    "note": "catatan keterangan",
    "on": "tanggal pada tgl date",
    "outcome": "hasil keluaran output manfaat",
    "owner": "penanggung_jawab pelaksana pic pj pemilik opd lead dinas",
    "owners": "opd penanggung_jawab dinas perangkat_daerah",
    "progress": "kemajuan persen persentase realisasi capaian percent",
    "reported": "dilaporkan laporan_terakhir",
    "source": "sumber sumber_dana",
    "since": "sejak",
    "start": "mulai tanggal_mulai awal begin",
    "started": "dimulai mulai_realisasi",
    "state": "ketersediaan keadaan status",
    "status": "warna colour color",
    "support": "pendukung dukungan didukung",
    "target": "sasaran",
    "text": "teks isi",
    "to": "sampai hingga",
    "unit": "satuan",
    "until": "sampai hingga berlaku_sampai",
    "verified": "verifikasi diverifikasi",
    "verifier": "verifikator pemeriksa",
    "weight": "bobot",
    "what": "apa uraian",
    "why": "alasan sebab reason",
}
"""Keys, and what people write for them."""

UNITS = {
    "d": "d hari hari_kerja hk day days",
    "w": "w minggu pekan week weeks",
    "cd": "cd hari_kalender kalender",
}
THOUSANDS = {"ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000,
             "miliar": 1_000_000_000, "milyar": 1_000_000_000}  # fmt: skip

_EUROPEAN = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\Z", re.ASCII)
_SPELLED = re.compile(r"(?:[a-z']+, *)?(\d{1,2})[ -]+([a-z]+)[ ,-]+(\d{4})\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ][\d:.]+(?:z|\+[\d:]+)?)?\Z")
_DURATION = re.compile(r"0*(\d{1,5})[ ]*([a-z][a-z _-]*)\Z", re.ASCII)
_MONEY = re.compile(r"(?:rp\.?|idr)?[ ]*([\d.,]+?)(?:,-|,00)?[ ]*([a-z]+|%)?\Z", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3}){2,})\Z", re.ASCII)
_COMMA = re.compile(r"(?:0[.,]\d{1,9}|[1-9]\d{0,14}[.,](?:\d\d?|\d{4,9}))\Z", re.ASCII)
_PLAIN = re.compile(r"0*(\d{1,15})\Z", re.ASCII)
_NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /+-]*\Z", re.ASCII)
_WORDED = re.compile(r"\w[\w /().%-]*\Z")
_AMOUNT = re.compile(r"([\d.,]+)[ ]+([A-Za-z][\w /-]*)\Z", re.ASCII)


def _inverted(table: dict[str, str]) -> dict[str, list[str]]:
    """What people write, each with the words it may stand for."""
    turned: dict[str, list[str]] = {}
    for word, others in table.items():
        for other in others.split():
            turned.setdefault(other, []).append(word)
    return turned


_CHOSEN, _KEYED, _UNIT = _inverted(CHOICES), _inverted(KEYS), _inverted(UNITS)
_MONTH = {
    name.lower(): number
    for names in (*MONTHS.values(), *SHORT_MONTHS.values())
    for number, name in enumerate(names, start=1)
}


def meant_day(text: str) -> str | None:
    """The one date that a text stands for: `24 Maret 2025`, `14/03/2025`, `2025-3-14`."""
    low = text.lower()
    if found := _EUROPEAN.match(low):
        day, month, year = (int(part) for part in found.groups())
        if day <= MONTHS_OF_A_YEAR:  # which of the two is the month nobody can tell
            return None
    elif found := _SPELLED.match(low):
        day, month, year = int(found[1]), _MONTH.get(found[2], 0), int(found[3])
    elif found := _YEAR_FIRST.match(low):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    else:
        return None
    with suppress(ValueError):
        return date(year, month, day).isoformat()
    return None


def meant_duration(text: str) -> str | None:
    """The duration that a text stands for: `10 hari` is `10d`."""
    found = _DURATION.match(text.strip().lower())
    if not found or int(found[1]) == 0:
        return None
    units = _UNIT.get(_as_key(found[2]))
    return f"{int(found[1])}{units[0]}" if units else None


def meant_number(text: str, *, whole: bool) -> str | None:
    """The number that a text stands for: `Rp 150.000.000`, `30%`, `30,5`, `1,5 miliar`."""
    found = _MONEY.match(text.strip().lower())
    if not found:
        return None
    digits, unit = found.groups()
    times = 1 if unit in {None, "%"} else THOUSANDS.get(unit, 0)
    if _GROUPED.match(digits) and times == 1:
        return re.sub(r"[.,]", "", digits)
    if plain := _PLAIN.match(digits):
        return str(int(plain[1]) * times) if times else None
    if not _COMMA.match(digits) or not times:
        return None
    amount = digits.replace(",", ".")
    if times > 1:
        value = round(float(amount) * times)
        return str(value)
    return None if whole else amount


def meant_choice(text: str, choices: Collection[str]) -> str | None:
    """The choice that a word in Indonesian, or another in English, stands for."""
    named = (*_CHOSEN.get(_as_key(text), ()), *_CHOSEN.get(text.strip().lower(), ()))
    return next((word for word in named if word in choices), None)


def meant_key(key: str, known: Collection[str]) -> str | None:
    """The key that a word in Indonesian, or another in English, stands for."""
    return next((word for word in _KEYED.get(_as_key(key), ()) if word in known), None)


def pattern_of(where: tuple[int | str, ...], given: object) -> str | None:
    """How the list or mapping at a place is written, of the author's own value where it can be."""
    *above, last = where or ("",)
    key = above[-1] if isinstance(last, int) and above else last
    pattern = PATTERNS.get(str(key))
    if pattern is None:
        return None
    own = _own(str(key), given.strip()) if isinstance(given, str) else None
    written = own or pattern
    if isinstance(last, int) and written.startswith("["):
        return None if key in NAMES else written[1:-1]
    return written


def _own(key: str, text: str) -> str | None:
    """A text as it is written under the key, where it is plain what it is."""
    if key == "districts" and text.lower() in EVERYWHERE:
        return "all"
    if len(text) > LONGEST_GUESS or not text:
        return None
    if key in NAMES and _NAMED.match(text):
        return f"[{text}]"
    day = meant_day(text)
    if day and key in ON_A_DAY:
        return ON_A_DAY[key].format(day=day)
    if key == "budget" and (amount := meant_number(text, whole=True)):
        return f"[{{amount: {amount}}}]"
    if key == "target" and (found := _AMOUNT.match(text)):
        amount = meant_number(found[1], whole=False)
        return f"{{amount: {amount}, unit: {found[2]}}}" if amount else None
    if key == "judged" and (colour := meant_choice(text, CHOICES)):
        return f"{{status: {colour}, why: ...}}"
    if key in IN_WORDS and _WORDED.match(text):
        return IN_WORDS[key].format(text=text)
    return None


def _as_key(text: str) -> str:
    return re.sub(r"[ -]+", "_", text.strip().lower())
