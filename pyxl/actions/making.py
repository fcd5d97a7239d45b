"""How do a blank ledger and the sample ledger come to be?"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.actions.examining import examine_file, load_catalogue
from pyxl.actions.judging import totals_of
from pyxl.actions.refusing import make_folder, refuse_ending, refuse_existing
from pyxl.actions.reporting import prepare_word, write_report
from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.outcomes import DemoOutcome, NewOutcome

__all__ = ["demo", "new"]


def new(path: Path, *, year: int | None, unit: str = "", catalogue_folder: Path | None = None) -> NewOutcome:
    """Writes a blank ledger. Raises OutputError when a file of that name is there already."""
    from pyxl.excel.building.ledger import build_ledger
    from pyxl.outcomes import NewOutcome

    refuse_ending(path, ".xlsx", "ledger_ending")
    refuse_existing(path)
    catalogue = load_catalogue(catalogue_folder)
    return NewOutcome(_deliver_ledger(path, lambda target: build_ledger(catalogue, target, year=year, unit=unit)))


def demo(folder: Path, *, catalogue_folder: Path | None = None, today: date) -> DemoOutcome:
    """Writes the sample ledger of a fictional branch into `folder`, and its report.

    A file that is there and differs, because somebody has worked in it, is kept: the new one takes a free name.
    """
    from tempfile import TemporaryDirectory

    from pyxl.outcomes import DemoOutcome, ReportOutcome

    make_folder(folder)
    catalogue = load_catalogue(catalogue_folder)
    with TemporaryDirectory(prefix="pyxl-") as workshop:
        made = _sample_ledger(Path(workshop), catalogue)
        path = _placed(made, folder)
        found = examine_file(path, None, catalogue_folder, today, ahead=prepare_word, catalogue=catalogue)
        totals = totals_of(found, path)
        draft, placed = Path(workshop) / phrase("words", "files", "sample_report"), None
        if not totals.check.blocked:
            # of the new ledger under its first name: the document tells that name, and is the same each time
            written = write_report(found, made, draft, None, draft=False, sources=True)
            placed = _placed(written.path, folder)
    kept = [(folder / at.name, now) for at, now in ((made, path), (draft, placed)) if now and now.name != at.name]
    outcome = ReportOutcome(placed, totals.check.blocked, totals.check)
    return DemoOutcome(path, outcome, totals.check, totals, tuple(kept))


def _sample_ledger(folder: Path, catalogue: Catalogue) -> Path:
    from pyxl.excel.building.ledger import build_ledger
    from pyxl.sample import sample

    cover, rows = sample()
    unit, year = str(cover["unit"]), cover["year"]
    return _deliver_ledger(
        folder / phrase("words", "files", "sample", unit=unit, year=year),
        lambda target: build_ledger(
            catalogue, target, year=year if isinstance(year, int) else None, unit=unit, cover=cover, rows=rows
        ),
    )


def _placed(made: Path, folder: Path) -> Path:
    """The file in `folder` that holds what `made` holds: one that is there already, or a new one."""
    from pyxl.outfile import deliver_bytes, free_name

    target = free_name(folder / made.name, like=made)
    if os.path.lexists(target):
        return target
    return deliver_bytes(folder / made.name, made.read_bytes(), anew=True)


def _deliver_ledger(path: Path, write: Callable[[Path], None]) -> Path:
    from pyxl.excel.closed.reading import read_book
    from pyxl.outfile import deliver

    def verify(written: Path) -> None:
        read_book(written)

    return deliver(path, write, verify)
