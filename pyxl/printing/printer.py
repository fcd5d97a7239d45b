"""Which program prints a document, and does it come out whole?"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pyxl.errors import OutputError
from pyxl.outfile import deliver, free_name

__all__ = ["Printer", "is_ours", "print_pdf", "printer"]

_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_LAST = 1024  # bytes: within so many the end mark stands (ISO 32000-1, 7.5.5, as readers take it)
_MARK = re.compile(rb"\n%pyxl ([0-9a-f]{64})\n\Z")  # a comment behind the end: the digest of all before it
_MOST = 1 << 28  # bytes of what we may have made ourselves
# Programs that draw Chinese documents as Word does come first; the names they are started by.
_OFFICE = ("Word.Application", "KWPS.Application")


class Printer(NamedTuple):
    """A program that makes a PDF of a document: `run` takes both paths, and raises OSError when it fails."""

    name: str  # as people know it
    run: Callable[[Path, Path], None]


def printer() -> Printer:
    """The best program that is there. Raises OutputError when there is none."""
    found = next(_printers(), None)
    if found is None:
        raise OutputError("pdf_no_program")
    return found


def _printers() -> Iterator[Printer]:
    if sys.platform == "win32":
        from pyxl.printing.office import is_there, printed

        for name in filter(is_there, _OFFICE):
            yield Printer(name.partition(".")[0], lambda document, pdf, name=name: printed(name, document, pdf))
    from pyxl.printing.libreoffice import converted
    from pyxl.soffice import program

    soffice = program()
    if soffice:
        yield Printer("LibreOffice", lambda document, pdf: converted(soffice, document, pdf))


def is_ours(pdf: Path) -> bool:
    """Whether we made this PDF, and nobody has touched it since: whoever signs or annotates it appends to it."""
    try:
        if pdf.is_symlink() or not pdf.is_file() or pdf.stat().st_size > _MOST:
            return False
        content = pdf.read_bytes()
    except OSError:
        return False
    found = _MARK.search(content)
    return found is not None and found[1] == _digest(content[: found.start()])


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def print_pdf(document: Path, pdf: Path, by: Printer, *, anew: bool) -> Path:
    """The document as `pdf`, or under the first free name like it; raises OutputError.

    What bears the name is replaced only without `anew`, and when we made it and nobody has touched it since.
    The program works on a copy in a folder of its own, so that neither a long path nor a document that is open
    elsewhere gets in its way.
    """
    target = pdf if anew else free_name(pdf, unless=is_ours)
    replaces = not anew and os.path.lexists(target)

    def write(path: Path) -> None:
        with TemporaryDirectory(prefix="pyxl-pdf-") as place:
            copy, made = Path(place) / "document.docx", Path(place) / "document.pdf"
            copy.write_bytes(document.read_bytes())
            try:
                by.run(copy, made)
                content = made.read_bytes()
            except OSError as error:
                reason = str(error.strerror or error)
                raise OutputError("pdf_failed", program=by.name, reason=reason, document=document) from error
        path.write_bytes(content + b"\n%pyxl " + _digest(content) + b"\n")

    def verify(path: Path) -> None:
        content = path.read_bytes()
        if not content.startswith(_HEAD) or _TAIL not in content[-_LAST:]:
            raise OutputError("pdf_unsound", program=by.name, document=document)
        if replaces and not is_ours(target):  # somebody has worked in it meanwhile
            raise OutputError("file_exists", file=target.name)

    return deliver(target, write, verify, inputs=[document], anew=not replaces)
