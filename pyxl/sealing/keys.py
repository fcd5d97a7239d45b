"""Which key does a unit seal with? One of its own, made at its first submission and kept in the user's profile."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.core.matching import alike
from pyxl.errors import OutputError
from pyxl.folders import data_folder
from pyxl.sealing.seals import require

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["keys_folder", "public_bytes", "unit_key"]


def keys_folder() -> Path:
    """Where keys are kept: with what is the user's own."""
    return data_folder() / "keys"


def unit_key(identity: str, folder: Path | None = None, *, name: str = "") -> Ed25519PrivateKey:
    """The key of the unit with this code or name, however it is written; made when there is none. Raises OutputError.

    A unit that has filled in its code meanwhile goes on with the key that it had under its `name`.
    """
    require()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path, former = (_path(text, folder or keys_folder()) for text in (identity, name))
    with suppress(FileNotFoundError, NotADirectoryError):
        return _read(path)
    key = Ed25519PrivateKey.generate()
    with suppress(FileNotFoundError, NotADirectoryError):
        key = _read(former)
    _write(path, key)
    return _read(path)  # of two that were made at once, the one that is there


def _path(identity: str, folder: Path) -> Path:
    return folder / f"{sha256(alike(identity).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.pem"


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that others check its seals with."""
    return key.public_key().public_bytes_raw()


def _read(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm, PermissionError, IsADirectoryError):
        raise OutputError("key_unreadable", path=str(path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise OutputError("key_unreadable", path=str(path))
    return key


def _write(path: Path, key: Ed25519PrivateKey) -> None:
    """Under its name only once it is whole, and never in place of another."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    hidden = path.with_name(f"{path.name}.{os.urandom(6).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(hidden, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # somebody was quicker
            _name(hidden, path)
    except OSError as error:
        raise OutputError("key_not_kept", path=str(path), reason=error.strerror or type(error).__name__) from None
    finally:
        with suppress(OSError):
            hidden.unlink()


def _name(hidden: Path, path: Path) -> None:
    if os.name == "posix":
        path.hardlink_to(hidden)  # fails where something bears the name
    else:
        hidden.rename(path)  # so does this, on Windows
