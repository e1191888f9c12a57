from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import RuleBroken
from accounts.limits import address, take
from accounts.requests import MemberRequest, person
from jobs import alerts, digest_mail
from jobs.filters import read_query
from jobs.forms.alerts import AlertForm, AlertTimesForm
from jobs.models import Alert, Job
from jobs.search import published_since, vocabulary
from jobs.search.query import SearchQuery
from jobs.search.vocabulary import Vocabulary

LAST_WEEK = timedelta(days=7)
PREVIEWED = 5


@require_GET
def alert_list(request: MemberRequest) -> HttpResponse:
    rows = alerts.alerts_of(request.user)
    next_step = [{"url": reverse("jobs:job_list"), "label": _("Search jobs")}]
    terms = vocabulary.load()
    context = {"alerts": [_described(row, terms) for row in rows], "next": next_step}
    return render(request, "alerts/list.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def alert_new(request: HttpRequest) -> HttpResponse:
    """The search is in the query string, as on the search page."""
    query = read_query(request.GET).for_alert()
    reader = person(request)
    if not query.to_querystring():
        messages.error(
            request, _("Choose at least one filter or word first, then save the search.")
        )
        return redirect("jobs:job_list")
    form_class = AlertTimesForm if reader else AlertForm
    initial = {"time_zone": reader.time_zone} if reader else {}
    form = form_class(request.POST or None, initial=initial)
    if form.is_valid() and (saved := _save(request, form, query)):
        return saved
    context = {"form": form, "query": query, **_preview(query)}
    return render(request, "alerts/new.html", context)


def _save(request: HttpRequest, form: AlertTimesForm, query: SearchQuery) -> HttpResponse | None:
    reader = person(request)
    fields = {"email": "", **form.cleaned_data}
    try:
        take(what="alert", who=address(request), limit=20, period=timedelta(hours=1))
        take(
            what="alert-for",
            who=reader.email if reader else fields["email"],
            limit=10,
            period=timedelta(hours=1),
        )
        alerts.create_alert(query=query, user=reader, now=timezone.now(), **fields)
    except RuleBroken as error:
        form.add_error(None, str(error))
        return None
    if reader:
        messages.success(request, _("The alert is on."))
        return redirect("alerts:list")
    return redirect("alerts:sent")


def _preview(query: SearchQuery) -> dict[str, object]:
    """What the search would have sent in the last seven days."""
    now = timezone.now()
    found = published_since(query, now - LAST_WEEK, now=now)
    newest = Job.objects.visible(at=now).filter(pk__in=found).select_related("employer")
    return {"found": len(found), "newest": newest.order_by("-published_at")[:PREVIEWED]}


@login_not_required
@require_GET
def alert_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/sent.html", {"days": alerts.UNCONFIRMED_KEPT.days})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    alert = get_object_or_404(Alert, token=token, ended_at=None)
    if request.method == "POST":
        alerts.confirm_alert(alert=alert, now=timezone.now())
        messages.success(request, _("The alert is on."))
        return redirect("alerts:manage", token=token)
    return render(request, "alerts/confirm.html", {"alert": _described(alert)})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def alert_manage(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link from the mail, or their own list, may change or end the alert."""
    alert = get_object_or_404(Alert, token=token, confirmed_at__isnull=False)
    form = AlertTimesForm(request.POST or None, instance=alert)
    if request.method == "POST" and form.is_valid():
        alerts.retime_alert(alert=alert, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("alerts:manage", token=token)
    return render(request, "alerts/manage.html", {"alert": _described(alert), "form": form})


@login_not_required
@never_cache
@require_POST
def alert_end(request: HttpRequest, token: str) -> HttpResponse:
    alert = get_object_or_404(Alert, token=token)
    alerts.end_alerts(ids=[alert.pk], now=timezone.now())
    messages.success(request, _("The alert has ended. Nothing more is mailed for it."))
    return redirect("alerts:list" if request.user.is_authenticated else "jobs:job_list")


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mail program's POST ends the alerts behind one mail. A GET only asks."""
    try:
        ids = digest_mail.alerts_behind(token)
    except signing.BadSignature as error:
        raise Http404 from error
    if request.method == "POST":
        alerts.end_alerts(ids=ids, now=timezone.now())
    running = Alert.objects.filter(pk__in=ids, ended_at=None)
    context = {"alerts": [_described(row) for row in running], "done": request.method == "POST"}
    return render(request, "alerts/unsubscribe.html", context)


def _described(alert: Alert, terms: Vocabulary | None = None) -> dict[str, object]:
    query = SearchQuery.from_querystring(alert.query)
    return {
        "row": alert,
        "sentence": query.describe(terms),
        "search": f"{reverse('jobs:job_list')}?{alert.query}",
        "manage": reverse("alerts:manage", args=[alert.token]),
        "end": reverse("alerts:end", args=[alert.token]),
    }
