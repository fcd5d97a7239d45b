"""What does the child process do that decodes one image? Content on its standard input, a small JPEG on its output."""

from __future__ import annotations

import json
import sys

from pyxl.children import limit
from pyxl.photos.finding import MOST_BYTES, NoPhotoError

__all__ = ["MEMORY", "main"]

MEMORY = 1024**3  # bytes of address space: four times what the largest image that we accept needs
_SECONDS = 60  # of processor time, should nobody be there any more to end us


def main() -> None:
    """A line of JSON, what became of it, and the bytes of the picture behind it."""
    limit(MEMORY, _SECONDS)
    told: dict[str, object]
    try:
        from pyxl.photos.decoding import compressed

        picture, width, height = compressed(sys.stdin.buffer.read(MOST_BYTES))
        told = {"width": width, "height": height}
    except NoPhotoError as refusal:
        picture, told = b"", {"reason": refusal.reason}
    except MemoryError:
        picture, told = b"", {"reason": "too_many_pixels"}
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n" + picture)
