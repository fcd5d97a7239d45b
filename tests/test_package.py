"""Whatever has been done to a package, its parts are what was packed, or one known kind of error says that they are not."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from pyxl.package import DAMAGE, Parts, TooLargeError
from tests.archives import pack

METHODS = {
    "stored": zipfile.ZIP_STORED,
    "deflate": zipfile.ZIP_DEFLATED,
    "bz2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}
NOISE = random.Random(7).randbytes(60)
CONTENT = {"[Content_Types].xml": b"<Types/>" * 5, "a.xml": NOISE, "a/b.bin": b""}


def parts_of(package: bytes, most: int = 1000, count: int | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return dict(Parts(archive, most, count))


@pytest.mark.parametrize("method", ["stored", "deflate"])
def test_what_was_packed_is_unpacked(method):
    assert parts_of(pack(CONTENT, METHODS[method])) == CONTENT


@pytest.mark.parametrize("method", ["bz2", "lzma"])
def test_what_no_office_program_packs_is_refused_before_it_is_unpacked(method):
    with pytest.raises(zipfile.BadZipFile, match="another way"):
        parts_of(pack(CONTENT, METHODS[method]))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("change", [0x01, 0x5A, 0x80, 0xFF])
def test_whichever_byte_is_changed_the_parts_are_the_same_or_the_error_is_a_known_one(tmp_path, method, change):
    whole = pack(CONTENT, METHODS[method])
    path = tmp_path / "a.zip"
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :]
        path.write_bytes(changed)
        for source in (io.BytesIO(changed), path):  # they call a place that is not there by other names
            try:
                with zipfile.ZipFile(source) as archive:
                    found = dict(Parts(archive, 1000))
            except DAMAGE:
                continue
            assert set(found.values()) <= set(CONTENT.values())


@pytest.mark.parametrize("place", range(4, 56, 4))
def test_numbers_beyond_any_file_are_damage(tmp_path, place):
    """In the record for large archives, which has numbers of 64 bits."""
    whole = pack(CONTENT)
    at = whole.rfind(b"PK\x05\x06")
    size, start = struct.unpack_from("<LL", whole, at + 12)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, len(CONTENT), len(CONTENT), size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert parts_of(whole[:at] + large + locator + end) == CONTENT
    wrong = bytearray(large)
    wrong[place : place + 8] = b"\xff" * 8
    path = tmp_path / "a.zip"
    path.write_bytes(whole[:at] + bytes(wrong[: len(large)]) + locator + end)
    for source in (io.BytesIO(path.read_bytes()), path):
        try:
            with zipfile.ZipFile(source) as archive:
                found = dict(Parts(archive, 1000))
        except DAMAGE:
            continue
        assert found == CONTENT


def test_a_name_that_stands_twice_is_damage():
    buffer = io.BytesIO(pack(CONTENT))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.xml", b"")
    with pytest.raises(zipfile.BadZipFile, match="twice"):
        parts_of(buffer.getvalue())


def test_limits_are_kept_part_by_part():
    package = pack(CONTENT)
    with pytest.raises(TooLargeError):
        parts_of(package, count=2)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = Parts(archive, 50, 3)
        assert (len(parts), parts.size) == (3, 100)
        assert parts["[Content_Types].xml"] == CONTENT["[Content_Types].xml"]
        assert ("a.xml" in parts, "b.xml" in parts) == (True, False)
        with pytest.raises(TooLargeError):
            parts["a.xml"]


@pytest.mark.parametrize("claimed", [10, 100_000])
def test_a_size_that_is_a_lie_is_damage(claimed):
    package = pack({"a.xml": bytes(50_000)})
    wrong = package.replace((50_000).to_bytes(4, "little"), claimed.to_bytes(4, "little"))
    assert wrong != package
    with pytest.raises(DAMAGE):
        parts_of(wrong, 1_000_000)


def test_a_part_with_a_password_is_damage():
    package = bytearray(pack({"a.xml": b"x"}))
    package[package.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(RuntimeError, match="password"):
        parts_of(bytes(package))
