import csv
import gzip
import hashlib
import zipfile

import pytest

from codes.intake.files import BadFile, digest, lines_of, names_in, rows_of
from codes.tests.intake_samples import put, zipped

MADE_UP = "Made up,1\r\nsecond,2\n\nlast"
LINES = [(1, "Made up,1"), (2, "second,2"), (3, ""), (4, "last")]


def lines_in(path, member=""):
    with lines_of(path, member=member, watch=False) as lines:
        return list(lines)


def refusal(path, member=""):
    """The error's own words and the file it names."""
    with pytest.raises(BadFile) as caught:
        lines_in(path, member)
    assert caught.value.path == path
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.CSV.GZ", "a.csv.zip", "a.ZIP"])
def test_lines_of_numbers_the_lines_of_plain_and_packed_files(tmp_path, name):
    if name.endswith("ZIP"):
        path = zipped(tmp_path / name, {"folder/a.csv": MADE_UP})
    elif name.endswith("GZ"):
        path = put(tmp_path, name, gzip.compress(MADE_UP.encode()))
    else:
        path = put(tmp_path, name, MADE_UP)

    assert lines_in(path, r"\.csv$") == LINES


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("naïve – text".encode(), "naïve – text"),
        ("naïve – text".encode("cp1252"), "naïve – text"),
        ("\ufeffcode".encode(), "code"),
        (b"a\x81b", "a�b"),  # a byte that Windows-1252 leaves open
    ],
)
def test_lines_of_reads_utf8_and_windows_1252(tmp_path, content, text):
    assert lines_in(put(tmp_path, "a.txt", content)) == [(1, text)]


def test_lines_of_refuses_nul_bytes(tmp_path):
    path = put(tmp_path, "a.txt", "code\nname".encode("utf-16"))

    assert refusal(path) == "line 1: holds a NUL byte, so it is no text file"


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.txt.zip"])
def test_lines_of_refuses_an_empty_file(tmp_path, name):
    assert refusal(put(tmp_path, name, "")) == "is empty"


def test_lines_of_refuses_a_gzip_of_no_byte(tmp_path):
    (tmp_path / "a.txt.gz").touch()

    assert refusal(tmp_path / "a.txt.gz") == "is empty"


def test_lines_of_refuses_a_truncated_gzip(tmp_path):
    path = put(tmp_path, "a.txt.gz", "line\n" * 5000)
    path.write_bytes(path.read_bytes()[:-9])

    assert refusal(path).startswith("line 5001: cannot be unpacked: Compressed file ended before")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"plain text", "Not a gzipped file (b'pl')"),
        (gzip.compress(b"code", mtime=0)[:10] + b"\xff" * 20, "Error -3 while decompressing data"),
    ],
)
def test_lines_of_refuses_a_damaged_gzip(tmp_path, content, problem):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(content)

    assert refusal(path).startswith(f"line 1: cannot be unpacked: {problem}")


def test_lines_of_refuses_a_damaged_zip(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK no zip")

    assert refusal(path) == "is no zip file that can be read"


def test_lines_of_refuses_a_zip_whose_bytes_changed(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": "Made up"})
    path.write_bytes(path.read_bytes().replace(b"Made up", b"Made on"))

    assert refusal(path).startswith("line 1: cannot be unpacked: Bad CRC-32")


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        (["a.pdf", "b.pdf"], "holds no files of this kind among a.pdf, b.pdf"),
        (["GPCI1.csv", "x/GPCI2.csv"], "holds 2 files of this kind among GPCI1.csv, x/GPCI2.csv"),
    ],
)
def test_lines_of_takes_one_member_of_a_zip(tmp_path, members, problem):
    path = zipped(tmp_path / "a.zip", dict.fromkeys(members, "text"))

    assert refusal(path, r"^GPCI.*\.csv$") == f"{problem}; unpack it and name one"


def test_lines_of_refuses_a_zip_behind_a_password(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": "Made up"})
    with zipfile.ZipFile(path) as archive:
        entry = archive.start_dir
    data = bytearray(path.read_bytes())
    data[entry + 8] |= 1  # the flag in the directory
    path.write_bytes(data)

    assert refusal(path) == "needs a password for a.txt; unpack it first"


def test_lines_of_puts_its_path_on_an_error_of_the_reader(tmp_path):
    path = put(tmp_path, "a.txt", "text")

    with pytest.raises(BadFile) as caught, lines_of(path, watch=False):
        raise BadFile("is odd", line=3, column="code")

    assert (caught.value.path, str(caught.value)) == (path, "line 3, column code: is odd")


def test_lines_of_shows_progress_on_long_files(tmp_path):
    path = put(tmp_path, "a.txt", "line\n" * 4001)

    with lines_of(path) as lines:
        assert sum(1 for _ in lines) == 4001


def test_names_in_a_file_is_its_own_without_gz(tmp_path):
    assert names_in(tmp_path / "SHORTU.txt.gz") == ["SHORTU.txt"]


def test_names_in_a_zip_are_those_of_its_files(tmp_path):
    path = zipped(tmp_path / "a.zip", {"x/": "", "x/SHORTU.txt": "", "MEDU.txt": ""})

    assert names_in(path) == ["SHORTU.txt", "MEDU.txt"]


def test_names_in_refuses_a_damaged_zip(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK no zip")

    with pytest.raises(BadFile, match="is no zip file that can be read"):
        names_in(tmp_path / "a.zip")


def test_rows_of_counts_lines_where_a_cell_has_two():
    lines = iter([(1, 'a,"two'), (2, 'lines"'), (3, "b,c")])

    assert list(rows_of(lines)) == [(2, ["a", "two\nlines"]), (3, ["b", "c"])]


@pytest.fixture
def usual_field_limit():
    """The limit is the whole process's, and other importers raise it."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("usual_field_limit")
def test_rows_of_names_the_line_where_quotes_never_end():
    lines = ((number, '"' if number == 1 else "x" * 1000) for number in range(1, 200))

    with pytest.raises(BadFile, match=r"^line 132: field larger than field limit"):
        list(rows_of(lines))


def test_digest_is_that_of_the_bytes(tmp_path):
    path = put(tmp_path, "a.txt", "Made up")

    assert digest(path) == hashlib.sha256(b"Made up").hexdigest()
