"""How does everything that a Windows machine needs get into one zip file?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import InstallError

if TYPE_CHECKING:
    from pyxl.outcomes import BundleOutcome

__all__ = ["bundle"]

_CACHE = ".cache/bundle"  # below the checkout; git passes it over


def bundle(
    *, out: Path | None = None, wheels: Path | None = None, python: Path | None = None, root: Path | None = None
) -> BundleOutcome:
    """Packs the bundle for Windows: into `out`, a folder or a .zip, or into the current folder.

    `wheels` is a folder that holds every pinned file; without it pip fetches what is missing. `python` is
    an embeddable zip of python.org's. Raises InstallError, UsageError and OutputError.
    """
    from hashlib import sha256

    from pyxl.bundling.bundle import bundle_name, make_bundle
    from pyxl.bundling.fetching import fetch
    from pyxl.bundling.lock import lock
    from pyxl.outcomes import BundleOutcome
    from pyxl.outfile import deliver_bytes

    checkout = root or _checkout()
    target = _target(out, bundle_name())
    folder = wheels or checkout / _CACHE
    if wheels is None:
        fetch(lock(), folder, interpreter=python is None)
    made = make_bundle(checkout, lock(), folder, python)
    content = made.packed()
    unknown = "" if made.known or python is None else sha256(python.read_bytes()).hexdigest()
    return BundleOutcome(deliver_bytes(target, content), len(made.parts), len(content), unknown)


def _checkout() -> Path:
    from pyxl.assets import checkout_root

    root = checkout_root()
    if root is None:
        raise InstallError("bundle_no_checkout")
    return root


def _target(out: Path | None, name: str) -> Path:
    from pyxl.actions.refusing import refuse_ending

    if out is None or out.is_dir():
        return (out or Path()) / name
    refuse_ending(out, ".zip", "bundle_ending")
    return out
