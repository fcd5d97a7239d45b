"""What does it cost to put a million rows together, and what of the result can be read again?

    .venv/bin/python -m tests.bench.million [ROWS]

One real submission is looked at; its rows are then counted again and again, each time for another unit,
through the same cache, consolidation and writer that `pyxl collect` uses. Run in a process of its own,
because the most memory that a process ever had does not go down again.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyxl.collecting.cache import Cache, Stamp
from pyxl.collecting.frames import packed_pieces
from pyxl.collecting.reader import Answer
from pyxl.collecting.receiver import Receiver
from pyxl.collecting.receiving import receive
from pyxl.core.consolidation import Consolidation, consolidate
from pyxl.core.received import Received, decoded, encoded
from pyxl.core.travelling import travelling
from pyxl.errors import WorkbookError
from pyxl.excel.closed.reading import read_book
from pyxl.excel.consolidating.book import write_book
from pyxl.excel.consolidating.formats import entry_formats
from pyxl.excel.consolidating.fragment import LEVEL, Piece
from pyxl.excel.consolidating.kept import Kept
from pyxl.excel.consolidating.own import sound
from tests.reports import CATALOGUE
from tests.submissions import submission

__all__ = ["main", "measured"]

UPWARD = travelling(CATALOGUE)


def main(rows: int) -> None:
    """Prints what was measured, as JSON."""
    gc.set_threshold(100_000)  # as pyxl itself
    print(json.dumps(measured(rows), ensure_ascii=False))


def measured(rows: int) -> dict[str, Any]:
    """Seconds and the most memory so far (MB) after each step; size of the result, and whether it can be read."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["XDG_DATA_HOME"] = place
        with Cache(folder / "cache.sqlite", "bench") as cache:
            received, per_unit = _fed(cache, folder, rows, found)
            whole = _step(found, "consolidate", lambda: consolidate(received, UPWARD))
            out = folder / "汇总.xlsx"
            _step(found, "write", lambda: _write(out, whole, cache))
        _step(found, "check the file", lambda: sound(out))
        found |= {"units": len(whole.units), "rows": len(whole.units) * per_unit, "MB": out.stat().st_size >> 20}
        found["can be read"] = _readable(out)
    return found


def _step(found: dict[str, Any], name: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    found[name] = {"s": round(time.perf_counter() - started, 1), "most MB": most}
    return result


def _fed(cache: Cache, folder: Path, rows: int, found: dict[str, Any]) -> tuple[list[Received], int]:
    """What is known of as many units as have so many rows together; their rows are in the cache."""
    path = submission(folder, 1)
    model, pieces = receive(str(path), path.name, Receiver(UPWARD, entry_formats()))
    assert model.is_sound, model.reason
    plain = encoded(model)
    texts = {key: zlib.decompressobj(-zlib.MAX_WBITS).decompress(each.data) for key, each in pieces[0].items()}
    per_unit = sum(model.units[0].rows.values())
    found["start"] = {"most MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}

    def units() -> Iterator[Received]:
        for number in range(rows // per_unit + 1):
            each = decoded(plain)
            part = each.units[0]
            named = {**part.facts, "code": _code(number), "unit": _name(number)}
            yield replace(
                each, file=f"{number}.xlsx", digest=f"{number:064}", identity=named["code"], unit=named["unit"],
                units=(replace(part, facts=named),),
            )  # fmt: skip

    known = _step(found, "know", lambda: list(units()))
    stamp = Stamp(1, 1, 1, "1")
    _step(
        found, "keep",
        lambda: cache.keep(
            (folder / each.file, stamp, 1, Answer.of(each, packed_pieces([_for(number, pieces[0], texts)])))
            for number, each in enumerate(known)
        ),
    )  # fmt: skip
    return known, per_unit


def _code(number: int) -> str:
    return f"ZB-{number:06}"


def _name(number: int) -> str:
    return f"云溪市第{number}党支部"


def _for(number: int, pieces: dict[str, Piece], texts: dict[str, bytes]) -> dict[str, Piece]:
    """The same rows of another unit."""
    made = {}
    for key, each in pieces.items():
        text = texts[key].replace(b"ZB-0001<", f"{_code(number)}<".encode())
        text = text.replace(f"{_name(1)}<".encode(), f"{_name(number)}<".encode())
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
        made[key] = Piece(each.rows, len(text), zlib.crc32(text), data)
    return made


def _write(out: Path, whole: Consolidation, cache: Cache) -> None:
    units = [(each.received.digest, each.number) for each in whole.units]
    assert whole.period
    period = {"year": whole.period.year, "period": whole.period.name, "as_of": whole.as_of}
    kept = Kept({"unit": "云溪市委", "code": "DW-1", **period}, None)
    with out.open("wb") as file:
        write_book(file, UPWARD, kept, whole, lambda sheet: cache.pieces(sheet, units))


def _readable(path: Path) -> str:
    """Seconds, or why not."""
    started = time.perf_counter()
    try:
        read_book(path)
    except WorkbookError as error:
        return error.code
    return f"{time.perf_counter() - started:.1f} s"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
