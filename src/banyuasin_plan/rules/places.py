"""Where things are named by their ids: the places of each kind, as `Scope.at` takes them."""

from __future__ import annotations

OWNERS = (
    ("milestones", ("owner",)),
    ("milestones", ("support",)),
    ("milestones", ("verified", "by")),
    ("milestones", ("judged", "by")),
    ("milestones", ("moved", "by")),
    ("milestones", ("returned", "by")),
    ("milestones", ("blockers", "owner")),
    ("programs", ("lead",)),
    ("programs", ("verifier",)),
    ("programs", ("support",)),
    ("owners", ("reports_to",)),
    ("inherited", ("owner",)),
    ("inherited", ("stopped", "by")),
    ("decisions", ("by",)),
    ("decisions", ("owner",)),
)
"""Where owners are named."""

MILESTONES = (("milestones", ("after", "id")), ("programs", ("inherits", "by")))
"""Where milestones are named."""

DISTRICTS = (
    ("milestones", ("districts",)),
    ("milestones", ("returned", "district")),
    ("milestones", ("blockers", "district")),
    ("programs", ("districts",)),
    ("inherited", ("districts",)),
)
"""Where districts are named by a value."""

GOALS = (("programs", ("goals",)), ("goals", ("items", "serves")))
"""Where goals are named."""

INHERITED = (
    ("programs", ("inherits", "continues")),
    ("programs", ("inherits", "merges")),
    ("programs", ("inherits", "replaces")),
)
"""Where running programmes are named."""

GROUPS = (("programs", ("group",)),)
"""Where groups are named."""
