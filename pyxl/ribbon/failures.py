"""What does it mean when a spreadsheet program does not do what it was asked?

Excel answers by COM errors, LibreOffice by exceptions of UNO or of our engine. They are known by name
and number, because neither's module can be imported where the other runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyxl.errors import HostError

if TYPE_CHECKING:
    from xlwings import Book

__all__ = ["is_host_failure", "is_rejected", "translated"]

_REJECTED = {  # Excel is busy, or a cell is being edited
    0x80010001,  # RPC_E_CALL_REJECTED
    0x8001010A,  # RPC_E_SERVERCALL_RETRYLATER
    0x800AC472,  # VBA_E_IGNORE: a cell is in edit mode, or a dialog is open
}
_GONE = {  # Excel has ended
    0x800706BA,  # RPC_S_SERVER_UNAVAILABLE
    0x800706BE,  # RPC_S_CALL_FAILED
    0x80010007,  # RPC_E_SERVER_DIED
    0x80010012,  # RPC_E_SERVER_DIED_DNE
}
_DISCONNECTED = {  # what we held is no longer there: the book was closed
    0x80010108,  # RPC_E_DISCONNECTED
    0x800401FD,  # CO_E_OBJNOTCONNECTED
}
_GONE_FROM_LIBREOFFICE = {"SheetGone": "sheet_gone", "BookGone": "book_closed", "HostGone": "host_gone"}
_COM_ERRORS = {"com_error", "ExcelBusyError"}
_UNO = "com.sun.star."


def is_host_failure(error: BaseException) -> bool:
    """Whether the program that we drive has raised it, and not our own code."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {*_COM_ERRORS, "XlwingsError"}) or type(error).__name__.startswith(_UNO)


def is_rejected(error: BaseException) -> bool:
    """Whether Excel has turned a call down for now."""
    return type(error).__name__ == "ExcelBusyError" or bool(_codes(error) & _REJECTED)


def translated(error: BaseException, name: str, book: Book | None) -> HostError | None:
    """The sentence for a failure of the program; None for one that says nothing of its state.

    Where LibreOffice had an object it has nothing once the book has gone, and we fail as if by a fault of ours.
    """
    if isinstance(error, AttributeError | TypeError):
        return _after_a_look(book, name)
    if not is_host_failure(error):
        return None
    kinds = [kind.__name__ for kind in type(error).__mro__]
    gone = next((_GONE_FROM_LIBREOFFICE[kind] for kind in kinds if kind in _GONE_FROM_LIBREOFFICE), None)
    if gone is not None:
        return HostError(gone, book=name)
    if is_rejected(error):
        return HostError("host_busy")
    codes = _codes(error)
    if codes & _DISCONNECTED:
        return HostError("book_closed", book=name)
    if codes & _GONE:
        return HostError("host_gone")
    return _after_a_look(book, name)


def _codes(error: BaseException) -> set[int]:
    """The numbers of a COM error, as Microsoft writes them: its own, and that of what lies behind it."""
    parts: tuple[Any, ...] = error.args if type(error).__name__ == "com_error" else ()
    numbers = [parts[0]] if parts else []
    if len(parts) > 2 and parts[2]:  # wCode, source, description, help file, help context, scode
        numbers.append(parts[2][-1])
    return {number & 0xFFFFFFFF for number in numbers if isinstance(number, int)}


def _after_a_look(book: Book | None, name: str) -> HostError | None:
    """Asks whether the book is still there: an object of a dead one answers with whatever comes first."""
    if book is None:
        return None
    try:
        book.sheets.count  # noqa: B018 - asked for what it raises
    except Exception as error:  # noqa: BLE001
        if is_rejected(error):
            return HostError("host_busy")
        again = {kind.__name__ for kind in type(error).__mro__}
        gone = "HostGone" in again and "BookGone" not in again
        return HostError("host_gone") if gone or _codes(error) & _GONE else HostError("book_closed", book=name)
    return None
