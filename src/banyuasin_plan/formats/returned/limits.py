"""How large a workbook that comes back may be. A form of 300 rows takes a tenth of each."""

FILE_BYTES = 5_000_000
MEMBERS = 256
UNPACKED_BYTES = 25_000_000
SHEET_BYTES = 10_000_000
STRING_BYTES = 4_000_000
STYLE_BYTES = 1_000_000
STRUCTURE_BYTES = 1_000_000
"""The parts that say which other parts there are."""

ROWS = 10_000
COLUMNS = 64
CELLS = 60_000
"""Cells written down in a workbook, the empty ones that only have a colour included."""

CELL_CHARACTERS = 32_767
"""What a cell of Excel can hold."""

MERGES = 2_000
STRINGS = 100_000
FORMATS = 10_000
DEPTH = 24
PIECE_CHARACTERS = 100_000
"""The longest tag or comment in XML."""
