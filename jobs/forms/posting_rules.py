"""What must agree between the fields of a posting: each rule yields (field, message) pairs."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from jobs.models.parts import (
    ApplyMethod,
    Apprentice,
    PayBasis,
    PlaceMode,
    StateRule,
)
from jobs.pay_sanity import pay_problems
from jobs.states import Tri

Clean = dict[str, Any]
Problems = Iterator[tuple[str, str]]
NAMING = (StateRule.ONLY, StateRule.EXCEPT)


def problems(clean: Clean) -> Problems:
    for rule in RULES:
        yield from rule(clean)


def _pay(clean: Clean) -> Problems:
    if not {"pay_basis", "pay_min", "pay_max"} <= clean.keys():
        return
    basis, lo, hi = clean["pay_basis"], clean["pay_min"], clean["pay_max"]
    field = "pay_basis" if basis == PayBasis.NOT_STATED else "pay_min"
    if basis != PayBasis.NOT_STATED and hi is not None and (lo is None or hi < lo):
        field = "pay_max"
    for problem in pay_problems(basis, lo, hi):
        yield field, problem


def _states(clean: Clean) -> Problems:
    mode, rule, states = (clean.get(name) for name in ("mode", "state_rule", "states"))
    if mode == PlaceMode.REMOTE and rule == "":
        yield (
            "state_rule",
            _("Say where a remote coder may live, or choose “Not stated”."),
        )
    if rule in NAMING and not states:
        yield "states", _("Choose the states.")
    if rule is not None and rule not in NAMING and states:
        yield (
            "state_rule",
            _("States are chosen below. Say whether you hire only there, or anywhere else."),
        )


def _sites(clean: Clean) -> Problems:
    if clean.get("mode") in {PlaceMode.ONSITE, PlaceMode.HYBRID} and clean.get("sites") == []:
        yield "sites", _("Name the place of work.")


def _applying(clean: Clean) -> Problems:
    method = clean.get("apply_method")
    if method == ApplyMethod.URL and clean.get("apply_url") == "":
        yield "apply_url", _("Give the web address at which coders apply.")
    if method == ApplyMethod.EMAIL and clean.get("apply_email") == "":
        yield "apply_email", _("Give the e-mail address to which coders apply.")


def _volume(clean: Clean) -> Problems:
    if clean.get("volume") is None:
        return
    if clean.get("volume_unit") == "":
        yield "volume_unit", _("Say what is counted.")
    if clean.get("volume_per") == "":
        yield "volume_per", _("Say in what time.")


def _apprentices(clean: Clean) -> Problems:
    if clean.get("apprentice") == Apprentice.CONDITIONS and clean.get("apprentice_note") == "":
        yield "apprentice_note", _("Say on what conditions.")


def _test(clean: Clean) -> Problems:
    details = ("test_minutes", "test_questions", "test_pass_mark")
    if clean.get("test_given") == Tri.NO and any(clean.get(name) for name in details):
        yield "test_given", _("There is no test, yet its length or pass mark is given.")


RULES: tuple[Callable[[Clean], Problems], ...] = (
    _pay,
    _states,
    _sites,
    _applying,
    _volume,
    _apprentices,
    _test,
)
