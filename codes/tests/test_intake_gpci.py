from datetime import date
from decimal import Decimal

import pytest

from codes.intake.files import BadFile
from codes.models import Locality
from codes.tests.intake_samples import GPCI_HEADING, gpci, put, read_in, rows_in

pytestmark = pytest.mark.django_db
ALABAMA = "10112,AL,00,ALABAMA,1,0.869,0.575"


def refusal(path):
    with pytest.raises(BadFile) as caught:
        read_in("gpci", path)
    return str(caught.value)


def test_gpci_reads_localities_above_the_footnotes(tmp_path):
    content = gpci(ALABAMA, "02102,AK,1,ALASKA**,1.5,1.081,0.592")

    outcome = read_in("gpci", put(tmp_path, "GPCI2025.csv", content))

    one, exact = Decimal("1.000"), Decimal
    assert rows_in(Locality) == [
        ("02102", "01", "AK", "ALASKA", exact("1.500"), exact("1.081"), exact("0.592")),
        ("10112", "00", "AL", "ALABAMA", one, exact("0.869"), exact("0.575")),
    ]
    release = outcome.release
    assert (release.name, release.rows) == ("GPCI2025", 2)
    assert (release.effective_from, release.effective_to) == (date(2025, 1, 1), date(2025, 12, 31))


def test_gpci_number_is_unique_only_under_its_contractor(tmp_path):
    content = gpci(ALABAMA, "10212,GA,00,GEORGIA,1,0.9,0.9")

    assert read_in("gpci", put(tmp_path, "GPCI2025.csv", content)).rows == 2


def test_gpci_refuses_a_locality_that_stands_there_twice(tmp_path):
    path = put(tmp_path, "GPCI2025.csv", gpci(ALABAMA, ALABAMA))

    assert "locality_once" in refusal(path)


@pytest.mark.parametrize(
    "columns",
    [
        "2025 PW GPCI,2025 PW GPCI (with 1.0 Floor)",
        "2025 PW GPCI (without 1.0 Floor),2025 PW GPCI (with 1.0 Floor)",
    ],
)
def test_gpci_takes_the_work_index_with_its_floor(tmp_path, columns):
    heading = GPCI_HEADING.replace("2025 PW GPCI (with 1.0 Floor)", columns)
    content = gpci("10112,AL,00,ALABAMA,0.98,1,0.869,0.575").replace(GPCI_HEADING, heading)

    read_in("gpci", put(tmp_path, "GPCI2025.csv", content))

    assert Locality.objects.get().work == 1


def test_gpci_passes_footnotes_of_one_cell(tmp_path):
    path = put(tmp_path, "GPCI2025.csv", gpci(ALABAMA) + "Made up footnote\r\n")

    assert read_in("gpci", path).rows == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("1011,AL,00,ALABAMA,1,1,1", "line 4, column mac: '1011' is no contractor number"),
        (",AL,00,ALABAMA,1,1,1", "line 4, column mac: '' is no contractor number"),
        ("10112,AL,X,ALABAMA,1,1,1", "line 4, column number: 'X' is no locality number"),
        ("10112,AL,00,ALABAMA,1,x,1", "line 4, column pe: 'x' is no number"),
        ("10112,AL,00,ALABAMA,1", "line 4: the row ends after 5 columns"),
    ],
)
def test_gpci_names_line_and_column(tmp_path, row, problem):
    assert refusal(put(tmp_path, "GPCI2025.csv", gpci(row))) == problem


def test_gpci_needs_its_headings(tmp_path):
    path = put(tmp_path, "GPCI2025.txt", "10112           AL      00   ALABAMA\n")

    assert refusal(path) == ("has no row of headings with mac, state, number, name, work, pe, mp")
