"""How much YAML is read: the sizes past which a file, or a plan, is refused.

A whole plan is over its limit only when all its files are added up, which their reader does.
"""

from __future__ import annotations

from typing import Final

FILE_BYTES: Final = 2_000_000
FILE_NODES: Final = 200_000
"""Nodes in one file. A full file of ordinary milestones has 130,000, a bomb up to a million."""

DEPTH: Final = 32
SCALAR_CHARACTERS: Final = 100_000
FINDINGS: Final = 1_000
"""Complaints about one file's text; what is over it is counted, not listed."""

PLAN_BYTES: Final = 20_000_000
PLAN_FILES: Final = 2_000
PLAN_NODES: Final = 1_000_000
