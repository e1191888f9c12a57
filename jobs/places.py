"""Where a posting's work is done, and where the employer hires, in words."""

from django.utils.translation import gettext as _

from jobs.models import Job
from jobs.models.parts import PlaceMode, StateRule
from jobs.verdict import listed


def place_text(job: Job) -> str:
    """One line: "remote from MI, OH, PA and 9 more", "hybrid, Dayton, OH"; "" when not stated."""
    if job.mode == PlaceMode.REMOTE:
        return _remote(job)
    sites = sites_text(job)
    if job.mode == PlaceMode.NOT_STATED:
        return sites
    mode = str(job.get_mode_display()).lower()
    return f"{mode}, {sites}" if sites else mode


def sites_text(job: Job) -> str:
    sites = [str(site) for site in job.sites.all()]
    if len(sites) > 1:
        return _("%(site)s and %(more)s more") % {"site": sites[0], "more": len(sites) - 1}
    return sites[0] if sites else ""


def _remote(job: Job) -> str:
    states = [state.code for state in job.states.all()]
    match job.state_rule:
        case StateRule.ANY:
            return _("remote, any state")
        case StateRule.ONLY if states:
            return _("remote from %(states)s") % {"states": listed(states)}
        case StateRule.EXCEPT if states:
            return _("remote, any state but %(states)s") % {"states": listed(states)}
    return _("remote, states not stated")


def hires_in_text(job: Job) -> str:
    """Every state of the employer's rule: "Michigan, Ohio"; "" when not stated."""
    states = ", ".join(state.name for state in job.states.all())
    match job.state_rule:
        case StateRule.ANY:
            return _("any state")
        case StateRule.ONLY:
            return states
        case StateRule.EXCEPT if states:
            return _("any state except %(states)s") % {"states": states}
    return ""
