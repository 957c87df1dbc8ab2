"""What is late, what falls due, and everything in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.report import Gantt, Table
from banyuasin_plan.reports import due
from banyuasin_plan.reports import gantt as bars
from banyuasin_plan.reports import overdue as late
from banyuasin_plan.reports.weekly.order import grouped

if TYPE_CHECKING:
    from banyuasin_plan.report import Piece
    from banyuasin_plan.reports import Material


def overdue(material: Material) -> tuple[Piece, ...]:
    """What should have been done by now; nothing where nothing is late."""
    return _table(late.report(material).main, "overdue")


def near(material: Material) -> tuple[Piece, ...]:
    """What falls due in the next 14 calendar days."""
    return _table(due.report(material).main, "due")


def gantt(material: Material) -> tuple[Piece, ...]:
    """Every milestone as a bar, promise beside forecast, group by group."""
    block = bars.report(grouped(material), level="milestone").main
    return (block,) if isinstance(block, Gantt) and block.bars else ()


def _table(block: Table | Gantt | None, name: str) -> tuple[Piece, ...]:
    return (block._replace(id=name),) if isinstance(block, Table) and block.rows else ()
