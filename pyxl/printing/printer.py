"""Which program prints a document, and does it come out whole?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pyxl.errors import OutputError
from pyxl.outfile import deliver

__all__ = ["Printer", "print_pdf", "printer"]

_HEAD, _TAIL = b"%PDF-", b"%%EOF"
_LAST = 1024  # bytes: within so many the end mark stands (ISO 32000-1, 7.5.5, as readers take it)
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


def print_pdf(document: Path, pdf: Path, by: Printer, *, anew: bool) -> Path:
    """The document as `pdf`, or with `anew` under the first free name like it; raises OutputError.

    The program works on a copy in a folder of its own, so that neither a long path nor a document that is open
    elsewhere gets in its way.
    """

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
        path.write_bytes(content)

    def verify(path: Path) -> None:
        content = path.read_bytes()
        if not content.startswith(_HEAD) or _TAIL not in content[-_LAST:]:
            raise OutputError("pdf_unsound", program=by.name, document=document)

    return deliver(pdf, write, verify, inputs=[document], anew=anew)
