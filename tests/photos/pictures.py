"""Images as cameras, telephones and ill-wishers make them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

__all__ = ["HEIC", "bomb", "exif", "image"]

HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(200)


def image(
    size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", *, noisy: bool = False, **more: Any
) -> bytes:
    """White, with a red quarter at the top left; noisy ones cannot be compressed much."""
    made = Image.effect_noise(size, 90).convert("RGB") if noisy else Image.new("RGB", size, "white")
    made.paste((220, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    buffer = io.BytesIO()
    converted = made.convert("I").point(lambda value: value * 257).convert(mode) if mode == "I;16" else None
    (converted or made.convert(mode)).save(buffer, kind, **more)
    return buffer.getvalue()


def exif(orientation: int) -> Image.Exif:
    """What a telephone writes: which way is up, and where it was."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "SECRETCAMERA"
    found[0x8825] = {1: "N", 2: (30.0, 15.0, 7.0)}
    return found


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says that it is as large as this."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
