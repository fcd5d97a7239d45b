"""The list of pinned files says of each what is needed to have just that one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pyxl.bundling.lock import lock

ROOT = Path(__file__).parents[2]
FILE_OF_A_WHEEL = re.compile(r"([^-]+)-([^-]+)-(?:[^-]+)-(?:[^-]+)-([^-]+)\.whl")

# What the program imports, and what that rests on; pandas and openpyxl are left to who merges ledgers and to tests.
NOT_FOR_A_BRANCH = {"pandas", "openpyxl"}


def test_every_file_is_pinned_to_one_version_and_one_content():
    for each in (*lock().wheels, lock().python):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9.]*", each.requirement)
        assert re.fullmatch(r"[0-9a-f]{64}", each.sha256)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in lock().python.content.values())
    assert lock().python.version in lock().python.content


def test_the_file_is_of_the_version_that_is_asked_for_and_runs_on_windows():
    for wheel in lock().wheels:
        name, version, platform = FILE_OF_A_WHEEL.fullmatch(wheel.file).groups()
        assert f"{name.replace('_', '-')}=={version}" == wheel.requirement
        assert platform in {"any", "win_amd64"}
        assert platform == "any" or f"-{lock().python.tag}-" in wheel.file or "-abi3-" in wheel.file


def test_no_library_is_named_twice():
    names = [wheel.name for wheel in lock().wheels]
    assert names == sorted(set(names))


def test_everything_that_the_program_requires_is_in_or_left_out_on_purpose():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[><=]", line)[0] for line in project["dependencies"]}
    bundled = {wheel.name for wheel in lock().wheels}
    assert required - bundled == NOT_FOR_A_BRANCH
    assert "pywin32" in bundled  # what xlwings speaks to Excel through
