"""Settings of the tests and the type checker: the same file, a fast hasher, and no server needed
to import it."""

import os

for _name, _value in {
    "SECRET_KEY": "only-for-tests",
    "DATABASE_URL": "postgresql:///codeward",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "STORAGE_URL": "file:///nonexistent",
    "SITE_URL": "http://localhost",
    "STATIC_MANIFEST": "False",
}.items():
    os.environ.setdefault(_name, _value)

from jobboard.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_EAGER_PROPAGATES = True
