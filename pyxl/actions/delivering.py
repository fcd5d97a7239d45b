"""How does a document of ours get its name without anything being lost that bore it before?"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pyxl.errors import OutputError

__all__ = ["delivered"]


def delivered(
    out: Path | None, beside: Path, write: Callable[[Path], None], kind: str, inputs: Sequence[Path] = ()
) -> Path:
    """Lets `write` make a Word document of this `kind` (see pyxl.stamp): `out`, or a free name like `beside`.

    What bears the name `out` is replaced when we wrote it and nobody has touched it since; anything else stays,
    and the document takes the next free name. Hands back the name it got.
    """
    from pyxl.outfile import deliver
    from pyxl.stamp import is_untouched, with_stamp
    from pyxl.word.readback import verify

    target = _sparing(out, kind, inputs) if out else beside
    replaces = out is not None and os.path.lexists(target)

    def stamped(path: Path) -> None:
        write(path)
        path.write_bytes(with_stamp(path.read_bytes(), kind))

    def check(path: Path) -> None:
        verify(path)
        if replaces and not is_untouched(target, kind):  # somebody has worked in it meanwhile
            raise OutputError("file_exists", file=target.name)

    return deliver(target, stamped, check, inputs=inputs, anew=not replaces)


def _sparing(out: Path, kind: str, inputs: Sequence[Path]) -> Path:
    """`out`, or the next name by which nothing is lost; what cannot be written to at all is told by who tries."""
    from pyxl.outfile import free_name
    from pyxl.stamp import is_untouched

    if out.is_dir() or (out.exists() and any(each.exists() and out.samefile(each) for each in inputs)):
        return out
    return free_name(out, unless=lambda path: is_untouched(path, kind))
