"""Does a template print what a report consists of? It is filled with made-up ones, and what came out is looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyxl.core.document import LEVELS, Block, DetailLine, Picture, Report, SourceLine, UnitLine
from pyxl.core.sorts import Sort
from pyxl.text import phrase, phrases

if TYPE_CHECKING:
    from pyxl.catalogue.model import Catalogue
    from pyxl.core.language import Known
    from pyxl.word.names import Group

__all__ = [
    "every_name",
    "sample_fields",
    "sample_report",
    "template_names",
    "unprinted_levels",
]

_VALUES: dict[Sort, Any] = {
    Sort.COUNT: 2,
    Sort.NUMBER: 2,
    Sort.NUMBERS: (1, 2),
    Sort.DECIMAL: 1.5,
    Sort.RATE: 0.5,
    Sort.MONTHS: (1, 2),
    Sort.DAY: date(2023, 6, 30),
    Sort.YESNO: True,
}


def every_name(catalogue: Catalogue) -> Known:
    """Object → fields, of a branch's report and of one on many units, which knows less of each unit and more of all."""
    from pyxl.core.fields import known_names
    from pyxl.core.travelling import travelling

    own, upper = known_names(catalogue), known_names(travelling(catalogue))
    return {name: {**(own.get(name) or {}), **(upper.get(name) or {})} for name in {**own, **upper}}


def sample_fields(catalogue: Catalogue) -> dict[str, Any]:
    """Every field beside the report's own parts, each with a value of its own sort."""
    word = phrase("template", "trial", "word")
    samples = {**_VALUES, Sort.TEXT: word, Sort.TEXTS: (word, word * 2)}
    return {
        name: {part: samples[sort] for part, sort in (parts or {}).items()}
        for name, parts in every_name(catalogue).items()
    }


def template_names(catalogue: Catalogue) -> Group:
    """Every name that a template may use, whatever report it is for, with what stands behind it: a list, a value."""
    from pyxl.word import names

    return names.known_names(sample_fields(catalogue), every_name(catalogue))


def sample_report(catalogue: Catalogue, *levels: str) -> Report:
    """A report with one paragraph of each of these levels, and one line in each of its tables."""
    words = phrases("template", "trial")
    counts = {activity.label: 2 for activity in catalogue.activities}
    line = UnitLine(1, words["word"], words["unit"], 1, 2, 0, words["word"], counts)
    return Report(
        title=words["title"],
        unit=words["unit"],
        date_text=words["date"],
        blocks=tuple(Block(level, f"{words['paragraph']}{number}") for number, level in enumerate(levels, 1)),
        draft=True,
        draft_notes=(words["word"],),
        sources=(SourceLine(words["word"], words["word"], "2", words["word"]),),
        units=(line,),
        whole=line,
        details=(DetailLine(1, words["date"], *[words["word"]] * 4),),
        photos=(Picture(words["word"]),),
        fields=sample_fields(catalogue),
    )


def unprinted_levels(template: Path, catalogue: Catalogue) -> tuple[str, ...]:
    """The levels of text that a template has no branch for: a report with such a paragraph would be refused.

    Raises TemplateError when the template cannot be filled for any other reason.
    """
    from pyxl.word.archive import read_archive
    from pyxl.word.filling import unprinted

    return unprinted(sample_report(catalogue, *LEVELS), read_archive(template), every_name(catalogue))
