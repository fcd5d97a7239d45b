"""What is a seal, and does one hold? Ed25519 (RFC 8032) over the manifest's bytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pyxl.errors import OutputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["holds", "require", "seal"]

_WHAT = b"pyxl submission 1\0"  # so that no signature for another purpose passes for a seal


@cache
def require() -> None:
    """Raises OutputError where the library that seals cannot be loaded: a file of it was taken away or blocked."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401
    except ImportError:
        raise OutputError("seal_unavailable") from None


def seal(key: Ed25519PrivateKey, manifest: bytes) -> bytes:
    """The signature, 64 bytes: the same for the same key and manifest."""
    return key.sign(_WHAT + manifest)


def holds(public: bytes, signature: bytes, manifest: bytes) -> bool:
    """Whether the owner of the public key has sealed exactly this manifest. Raises OutputError: see require."""
    require()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _WHAT + manifest)
    except (InvalidSignature, ValueError):
        return False
    return True
