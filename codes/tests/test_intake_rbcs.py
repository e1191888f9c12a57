from datetime import date

import pytest

from codes.intake.files import BadFile
from codes.models import FamilyLabel
from codes.tests.intake_samples import RBCS_2024, lines, put, read_in, rows_in

pytestmark = pytest.mark.django_db
RBCS_2022 = (
    "HCPCS_Cd,RBCS_Id,RBCS_Cat,RBCS_Cat_Desc,RBCS_Cat_Subcat,RBCS_Subcat_Desc,RBCS_FamNumb,"
    "RBCS_Family_Desc,RBCS_Major_Ind,HCPCS_Cd_Add_Dt,HCPCS_Cd_End_Dt,RBCS_Assignment_Eff_Dt"
)


@pytest.mark.parametrize(
    "content",
    [
        lines(
            RBCS_2024,
            "74400,Other,Imaging,Standard X-ray,No RBCS Family,1990-01-01,9999-12-31,2017-01-01",
            "0001M,Other,Test,General Laboratory,Made up,2013-01-01,2018-12-31,2017-01-01",
        ),
        lines(
            RBCS_2022,
            "74400,I,I,Imaging,IX,Standard X-ray,0,No RBCS Family,N,01/01/1990,,01/01/2017",
            "0001M,T,T,Test,TL,General Laboratory,1,Made up,N,01/01/2013,12/31/2018,01/01/2017",
        ),
    ],
    ids=["2024", "2022"],
)
def test_rbcs_reads_both_headings(tmp_path, content):
    outcome = read_in("rbcs", put(tmp_path, "rbcs_2024.csv", content))

    assert rows_in(FamilyLabel) == [
        ("0001M", "Test", "General Laboratory", "Made up", date(2018, 12, 31)),
        ("74400", "Imaging", "Standard X-ray", "", None),
    ]
    release = outcome.release
    assert (release.name, release.effective_from) == ("RBCS 2024", date(2024, 1, 1))


def test_rbcs_keeps_the_last_label_of_a_code_and_no_dental_one(tmp_path):
    content = lines(
        RBCS_2024,
        "0001U,Other,Test,Molecular,No RBCS Family,2017-02-01,9999-12-31,2014-01-01",
        "0001U,Other,Test,Molecular,Made up,2017-02-01,9999-12-31,2016-01-01",
        "D0120,Other,Test,Molecular,Made up,2017-02-01,9999-12-31,2016-01-01",
    )

    outcome = read_in("rbcs", put(tmp_path, "rbcs_2024.csv", content))

    assert rows_in(FamilyLabel) == [("0001U", "Test", "Molecular", "Made up", None)]
    assert outcome.left_out == {
        "earlier labels of a code": 1,
        "dental codes, which the ADA licenses": 1,
    }


def test_rbcs_without_a_year_needs_a_name(tmp_path):
    with pytest.raises(BadFile, match="give --release and --effective"):
        read_in("rbcs", put(tmp_path, "rbcs.csv", lines(RBCS_2024, "74400,A,B,C,D,,,")))


def test_rbcs_names_line_and_column(tmp_path):
    content = lines(RBCS_2024, "74400,Other,Imaging,X,Made up,1990-01-01,never,2017-01-01")

    with pytest.raises(BadFile) as caught:
        read_in("rbcs", put(tmp_path, "rbcs_2024.csv", content))

    assert str(caught.value) == "line 2, column ended_on: 'never' is no day"
