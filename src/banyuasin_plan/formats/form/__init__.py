"""A form as a workbook: sheets to write in, a guide, and out of sight what was sent.

What machines read of it stands in `banyuasin_plan.form`.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from banyuasin_plan.form import MACHINE_SHEET, packed
from banyuasin_plan.formats import ignore
from banyuasin_plan.formats.form.asking import write_lists
from banyuasin_plan.formats.form.guide import write_guide
from banyuasin_plan.formats.form.pens import FormWorkbook, Pens
from banyuasin_plan.formats.form.sheets import write_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from banyuasin_plan.form.shown import Page
    from banyuasin_plan.words import Message

WIDE = 100
"""How wide the column of the machine sheet is, for whoever brings it to light."""


def write_form(page: Page, tell: Callable[[Message], None] = ignore) -> bytes:
    """The workbook, in the form's language; the same page gives the same bytes.

    `tell` hears of texts that a cell could not hold as they are.
    """
    out = BytesIO()
    book = FormWorkbook(out, {"in_memory": True})
    made = datetime.combine(page.form.as_of, time())
    book.set_properties({"title": f"{page.form.plan} {page.form.owner}", "created": made})
    pens = Pens(book, page)
    for place, part in enumerate(page.parts):
        write_part(pens, part, first=place == 0)
    write_guide(pens)
    write_lists(pens)
    seals = book.seals()
    machine = book.add_worksheet(MACHINE_SHEET)
    machine.set_column(0, 0, WIDE)
    for row, text in enumerate(packed(page.form)):
        machine.write_string(row, 0, text)
    for row, some in enumerate(seals):
        machine.write_string(row, 1, some)
    machine.very_hidden()
    book.close()
    pens.texts.tell(tell)
    return out.getvalue()
