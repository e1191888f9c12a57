import pytest

from jobboard import prepare


@pytest.fixture
def static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    return tmp_path


def test_collect_static_works_once_until_a_file_changes(static_root, monkeypatch):
    calls = []
    monkeypatch.setattr(prepare, "call_command", lambda *words, **options: calls.append(words[0]))

    prepare.collect_static()
    prepare.collect_static()
    (static_root / ".collected").write_text("of other files")
    prepare.collect_static()

    assert calls == ["collectstatic", "collectstatic"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("states: 0 new, 0 changed, 56 same\n", False),
        ("states: 1 new, 0 changed, 55 same\n", True),
        ("demo: 0 people, 0 employers, 0 postings added\n", False),
        ("demo: 6 people, 18 employers, 76 postings added\n", True),
        ("No file of states\n", True),
    ],
)
def test_news_leaves_out_what_did_not_change(line, told):
    assert prepare.news(line) == (line if told else "")


def test_prepare_says_nothing_when_all_is_up_to_date(db, static_root, monkeypatch, capsys):
    monkeypatch.setattr(prepare, "collect_static", lambda: None)
    prepare.prepare()
    capsys.readouterr()

    prepare.prepare()

    assert capsys.readouterr().out == ""
