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


def test_news_leaves_out_what_did_not_change():
    said = "states: 0 new, 0 changed, 56 same\nsections: 1 new, 0 changed, 300 same\n"

    assert prepare.news(said) == "sections: 1 new, 0 changed, 300 same\n"


def test_prepare_says_nothing_when_all_is_up_to_date(db, static_root, monkeypatch, capsys):
    monkeypatch.setattr(prepare, "collect_static", lambda: None)
    prepare.prepare()
    capsys.readouterr()

    prepare.prepare()

    assert capsys.readouterr().out == ""
