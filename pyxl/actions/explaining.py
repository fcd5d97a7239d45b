"""How does a reader of a document learn which rows its numbers come from, and whether they still hold?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import PyxlError, UsageError

if TYPE_CHECKING:
    from pyxl.core.provenance import Provenance
    from pyxl.outcomes import ExplainOutcome
    from pyxl.word.sourcereading import Sources

__all__ = ["explain"]

_DOTS = dict.fromkeys(map(ord, "\uff0e\u3002\uff61\u00b7\u30fb"), ".")  # what an input method makes of a dot


def explain(
    document: Path,
    *,
    number: str | None = None,
    ledger: Path | None = None,
    catalogue_folder: Path | None = None,
    today: date,
) -> ExplainOutcome:
    """What the numbers of a document rest on, all or one of them, and what has become of it in the ledger since.

    Without `ledger`, the one of the name that the document tells counts, where it stands beside it.
    Raises DocumentError when the document has no sources, UsageError when it has no such number.
    """
    from pyxl.core.changes import compared
    from pyxl.outcomes import ExplainOutcome
    from pyxl.word.sourcereading import read_sources

    sources = read_sources(document)
    told = sources.provenance
    names = [_named(number, sources, document)] if number is not None else list(told.numbers)
    path = ledger or _beside(document, told.ledger)
    now, trouble = None, None
    if path:
        try:
            now = _now(path, told, catalogue_folder, today)
        except PyxlError as error:
            if ledger:
                raise
            trouble = error
    changes = compared(told, now) if now else {}
    return ExplainOutcome(
        document=document,
        sources=sources,
        names=tuple(names),
        all=number is None,
        ledger=path if now else None,
        now=now,
        changes={name: changes[name] for name in names if name in changes},
        trouble=trouble.message if trouble else "",
    )


def _named(written: str, sources: Sources, document: Path) -> str:
    """The figure meant by its name or by that of a bookmark. Raises UsageError, with those that are near."""
    numbers = sources.provenance.numbers
    wanted = "".join(written.translate(_DOTS).split())
    if wanted in numbers:
        return wanted
    for mark in sources.marks:
        if mark.name.casefold() == wanted.casefold():
            return mark.figure
    from difflib import get_close_matches

    within = [name for name in numbers if wanted and wanted in name]
    near = (within or get_close_matches(wanted, list(numbers), 3, 0.4))[:3]
    if not near:
        raise UsageError("number_unknown", number=written, file=document.name)
    raise UsageError("number_unknown_near", number=written, file=document.name, near=" ".join(near))


def _beside(document: Path, name: str) -> Path | None:
    """The ledger of that name in the document's folder; a name with a path in it is nobody's ledger."""
    if not name or name != Path(name).name or "\\" in name or "\0" in name:
        return None
    path = document.parent / name
    return path if path.is_file() else None


def _now(path: Path, then: Provenance, folder: Path | None, today: date) -> Provenance:
    """The same of the ledger as it is; without rows when the document has none."""
    from pyxl.actions.examining import examine_file
    from pyxl.actions.reporting import origins

    told = any(number.rows is not None for number in then.numbers.values())
    return origins(examine_file(path, then.period, folder, today), path, told=told)
