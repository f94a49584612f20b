"""What others wrote lies here as they wrote it: every vendored file is named with its version, licence and checksum."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "paicha/web/static/vendor"


def test_every_vendored_file_is_the_one_that_was_taken() -> None:
    told = json.loads((VENDOR / "vendored.json").read_text("utf-8"))
    named = {name: digest for package in told.values() for name, digest in package["sha256"].items()}
    there = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "vendored.json"
    }
    assert there == named
    assert all(package["version"] and package["licence"] for package in told.values())
