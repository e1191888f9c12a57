import pytest
from django.core.exceptions import ImproperlyConfigured

from jobboard import env


def test_env_names_the_missing_variable(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.env("SECRET_KEY")


@pytest.mark.parametrize(("text", "value"), [("True", True), ("False", False)])
def test_env_bool_reads_true_and_false(monkeypatch, text, value):
    monkeypatch.setenv("EMBEDDED", text)

    assert env.env_bool("EMBEDDED") is value


@pytest.mark.parametrize("text", ["1", "yes", "true", ""])
def test_env_bool_refuses_all_else(monkeypatch, text):
    monkeypatch.setenv("EMBEDDED", text)

    with pytest.raises(ImproperlyConfigured, match="EMBEDDED must be True or False"):
        env.env_bool("EMBEDDED")


@pytest.mark.parametrize(("text", "value"), [("", ""), ("Postmark", "postmark")])
def test_env_choice_reads_one_of_its_choices(monkeypatch, text, value):
    monkeypatch.setenv("CONSULT_WEBHOOK", text)

    assert env.env_choice("CONSULT_WEBHOOK", ["mailgun", "postmark"]) == value


def test_env_choice_refuses_all_else(monkeypatch):
    monkeypatch.setenv("CONSULT_WEBHOOK", "pigeon")

    with pytest.raises(ImproperlyConfigured, match="CONSULT_WEBHOOK must be one of mailgun, not"):
        env.env_choice("CONSULT_WEBHOOK", ["mailgun"])


@pytest.mark.parametrize("text", ["", "name", ":a-password-that-is-long", "name:too-short"])
def test_env_pair_refuses_a_weak_secret_and_does_not_tell_it(monkeypatch, text):
    monkeypatch.setenv("CONSULT_WEBHOOK_SECRET", text)

    with pytest.raises(ImproperlyConfigured) as caught:
        env.env_pair("CONSULT_WEBHOOK_SECRET")

    assert str(caught.value) == (
        "CONSULT_WEBHOOK_SECRET must be name:password, the password of 16 letters or more."
    )


def test_env_pair_keeps_colons_of_the_password(monkeypatch):
    monkeypatch.setenv("CONSULT_WEBHOOK_SECRET", "name:a-pass:word-that-is-long")

    assert env.env_pair("CONSULT_WEBHOOK_SECRET") == "name:a-pass:word-that-is-long"


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        (
            "postgresql://ann:s%3Acret@db.example:5433/board?sslmode=require",
            {
                "NAME": "board",
                "USER": "ann",
                "PASSWORD": "s:cret",
                "HOST": "db.example",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgresql://postgres@/codeward?host=/run/pg",
            {"NAME": "codeward", "USER": "postgres", "HOST": "/run/pg", "OPTIONS": {}},
        ),
    ],
)
def test_database_reads_what_libpq_reads(url, entry):
    assert env.database(url) == {"ENGINE": "django.db.backends.postgresql", **entry}


def test_database_refuses_another_kind_of_url():
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be read"):
        env.database("mysql://localhost/board")


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://ann:p%40ss@mail.example", 25, {}),
        ("smtps://ann:p%40ss@mail.example", 465, {"EMAIL_USE_SSL": True}),
        ("smtp+tls://ann:p%40ss@mail.example:2525", 2525, {"EMAIL_USE_TLS": True}),
    ],
)
def test_email_reads_scheme_and_port(url, port, security):
    assert env.email(url) == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "ann",
        "EMAIL_HOST_PASSWORD": "p@ss",
        **security,
    }


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_email_refuses_what_is_no_mail_server(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.email(url)


def test_storage_reads_a_directory():
    assert env.storage("file:///srv/up%20loads") == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": "/srv/up loads", "base_url": None},
    }


def test_storage_reads_a_bucket():
    options = env.storage("s3://key:se%2Fcret@bucket?endpoint=https://s3.example&region=us-east-2")

    assert options["OPTIONS"] == {
        "bucket_name": "bucket",
        "access_key": "key",
        "secret_key": "se/cret",
        "endpoint_url": "https://s3.example",
        "region_name": "us-east-2",
        "default_acl": "private",
        "querystring_auth": True,
    }


@pytest.mark.parametrize("url", ["/srv/uploads", "ftp://host", "s3://"])
def test_storage_refuses_all_else(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        env.storage(url)


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("redis://cache.example:6379/1", "redis://cache.example:6379/1"),
    ],
)
def test_celery_broker_is_the_same_server(url, broker):
    assert env.celery_broker(url) == broker
