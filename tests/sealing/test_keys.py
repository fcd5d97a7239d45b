"""A unit's key: made once, kept to the user, never replaced; and what its seal vouches for."""

from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from pyxl.core.submission import fingerprint
from pyxl.errors import OutputError
from pyxl.sealing.keys import keys_folder, public_bytes, unit_key
from pyxl.sealing.seals import holds, seal

MANIFEST = "单位：某支部".encode()


def test_a_unit_has_one_key_and_another_unit_another(tmp_path):
    first = public_bytes(unit_key("甲支部", tmp_path))
    assert public_bytes(unit_key("甲支部", tmp_path)) == first
    assert public_bytes(unit_key("乙支部", tmp_path)) != first
    assert len(list(tmp_path.iterdir())) == 2


def test_nobody_else_can_read_it_whatever_the_umask(tmp_path):
    old = os.umask(0)
    try:
        unit_key("甲支部", tmp_path / "keys")
    finally:
        os.umask(old)
    [path] = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_of_keys_made_at_once_one_is_kept(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: public_bytes(unit_key("甲支部", tmp_path)), range(16)))
    assert len(made) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".pem"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "a/b\\c:d", "=cmd", "", "甲" * 500, "\ud800"])
def test_whatever_a_unit_is_called_its_key_lies_in_the_folder(tmp_path, name):
    unit_key(name, tmp_path / "keys")
    [path] = (tmp_path / "keys").iterdir()
    assert re.fullmatch(r"[0-9a-f]{32}\.pem", path.name)


@pytest.mark.parametrize(
    "content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", b"\0" * 99]
)
def test_a_damaged_key_is_told_and_stays(tmp_path, content):
    unit_key("甲支部", tmp_path)
    [path] = tmp_path.iterdir()
    path.write_bytes(content)
    with pytest.raises(OutputError) as caught:
        unit_key("甲支部", tmp_path)
    assert caught.value.code == "key_unreadable"
    assert str(path) in caught.value.message
    assert path.read_bytes() == content


def test_a_key_of_another_kind_is_told(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    unit_key("甲支部", tmp_path)
    [path] = tmp_path.iterdir()
    path.write_bytes(X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(OutputError) as caught:
        unit_key("甲支部", tmp_path)
    assert caught.value.code == "key_unreadable"


def test_where_no_key_can_be_kept_that_is_told(tmp_path):
    (tmp_path / "keys").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        unit_key("甲支部", tmp_path / "keys" / "deeper")
    assert caught.value.code == "key_not_kept"


def test_keys_lie_where_a_system_keeps_what_a_user_owns(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert keys_folder() == tmp_path / "pyxl" / "keys"


def test_a_fingerprint_can_be_read_out():
    assert re.fullmatch(r"([0-9A-F]{4} ){7}[0-9A-F]{4}", fingerprint(b"\0" * 32))
    assert fingerprint(b"\0" * 32) != fingerprint(b"\1" * 32)


def test_a_seal_holds_for_its_key_and_manifest_and_nothing_else(tmp_path):
    key, other = unit_key("甲支部", tmp_path), unit_key("乙支部", tmp_path)
    made = seal(key, MANIFEST)
    assert made == seal(key, MANIFEST)
    assert holds(public_bytes(key), made, MANIFEST)
    assert not holds(public_bytes(other), made, MANIFEST)
    assert not holds(public_bytes(key), made, MANIFEST + b" ")
    assert not holds(public_bytes(key), b"", MANIFEST)
    assert not holds(b"", made, MANIFEST)
    for place in range(len(made)):
        flipped = bytes([*made[:place], made[place] ^ 1, *made[place + 1 :]])
        assert not holds(public_bytes(key), flipped, MANIFEST)


def test_a_signature_made_for_something_else_is_no_seal(tmp_path):
    key = unit_key("甲支部", tmp_path)
    assert not holds(public_bytes(key), key.sign(MANIFEST), MANIFEST)
