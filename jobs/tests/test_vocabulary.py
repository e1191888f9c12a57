import json
import shutil
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.entries import BadEntry, Tally
from codes.models import Section
from jobs import vocabulary
from jobs.models import Credential, CredentialGroup, Setting, State
from jobs.models.vocabulary import ReasonCode, ReasonKind
from jobs.vocabulary import DATA, load_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The shipped files, where a test may spoil them."""
    return shutil.copytree(DATA, tmp_path / "data")


def change(path: Path, number: int, **values: str) -> None:
    entries = json.loads(path.read_text())
    entries[number].update(values)
    path.write_text(json.dumps(entries))


def test_load_all_twice_changes_nothing():
    first = load_all()

    second = load_all()

    assert {tally.new for tally in second.values()} == {0}
    assert second == {name: Tally(same=tally.new) for name, tally in first.items()}


def test_load_all_gives_what_the_board_needs():
    load_all()

    assert State.objects.count() == 56
    assert Setting.objects.count() == 12
    assert set(ReasonCode.objects.values_list("kind", flat=True)) == set(ReasonKind.values)
    apprentices = Credential.objects.filter(level="apprentice")
    assert dict(apprentices.values_list("code", "apprentice_of__code")) == {
        "CPC-A": "CPC",
        "COC-A": "COC",
    }
    interventional = CredentialGroup.objects.get(slug="interventional-radiology")
    assert set(interventional.credentials.values_list("code", flat=True)) == {"CIRCC", "RCCIR"}


def test_load_all_takes_a_changed_entry(folder):
    load_all()
    change(folder / "settings.json", 0, short="Stays")

    tallies = load_all(folder)

    assert tallies["settings"] == Tally(changed=1, same=11)
    assert Setting.objects.get(slug="inpatient-facility").short == "Stays"


def test_load_all_changes_nothing_when_one_file_is_broken(folder):
    change(folder / "reason_codes.json", 2, kind="shout")

    with pytest.raises(BadEntry) as caught:
        load_all(folder)

    assert str(caught.value) == (
        "reason_codes.json, entry 3 (shout misleading-pay): "
        "kind: Value 'shout' is not a valid choice."
    )
    assert not State.objects.exists()


def test_command_tells_each_table_and_what_changed():
    load_all()
    Credential.objects.filter(code="CUC").update(name="Old")
    Credential.objects.filter(code="ODS").delete()
    out = StringIO()

    call_command("load_vocabulary", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "states: 0 new, 0 changed, 56 same"
    assert lines[1] == "credentials: 1 new, 1 changed, 63 same"
    assert len(lines) == 10


def test_command_dry_run_changes_nothing():
    call_command("load_vocabulary", "--dry-run", stdout=StringIO())

    assert not Credential.objects.exists()
    assert not Section.objects.exists()


def test_command_names_file_and_entry_of_bad_data(folder, monkeypatch):
    change(folder / "credentials.json", 1, apprentice_of="XYZ")
    spoiled = partial(load_all, folder)
    monkeypatch.setattr("jobs.management.commands.load_vocabulary.load_all", spoiled)

    with pytest.raises(CommandError) as caught:
        call_command("load_vocabulary", stdout=StringIO())

    assert str(caught.value) == (
        "credentials.json, entry 2 (CPC-A): apprentice_of: unknown XYZ. Nothing was changed."
    )
    assert not State.objects.exists()


def test_every_table_has_its_file():
    shipped = {path.stem for path in DATA.glob("*.json")}

    assert shipped == set(vocabulary.TABLES)
