"""The interpreter in the bundle is the one that was looked at, and reads nothing but the bundle."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pyxl.bundling.interpreter import digest, from_source_package, from_zip, search_path
from pyxl.bundling.lock import lock
from pyxl.errors import InstallError
from tests.bundling.test_archives import a_tar

FILES = {
    name: name.encode()
    for name in ("python.exe", "pythonw.exe", "LICENSE.txt", "python313.dll", "python313.zip", "python313._pth")
}


def zipped(files: dict[str, bytes], level: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def pinned():
    return replace(lock().python, archive="data.zip", folder="in", version="1", content={"1": digest(FILES)})


def packed_as_source(files: dict[str, bytes]) -> bytes:
    return a_tar(("pkg/data.zip", zipped({f"in/{name}": content for name, content in files.items()})))


def test_the_digest_goes_by_names_and_contents_and_not_by_packing():
    assert digest(FILES) == digest(dict(reversed(FILES.items())))
    assert digest(FILES) != digest(FILES | {"python.exe": b"x"})
    assert digest(FILES) != digest(FILES | {"more.dll": b""})


def test_the_files_come_out_of_the_source_package(pinned):
    assert from_source_package(packed_as_source(FILES), pinned) == FILES


def test_a_source_package_with_another_file_is_refused(pinned):
    with pytest.raises(InstallError) as caught:
        from_source_package(packed_as_source(FILES | {"python313.zip": b"exchanged"}), pinned)
    assert caught.value.code == "bundle_hash"


def test_python_orgs_own_zip_with_the_same_files_is_known(pinned):
    assert from_zip(zipped(FILES, level=9), pinned, "python-3.13.2-embed-amd64.zip") == (FILES, True)


def test_another_build_is_taken_and_said_to_be_unknown(pinned):
    files, known = from_zip(zipped(FILES | {"python313.dll": b"newer"}), pinned, "python-3.13.9-embed-amd64.zip")
    assert files["python313.dll"] == b"newer"
    assert not known


@pytest.mark.parametrize("name", ["python.exe", "pythonw.exe", "python313.dll", "python313.zip", "LICENSE.txt"])
def test_what_is_no_embeddable_python_of_this_version_is_refused(pinned, name):
    files = {key: value for key, value in FILES.items() if key != name}
    with pytest.raises(InstallError) as caught:
        from_zip(zipped(files), pinned, "x.zip")
    assert caught.value.code == "archive_lacks"
    assert caught.value.params == {"file": "x.zip", "part": name}


def test_it_looks_for_modules_in_the_bundle_alone_and_runs_no_start_up_file():
    assert search_path(lock().python).decode().split("\r\n") == [
        "python313.zip", ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib",
        r"..\app", "",
    ]  # fmt: skip
