"""banyuasin-plan: the first hundred days of a local government as text, checked and scheduled.

For Python callers: `load_plan` reads a folder or file, `schedule` dates a plan, `REPORTS` and
`FORMATS` name what can be made of it. Each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

DOORS = {
    "load_plan": ("banyuasin_plan.workspace", "load_plan"),
    "schedule": ("banyuasin_plan.schedule", "schedule_of"),
    "REPORTS": ("banyuasin_plan.reports", "REPORTS"),
    "FORMATS": ("banyuasin_plan.formats", "FORMATS"),
}
"""What the package offers, and the module and name behind it."""

__all__ = ["DOORS", "__version__"]


def __getattr__(name: str) -> object:
    """One of the doors, opened."""
    if name not in DOORS:
        raise AttributeError(name)
    module, inner = DOORS[name]
    return getattr(import_module(module), inner)
