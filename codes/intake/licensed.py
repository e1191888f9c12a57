"""Licensed text of CPT from the AMA's files to its rows, under a licence that a person recorded."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from codes.codes import CodeSystem
from codes.intake import cpt, store
from codes.intake.files import lines_of
from codes.models import Code, Descriptor, DescriptorKind, Licence

BATCH = 2000


class NoLicence(ValueError):
    """No licence of the edition runs; the text says what to do."""


def running_licence(edition: int, *, on: date) -> Licence:
    """The edition's licence, held until the transaction ends. Raises NoLicence."""
    licence = Licence.objects.select_for_update().filter(edition=edition).first()
    if licence is None:
        raise NoLicence(f"no licence of CPT {edition} is recorded: record it in the admin first")
    if licence.expires_on < on:
        raise NoLicence(
            f"the licence of CPT {edition} ended on {licence.expires_on}: "
            "record its renewal in the admin first"
        )
    return licence


@transaction.atomic
def replace_texts(path: Path, kind: DescriptorKind, licence: Licence) -> int:
    """Put a file's texts in the place of those of its kind; returns their number.

    Codes that nothing else named are made known, without any text of their own. Raises BadFile,
    OSError.
    """
    with lines_of(path, member=cpt.MEMBERS[kind]) as lines:
        texts = list(cpt.read(lines, kind))
    codes = _keys_of({text.code for text in texts})
    Descriptor.objects.filter(licence=licence, kind=kind).delete()
    Descriptor.objects.bulk_create(
        (
            Descriptor(
                code_id=codes[each.code],
                licence=licence,
                kind=each.kind,
                position=each.position,
                text=each.text,
            )
            for each in texts
        ),
        batch_size=BATCH,
    )
    return len(texts)


def _keys_of(codes: Iterable[str]) -> dict[str, int]:
    store.note_codes(sorted(codes), None)
    return dict(Code.objects.filter(system=CodeSystem.CPT).values_list("code", "pk"))
