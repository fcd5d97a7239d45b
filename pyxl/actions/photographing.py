"""How do the photographs that rows name come into a document, and what is told of those that do not?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.document import Picture
    from pyxl.core.evidence import Named
    from pyxl.outcomes import MissingPhoto

__all__ = ["pictures"]


def pictures(
    named: Sequence[Named], ledger: Path, folder: Path
) -> tuple[tuple[Picture, ...], tuple[MissingPhoto, ...]]:
    """The photographs with their captions, and those that are missing; `folder` is looked into first.

    Raises UsageError when there is no such folder.
    """
    from pyxl.actions.refusing import refuse_no_folder
    from pyxl.core.document import Picture
    from pyxl.core.evidence import caption
    from pyxl.outcomes import MissingPhoto
    from pyxl.photos.looking import look_for

    own = folder == Path()
    refuse_no_folder(folder)
    found = look_for([each.name for each in named], ledger, None if own else folder)
    shown = tuple(
        Picture(caption(each, missing=not photo.image), photo.image, photo.width, photo.height)
        for each, photo in zip(named, found, strict=True)
    )
    missing = tuple(
        MissingPhoto(each.where.address, each.name, phrase("photos", "reasons", photo.reason))
        for each, photo in zip(named, found, strict=True)
        if photo.reason
    )
    return shown, missing
