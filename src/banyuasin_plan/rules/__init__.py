"""The catalogue of findings: one function a rule, its docstring is its page.

To add a rule, write its function and name it in `RULES`; `plan explain` and the docs follow. A
rule is imported when it is asked: most commands look for errors alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from banyuasin_plan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope

    Check = Callable[[Scope], Iterator[Finding]]


class Rule(NamedTuple):
    """A check under its code; codes stay, E is an error and W a warning.

    `name` is the function's in its `module`, under which its messages are kept.
    """

    code: str
    module: str
    name: str

    @property
    def check(self) -> Check:
        """The function that looks for it."""
        module = import_module(f"{__name__}.{self.module}")
        return cast("Check", getattr(module, self.name))

    @property
    def severity(self) -> Severity:
        """What the code's letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    @property
    def is_warning(self) -> bool:
        """Whether it stops nothing but `--strict`."""
        return self.severity is Severity.WARNING

    @property
    def page(self) -> str:
        """The English page of the rule."""
        return self.check.__doc__ or ""


RULES = (
    Rule("E001", "text", "not_utf8"),
    Rule("E002", "text", "syntax"),
    Rule("E003", "text", "anchor"),
    Rule("E004", "text", "tag"),
    Rule("E005", "text", "directive"),
    Rule("E006", "text", "documents"),
    Rule("E007", "text", "duplicate_key"),
    Rule("E008", "text", "complex_key"),
    Rule("E009", "text", "character"),
    Rule("E010", "text", "tab"),
    Rule("E011", "text", "too_large"),
    Rule("W012", "text", "empty_file"),
    Rule("E013", "text", "not_a_mapping"),
    Rule("E101", "shape", "unknown_key"),
    Rule("E102", "shape", "missing_key"),
    Rule("E103", "shape", "wrong_type"),
    Rule("E104", "values", "bad_id"),
    Rule("E105", "values", "bad_date"),
    Rule("E106", "values", "bad_number"),
    Rule("E107", "values", "bad_duration"),
    Rule("E108", "values", "bad_link"),
    Rule("E109", "values", "bad_choice"),
    Rule("E110", "shape", "no_plan"),
    Rule("E111", "shape", "plan_twice"),
    Rule("E201", "identities", "duplicate_id"),
    Rule("E202", "references", "unknown_owner"),
    Rule("E203", "references", "unknown_milestone"),
    Rule("E204", "references", "unknown_district"),
    Rule("E205", "references", "unknown_goal"),
    Rule("E206", "references", "unknown_inherited"),
    Rule("E207", "references", "unknown_group"),
    Rule("E208", "links", "cycle"),
    Rule("E209", "groups", "group_size"),
    Rule("W210", "identities", "alias_taken"),
    Rule("W211", "slips", "unused_owner"),
    Rule("W212", "identities", "similar_id"),
    Rule("W213", "links", "redundant_link"),
    Rule("W214", "reach", "all_of_nothing"),
    Rule("E301", "dates", "reversed_days"),
    Rule("W302", "dates", "outside_plan"),
    Rule("W303", "closed_days", "due_closed"),
    Rule("W304", "closed_days", "start_closed"),
    Rule("W305", "links", "start_against_link"),
    Rule("W306", "closed_days", "holidays_unknown"),
    Rule("E307", "dates", "too_long"),
    Rule("W308", "dates", "baseline_unread"),
    Rule("W309", "forecasts", "past_due"),
    Rule("W310", "forecasts", "past_last_day"),
    Rule("W311", "slips", "odd_length"),
    Rule("W312", "closed_days", "holidays_estimated"),
    Rule("W313", "reasons", "moved_without_reason"),
    Rule("W314", "reasons", "moved_out_of_order"),
    Rule("W315", "loads", "overloaded"),
    Rule("W316", "loads", "due_against_capacity"),
    Rule("E401", "progress", "finished_before_started"),
    Rule("E402", "progress", "in_the_future"),
    Rule("W403", "progress", "done_without_finish"),
    Rule("E404", "progress", "verified_unfinished"),
    Rule("E405", "progress", "verified_by_owner"),
    Rule("W406", "reasons", "judged_without_reason"),
    Rule("W407", "reasons", "judged_expired"),
    Rule("W408", "reasons", "judged_milder"),
    Rule("E409", "evidence", "blocker_reversed"),
    Rule("W410", "evidence", "evidence_missing"),
    Rule("W411", "evidence", "delivered_elsewhere"),
    Rule("E412", "verification", "verified_too_early"),
    Rule("W413", "verification", "verified_by_another"),
    Rule("W414", "verification", "districts_unverified"),
    Rule("W415", "amounts", "progress_unread"),
    Rule("W416", "money", "spent_over_budget"),
    Rule("W417", "amounts", "far_beyond_target"),
    Rule("W418", "amounts", "amount_without_target"),
    Rule("W419", "progress", "long_before"),
    Rule("W501", "measures", "no_measure"),
    Rule("W502", "gaps", "no_owner"),
    Rule("W503", "gaps", "no_day"),
    Rule("W504", "gaps", "no_milestones"),
    Rule("W505", "gaps", "no_lead"),
    Rule("W506", "gaps", "no_outcome"),
    Rule("W507", "goals", "no_goal"),
    Rule("W508", "gaps", "capacity_too_small"),
    Rule("W509", "gaps", "weights_zero"),
    Rule("W510", "money", "budget_without_state"),
    Rule("W601", "acceptances", "unreasoned_acceptance"),
    Rule("W602", "acceptances", "idle_acceptance"),
    Rule("W701", "goals", "goal_unserved"),
    Rule("W702", "running", "running_undecided"),
    Rule("W703", "running", "looks_running"),
    Rule("W704", "running", "service_gap"),
    Rule("W705", "reach", "district_unreached"),
    Rule("W706", "roles", "lead_without_milestone"),
    Rule("W707", "roles", "idle_support"),
    Rule("W708", "measures", "handoff_unmeasured"),
    Rule("W709", "money", "budget_twice"),
    Rule("W710", "roles", "verifier_is_lead"),
    Rule("W711", "orders", "order_late"),
)
"""Every rule, by code."""


READ = frozenset({"text", "shape", "values", "acceptances"})
"""Modules whose rules are found by reading the files; their functions only hand that on."""


def findings_of(scope: Scope, rules: Iterable[Rule] = RULES) -> Iterator[tuple[Rule, Finding]]:
    """What rules find in a plan."""
    for rule in rules:
        if rule.module in READ and rule.name not in scope.complaints:
            continue
        for finding in rule.check(scope):
            yield rule, finding


def rule_named(name: str) -> Rule:
    """The rule whose messages are kept under that name."""
    return next(rule for rule in RULES if rule.name == name)


def rule_of(code: str) -> Rule | None:
    """The rule under a code, whatever its case."""
    return next((rule for rule in RULES if rule.code == code.upper()), None)
