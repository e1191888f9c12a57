"""The résumés a coder keeps: stored once, offered again, deleted when nobody needs them."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.errors import FileRefused
from jobs.models import Resume, ResumeKind
from jobs.resume_file import shown_name

UNUSED_AT_MOST = 10


@transaction.atomic
def store_resume(*, owner: User, file: "UploadedFile[bytes]", kind: ResumeKind) -> Resume:
    """Keep a judged file. Raises FileRefused when too many lie here unused.

    Uploads of one person wait for each other, so that two at once are both counted.
    """
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if Resume.objects.unused().filter(owner=owner).count() >= UNUSED_AT_MOST:
        raise FileRefused(
            _("You keep %(count)s résumés that no employer has. Choose one, or delete one first.")
            % {"count": UNUSED_AT_MOST}
        )
    return Resume.objects.create(
        owner=owner,
        file=file,
        name=shown_name(file.name or "", kind),
        kind=kind,
        size=file.size or 0,
    )


@transaction.atomic
def delete_resume(*, resume: Resume) -> None:
    """Delete a résumé and, once that is certain, its file. Raises FileRefused while it is in use.

    The lock keeps an application from taking it up meanwhile.
    """
    held = Resume.objects.select_for_update().filter(pk=resume.pk).first()
    if held is None:
        return
    if held.applications.live().exists():
        raise FileRefused(_("An employer has this résumé with your application. It stays there."))
    held.delete()
    transaction.on_commit(partial(held.file.storage.delete, str(held.file.name)))
