"""收集: which folder, whose consolidated ledger, and what is said when it is done?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import CLEAN, ISSUES, HostError
from pyxl.ribbon.click import Answer
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.actions import Collecting
    from pyxl.core.consolidation import Consolidation
    from pyxl.outcomes import CollectOutcome
    from pyxl.ribbon.click import Click

__all__ = ["collect_folder"]


def collect_folder(click: Click) -> Answer:
    """Asks for the folder, collects, and opens what was made of it."""
    from pyxl import actions

    if click.app is None:
        raise HostError("no_book")
    folder = _folder(click)
    if folder is None:
        return Answer(CLEAN, phrase("live", "answers", "not_collected"))
    asked = _asked(click, folder)
    _refuse_open(click, actions.consolidated_path(folder))

    def progress(done: int, of: int) -> None:
        click.progress("looking", passing=True, done=str(done), of=str(of))

    outcome = actions.collect(asked, today=click.today, hands=actions.Hands(progress=progress))
    return _answer(click, outcome)


def _folder(click: Click) -> Path | None:
    """The folder of the usual name beside the book, or the one that the user chooses; None when none is chosen."""
    from pyxl.excel.live.choosing import choose_folder

    place = click.view.file() if click.has_book else None
    usual = place.parent / phrase("words", "files", "submissions") if place else None
    if usual is not None and usual.is_dir():
        return usual
    assert click.app
    return choose_folder(click.app, phrase("live", "answers", "choose_folder"), place.parent if place else None)


def _asked(click: Click, folder: Path) -> Collecting:
    """For the unit whose ledger the click was made in, if it was made in one."""
    from pyxl.actions import everything_beside

    unit, code = _own_unit(click)
    return everything_beside(folder, unit=unit, code=code, catalogue_folder=click.catalogue_folder)


def _own_unit(click: Click) -> tuple[str, str]:
    from pyxl.excel.cover import read_cover
    from pyxl.excel.live import read_book

    if not click.has_book or phrase("words", "sheets", "cover") not in click.book.sheet_names:
        return "", ""
    cover = read_cover(read_book(click.book), click.catalogue)[0]
    unit, code = (cover.get(key) for key in ("unit", "code"))
    return str(unit or ""), str(code or "")


def _refuse_open(click: Click, target: Path) -> None:
    """A workbook that is open would show what it was, or keep its name."""
    assert click.app
    if any(Path(book.fullname) == target.absolute() for book in click.app.books):
        raise HostError("consolidated_open", book=target.name)


def _answer(click: Click, outcome: CollectOutcome) -> Answer:
    found = outcome.found
    assert found
    if outcome.written is not None:
        assert click.app
        click.app.books.open(str(outcome.written))
    return Answer(CLEAN if outcome.is_settled else ISSUES, *_said(found, outcome), aloud=True)


def _said(found: Consolidation, outcome: CollectOutcome) -> tuple[str, str]:
    """How many there are, then what goes back, and where everything is."""
    from pyxl.actions.answering import collected_lines
    from pyxl.core.telling import counts

    said = phrase("live", "answers", "collected", counts=counts(found, len(outcome.expected)), units=len(found.units))
    key = "collected_next" if outcome.written else "nothing_collected"
    following = phrase("live", "answers", key, path=outcome.written)
    return said, "\n".join([*collected_lines(outcome), following])
