import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.site_text import BadSites, Site, parse_sites, print_sites

STATES = {"OH": "OH", "OHIO": "OH", "DC": "DC", "DISTRICT OF COLUMBIA": "DC"}


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("", []),
        ("Dayton, OH", [Site("Dayton", "OH")]),
        ("Dayton, OH 45402-1234", [Site("Dayton", "OH", "45402-1234")]),
        (" Dayton ,  ohio45402 \n\n", [Site("Dayton", "OH", "45402")]),
        (
            "1 Main St, Suite 4, Washington, District of Columbia 20001\nDayton, OH\nDayton, OH",
            [Site("Washington", "DC", "20001", "1 Main St, Suite 4"), Site("Dayton", "OH")],
        ),
    ],
)
def test_parse_sites_reads_a_place_a_line(text, sites):
    assert parse_sites(text, STATES) == sites


def test_parse_sites_names_the_lines_that_are_none():
    with pytest.raises(BadSites) as caught:
        parse_sites("Dayton, OH\nDayton\nParis, France\n, OH\nX, OH 4540", STATES)

    assert caught.value.lines == ["Dayton", "Paris, France", ", OH", "X, OH 4540"]


words = st.text("abcdefgé '-.1", min_size=1, max_size=20).map(str.split).map(" ".join).filter(bool)


@given(
    st.lists(
        st.builds(
            Site,
            city=words,
            state=st.sampled_from(["OH", "DC"]),
            postal_code=st.sampled_from(["", "45402", "45402-1234"]),
            street=st.just("") | words,
        ),
        unique=True,
    )
)
def test_print_sites_is_read_back(sites):
    assert parse_sites(print_sites(sites), STATES) == sites
