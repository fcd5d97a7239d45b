"""Of each library what is needed goes in, and its licence."""

from __future__ import annotations

import pytest

from pyxl.bundling.libraries import installed, licences
from pyxl.bundling.lock import Wheel
from pyxl.errors import InstallError

FILES = {
    "lib/__init__.py": b"1",
    "lib/pro/key.py": b"2",
    "lib/part.pyd": b"3",
    "system/lib.dll": b"4",
    "lib-1.0.dist-info/METADATA": b"5",
    "lib-1.0.dist-info/RECORD": b"6",
    "lib-1.0.dist-info/licenses/LICENSE.txt": b"7",
    "lib-1.0.dist-info/licenses/part/NOTICE": b"8",
    "lib-1.0.data/scripts/lib.exe": b"9",
    "start.pth": b"import lib",
}


def a_wheel(**changes) -> Wheel:
    return Wheel("lib==1.0", "lib-1.0-py3-none-any.whl", "", **changes)


def test_everything_goes_below_site_packages_but_commands_and_start_up_files():
    assert sorted(installed(a_wheel(), FILES)) == [
        "python/Lib/site-packages/lib-1.0.dist-info/METADATA",
        "python/Lib/site-packages/lib-1.0.dist-info/licenses/LICENSE.txt",
        "python/Lib/site-packages/lib-1.0.dist-info/licenses/part/NOTICE",
        "python/Lib/site-packages/lib/__init__.py",
        "python/Lib/site-packages/lib/part.pyd",
        "python/Lib/site-packages/lib/pro/key.py",
        "python/Lib/site-packages/system/lib.dll",
    ]


def test_what_is_to_be_left_out_is_left_out():
    assert not [name for name in installed(a_wheel(omit=("lib/pro/*",)), FILES) if "pro" in name]


def test_of_what_is_to_be_kept_nothing_else_goes_in():
    kept = installed(a_wheel(keep=("lib/*.py",), omit=("lib/pro/*",)), FILES)
    assert kept == {"python/Lib/site-packages/lib/__init__.py": b"1"}


def test_a_dll_goes_beside_the_interpreter_when_it_has_to():
    placed = installed(a_wheel(beside=("system/*.dll",)), FILES)
    assert placed["python/lib.dll"] == b"4"
    assert "python/Lib/site-packages/system/lib.dll" not in placed


@pytest.mark.parametrize("name", ["lib-1.0.data/purelib/more.py", "lib-1.0.data/platlib/more.pyd"])
def test_a_wheel_that_wants_more_than_copying_is_refused(name):
    with pytest.raises(InstallError) as caught:
        installed(a_wheel(), FILES | {name: b""})
    assert caught.value.code == "archive_unsafe"
    assert caught.value.params["part"] == name


def test_licences_are_collected_under_the_name_of_the_library():
    assert licences(a_wheel(), FILES) == {"licences/lib/LICENSE.txt": b"7", "licences/lib/part-NOTICE": b"8"}


def test_a_licence_of_a_part_that_is_left_out_is_left_out():
    assert list(licences(a_wheel(omit=("*NOTICE",)), FILES)) == ["licences/lib/LICENSE.txt"]


def test_a_wheel_without_a_licence_needs_one_from_us():
    bare = {"lib/__init__.py": b""}
    with pytest.raises(InstallError) as caught:
        licences(a_wheel(), bare)
    assert caught.value.code == "bundle_no_licence"
    ((name, text),) = licences(a_wheel(licences=("LGPL-2.1.txt",)), bare).items()
    assert name == "licences/lib/LGPL-2.1.txt"
    assert b"GNU LESSER GENERAL PUBLIC LICENSE" in text
