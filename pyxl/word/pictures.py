"""How does a photograph stand in a document: how large, and as which piece of XML?"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from docx.shared import Emu, Mm
from lxml import etree
from markupsafe import Markup

from pyxl.core.document import Picture

__all__ = ["drawn", "fitted"]

_WIDEST = Mm(156)  # the type area
_HIGHEST = Mm(80)  # two on a page with their captions, below the appendix's heading too
_INCH = 914_400
_COARSEST = 96  # pixels an inch: a small picture is not blown up


def drawn(document: Any, photos: Iterable[Picture]) -> list[Markup]:
    """What prints each of the photographs that have an image; puts the images into the python-docx document."""
    return [_drawn(document, photo) for photo in photos if photo.image]


def _drawn(document: Any, photo: Picture) -> Markup:
    width, height = fitted(photo.width, photo.height)
    inline = document.part.new_pic_inline(io.BytesIO(photo.image), Emu(width), Emu(height))
    for properties in inline.iter("{*}docPr", "{*}cNvPr"):
        properties.set("descr", photo.caption)
    # the text around it is that of a run, which ends before the drawing and begins anew behind it
    xml = etree.tostring(inline, encoding="unicode")
    run = f'</w:t></w:r><w:r><w:drawing>{xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    return Markup(run)  # noqa: S704 - lxml has escaped what stands in it


def fitted(width: int, height: int) -> tuple[int, int]:
    """EMU of width and height on the page: within the type area and half a page, its sides in proportion."""
    room = min(_WIDEST / width, _HIGHEST / height, _INCH / _COARSEST)
    return max(1, round(width * room)), max(1, round(height * room))
