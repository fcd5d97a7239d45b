"""How does a failure inside LibreOffice become an exception that Python and xlwings can work with?

UNO's exceptions are no well-behaved Python exceptions: assigning a traceback to one, as contextlib does,
raises another. They end here, in every method of every class of the engine. Once the office has died, or
a book was closed under us, its objects answer with whatever comes first, so it is asked whether it is there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import FunctionType
from typing import Any, Protocol

from xlwings import XlwingsError

from pyxl.hosts.libreoffice.bridge import UnoException
from pyxl.hosts.libreoffice.gone import HostGone

__all__ = ["Guarded", "Link"]


class Link(Protocol):
    """What an object of the engine hangs on: a running office, or one of its documents."""

    def lost(self) -> HostGone | None:
        """The exception to raise when it is gone."""


class Guarded:
    """Wraps every method and property of its subclasses; `link` is what their objects hang on."""

    link: Link | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, member in list(vars(cls).items()):
            if isinstance(member, FunctionType):
                setattr(cls, name, _guarded(member))
            elif isinstance(member, property):
                setattr(cls, name, property(*(_guarded(each) for each in (member.fget, member.fset, member.fdel))))


def _guarded(method: Callable[..., Any] | None) -> Any:
    if method is None:
        return None

    @functools.wraps(method)
    def guarded(self: Guarded, *args: Any, **options: Any) -> Any:
        try:
            return method(self, *args, **options)
        except (HostGone, NotImplementedError):
            raise
        except UnoException as error:
            failure: Exception = _lost(self) or XlwingsError(_described(error))
        except Exception as error:  # noqa: BLE001 - a book that was closed gives whatever comes first
            failure = _lost(self) or error
        raise failure  # outside the except block: the next one must not carry a UNO exception along

    return guarded


def _lost(guarded: Guarded) -> HostGone | None:
    return guarded.link.lost() if guarded.link is not None else None


def _described(error: Any) -> str:
    """The kind of a UNO exception and what it says; its objects are not printed: a dead one ends the process."""
    kind = type(error).__name__.rsplit(".", 1)[-1]
    return f"{kind}: {error.Message}".rstrip(": ")
