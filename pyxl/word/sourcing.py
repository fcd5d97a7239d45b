"""How does a filled document learn what its numbers rest on? Marks become bookmarks, and the sources go in."""

from __future__ import annotations

from collections.abc import Mapping

from pyxl.core.document import Report
from pyxl.word.bookmarked import texts
from pyxl.word.bookmarks import bookmarked
from pyxl.word.sourcepart import Mark, main_part, with_sources

__all__ = ["figures_of", "sourced"]

_SHOWN = ("word/document", "word/header", "word/footer")


def figures_of(report: Report) -> Mapping[str, int]:
    """Every figure that the document may tell of, and the number that stands for it in marks."""
    told = report.provenance
    return {name: number for number, name in enumerate(told.numbers)} if told else {}


def sourced(parts: Mapping[str, bytes], report: Report) -> dict[str, bytes]:
    """The parts of a filled document with bookmarks for marks, and with the sources when there are bookmarks."""
    if report.provenance is None:
        return dict(parts)
    main = main_part(parts)
    shown = [main, *(name for name in sorted(parts) if name.startswith(_SHOWN) and name != main and "rels" not in name)]
    before = {name: parts[name].decode() for name in shown}
    xml, found = bookmarked(before, list(figures_of(report)))
    changed = {name: text.encode() for name, text in xml.items() if text != before[name]}
    done = {**parts, **changed}
    if not found:
        return done
    said = {name: text for part in changed for name, text in texts(changed[part]).items()}
    return with_sources(done, report.provenance, (Mark(figure, name, said[name]) for figure, name in found))
