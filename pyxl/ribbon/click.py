"""What does a button's function have at hand: the book, the catalogue, the day, the status bar?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import HostError
from pyxl.record import record
from pyxl.text import phrase

if TYPE_CHECKING:
    from xlwings import App, Book, Sheet

    from pyxl.catalogue.model import Catalogue
    from pyxl.excel.grid import RawBook
    from pyxl.excel.live.host import BookView
    from pyxl.outcomes import Examination
    from pyxl.ribbon.state import Kept

__all__ = ["Answer", "Click"]


@record
class Answer:
    """How a click ended: as the command line would end, and a sentence. `aloud`: in a box as well."""

    code: int
    sentence: str
    following: str = ""
    aloud: bool = False


class Click:
    """One click that is being answered. Raises HostError where it needs a book and there is none."""

    def __init__(self, app: App | None, book: Book | None, catalogue_folder: Path | None, kept: Kept | None) -> None:
        self.app = app
        self._book, self._kept, self.catalogue_folder = book, kept, catalogue_folder
        self._catalogue: Catalogue | None = None

    @property
    def has_book(self) -> bool:
        """Whether a book is open."""
        return self._book is not None

    @property
    def book(self) -> Book:
        """The book that the click was made in."""
        if self._book is None:
            raise HostError("no_book")
        return self._book

    @property
    def view(self) -> BookView:
        """What xlwings does not tell of the book."""
        from pyxl.excel.live.host import host_of

        return host_of(self.book)

    @property
    def now(self) -> datetime:
        """The moment on the user's clock."""
        return datetime.now()  # noqa: DTZ005 - shown to the user as the clock on the wall shows it

    @property
    def today(self) -> date:
        """The day on the user's calendar."""
        return self.now.date()

    @property
    def catalogue(self) -> Catalogue:
        """Ours, with the user's folder laid over it."""
        if self._catalogue is None:
            from pyxl.actions import load_catalogue

            self._catalogue = load_catalogue(self.catalogue_folder)
        return self._catalogue

    def require_ledger(self) -> None:
        """Raises HostError when the book has not one sheet of a ledger."""
        from pyxl.excel.grid import RawBook, RawSheet
        from pyxl.excel.tabs import assign

        names = RawBook(self.book.name, tuple(RawSheet(name, ()) for name in self.book.sheet_names))
        if not assign(names, self.catalogue)[0]:
            raise HostError("not_a_ledger", book=names.name)

    def read(self) -> RawBook:
        """The book's cells. Raises HostError when it is no ledger at all."""
        from pyxl.excel.live import read_book

        self.progress("opening")
        self.require_ledger()
        return read_book(self.book, lambda sheet: self.progress("reading", passing=True, sheet=sheet))

    def examine(self, raw: RawBook) -> Examination:
        """What the rules, figures and wording say of the cells."""
        from pyxl.actions import examine

        self.progress("judging")
        return examine(raw, self.catalogue, self.today)

    def remarks(self, raw: RawBook) -> tuple[str, ...]:
        """What has to be said beside a result: that it will not be kept, or rests on stale formulas."""
        notes = [note for note in ("read_only", "not_calculated") if note in raw.notes]
        return tuple(phrase("words", "notes", note) for note in notes)

    def begin_writing(self, sheet: str) -> None:
        """Tells the status bar and keeps the screen still."""
        self.progress("writing", sheet=sheet)
        if self._kept is not None:
            self._kept.begin_writing()

    def show(self, sheet: Sheet) -> None:
        """This sheet is in front in the end."""
        if self._kept is not None:
            self._kept.show(sheet)

    def progress(self, key: str, *, passing: bool = False, **words: str) -> None:
        """What the status bar says; see Kept."""
        if self._kept is not None:
            self._kept.progress(phrase("live", "progress", key, **words), passing=passing)
