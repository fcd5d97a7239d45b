"""Only the very files that were pinned are used, wherever they come from."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest

from pyxl.bundling.fetching import contents, fetch
from pyxl.bundling.lock import Lock, Wheel, lock
from pyxl.errors import InstallError

NAME = "pyxl_probe-1.0-py3-none-any.whl"


def a_wheel_file(text: str = "") -> bytes:
    """A wheel that pip accepts."""
    buffer = io.BytesIO()
    info = "pyxl_probe-1.0.dist-info"
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {
            "pyxl_probe.py": text,
            f"{info}/METADATA": "Metadata-Version: 2.1\nName: pyxl-probe\nVersion: 1.0\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": "",
        }.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # without the moment: equal content, equal file
    return buffer.getvalue()


@pytest.fixture
def index(tmp_path, monkeypatch):
    """The only place where pip may look: a folder with one wheel in it."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / NAME).write_bytes(a_wheel_file())
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def locked(content: bytes) -> Lock:
    return Lock(lock().python, (Wheel("pyxl-probe==1.0", NAME, sha256(content).hexdigest()),))


def test_pip_fetches_what_is_missing_and_its_content_is_handed_on(index, tmp_path):
    wanted = locked(a_wheel_file())
    fetch(wanted, tmp_path / "cache", interpreter=False)
    assert contents(wanted, tmp_path / "cache", interpreter=False) == {NAME: a_wheel_file()}


def test_what_is_there_is_not_fetched_again(index, tmp_path):
    wanted = locked(a_wheel_file())
    fetch(wanted, tmp_path / "cache", interpreter=False)
    (index / NAME).unlink()
    fetch(wanted, tmp_path / "cache", interpreter=False)


def test_pip_itself_refuses_a_file_with_another_hash(index, tmp_path):
    with pytest.raises(InstallError) as caught:
        fetch(locked(a_wheel_file("exchanged")), tmp_path / "cache", interpreter=False)
    assert caught.value.code == "bundle_fetch"
    assert "hash" in caught.value.params["reason"].lower()
    assert not list((tmp_path / "cache").iterdir())


def test_a_file_that_no_index_has_is_told(index, tmp_path):
    (index / NAME).unlink()
    with pytest.raises(InstallError) as caught:
        fetch(locked(a_wheel_file()), tmp_path / "cache", interpreter=False)
    assert caught.value.code == "bundle_fetch"


def test_a_file_put_there_by_hand_is_compared_too(tmp_path):
    (tmp_path / NAME).write_bytes(a_wheel_file("exchanged"))
    with pytest.raises(InstallError) as caught:
        contents(locked(a_wheel_file()), tmp_path, interpreter=False)
    assert caught.value.code == "bundle_hash"
    assert caught.value.params == {"file": NAME}


def test_files_that_are_missing_are_all_named(tmp_path):
    with pytest.raises(InstallError) as caught:
        contents(lock(), tmp_path, interpreter=True)
    assert caught.value.code == "bundle_files_missing"
    listed = caught.value.params["listing"].split()
    assert listed == [*(wheel.file for wheel in lock().wheels), lock().python.file]
