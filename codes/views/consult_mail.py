"""Where a sending service posts the mail it took for us."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from codes.consult import webhook
from codes.consult.errors import Forbidden, Unreadable
from codes.consult.listener import BYTES_AT_MOST

logger = logging.getLogger(__name__)


@csrf_exempt  # a service's call carries no cookie; its secret is asked for
@login_not_required
@require_http_methods(["HEAD", "POST"])
@sensitive_post_parameters()
def mail_in(request: HttpRequest, service: str) -> HttpResponse:
    """200 says that each message is a row. Any other answer leaves it with the service.

    What was posted is not logged.
    """
    if not webhook.is_on(service):
        raise Http404
    if request.method == "HEAD":  # services ask so whether somebody is there
        return HttpResponse()
    if int(request.headers.get("content-length") or 0) > BYTES_AT_MOST:
        return HttpResponse(status=413)
    return HttpResponse(status=_status(request, service))


def _status(request: HttpRequest, service: str) -> int:
    try:
        webhook.take(request, service)
    except Forbidden:
        return 403
    except Unreadable as error:
        why = type(error.__cause__).__name__ if error.__cause__ else "no recipient"
        logger.warning("%s posted what cannot be read: %s", service, why)
        return 400
    except DatabaseError as error:
        logger.error("a message of %s was not taken: %s", service, type(error).__name__)
        return 503
    return 200
