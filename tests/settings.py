"""The site's settings in tests: a data folder of its own that goes when the run ends, and quick passwords."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="paicha-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["PAICHA_DATA"] = _data

from paicha.config.settings import *  # noqa: E402, F403  the folder must be named before they are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hashing a hundred passwords well takes a minute
