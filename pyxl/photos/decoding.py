"""How does the content of an image file become a small JPEG that says nothing of camera, place or owner?

Runs in the child process only: this is where Pillow is imported.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from pyxl.photos.finding import NoPhotoError

__all__ = ["MOST_PIXELS", "SMALL", "compressed"]

MOST_PIXELS = 64_000_000  # of an image; a telephone's largest has fifty million
SMALL = 200_000  # bytes that a picture should not exceed
_BOX = (1600, 900)  # pixels: 250 an inch where it is printed
_QUALITIES = (85, 75, 65, 55, 45)
_SHRINK = 0.75  # of each side, where the lowest quality was not enough
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")  # JPEG: also what telephones put several pictures into
_NEWER = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_OTHERS = (b"II*\0", b"MM\0*", b"8BPS", b"%PDF", b"\0\0\1\0")  # TIFF, Photoshop, PDF, icons
_DEEP = ("I;16", "I;16B", "I;16L", "I", "F")


def compressed(content: bytes) -> tuple[bytes, int, int]:
    """JPEG bytes, width and height: upright, within a box, on white where it was transparent.

    Raises NoPhotoError. The same content gives the same bytes.
    """
    if content[4:8] == b"ftyp" and content[8:12] in _NEWER:
        raise NoPhotoError("newer")
    if content.startswith(_OTHERS):
        raise NoPhotoError("other_kind")
    warnings.simplefilter("ignore")  # Pillow's on size: ours is stricter
    try:
        image = _upright(content)
    except Image.DecompressionBombError:
        raise NoPhotoError("too_many_pixels") from None
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, EOFError) as error:
        known = not isinstance(error, UnidentifiedImageError)
        raise NoPhotoError("damaged" if known else "no_image") from error
    return _packed(image)


def _upright(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NoPhotoError("too_many_pixels")
        opened.draft("RGB", (max(_BOX) * 2, max(_BOX) * 2))  # of a JPEG only so much as is needed
        opened.load()
        turned = ImageOps.exif_transpose(opened)
    return _plain(turned)


def _plain(image: Image.Image) -> Image.Image:
    """RGB, and nothing but pixels: what came along with the file stays behind."""
    if image.mode in _DEEP:
        image = image.convert("F").point(lambda value: value / 256 + 0.5).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image)
        image = white
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def _packed(image: Image.Image) -> tuple[bytes, int, int]:
    image.thumbnail(_BOX, Image.Resampling.LANCZOS)
    while True:
        for quality in _QUALITIES:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= SMALL:
                return buffer.getvalue(), image.width, image.height
        size = (max(1, round(image.width * _SHRINK)), max(1, round(image.height * _SHRINK)))
        image = image.resize(size, Image.Resampling.LANCZOS)
