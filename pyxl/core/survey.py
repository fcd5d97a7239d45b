"""What does an upper level's ledger say of its units, one by one and against an earlier period?"""

from __future__ import annotations

from collections.abc import Sequence

from pyxl.catalogue.model import Catalogue, TotalKind
from pyxl.core.background import Background
from pyxl.core.comparison import Comparison, compare, figures
from pyxl.core.matrix import Line
from pyxl.core.period import Period
from pyxl.core.sorts import Sort
from pyxl.core.totals import Figure, FigureValue
from pyxl.record import record
from pyxl.text import phrase, phrases

__all__ = ["OBJECTS", "Survey", "figures_of", "sorts", "survey_of"]

# object that wording may ask (a key of words.toml [objects]) → the list of its fields there
OBJECTS = {"compared": "compared_fields", "reporting": "reporting_fields"}

# of their fields, what is neither a list nor a count
_TEXTS = {"compared": ("name", "scope"), "reporting": ("subject",)}

_FEW = 10  # so many units with gaps are told one by one; more are in the table


@record
class Survey:
    """各单位情况: a line for each unit, who is missing, whose file went back, and how it compares."""

    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()  # of units that do not count by another file
    comparison: Comparison | None = None
    unread: int = 0  # units of which only the manifest was looked at


def survey_of(lines: Sequence[Line], background: Background, period: Period, catalogue: Catalogue) -> Survey:
    """The survey of these units in this period."""
    earlier = background.earlier
    comparison = compare(lines, earlier, period, catalogue) if earlier else None
    counted = {line.identity for line in lines}
    returned = dict.fromkeys(name for identity, name in background.returned if identity not in counted)
    return Survey(tuple(lines), background.missing, tuple(returned), comparison)


def figures_of(survey: Survey | None) -> tuple[Figure, ...]:
    """What wording may say of it, object by object; blank where there is nothing to say."""
    found = survey or Survey(())
    single = tuple(line.name for line in found.lines) if len(found.lines) == 1 else ()
    lacking = sum(bool(line.gaps) for line in found.lines)
    values: dict[str, FigureValue] = {
        "subject": single[0] if single else phrase("words", "reporting", "all"),
        "single": single,
        "missing": found.missing,
        "count": len(found.missing),
        "returned": found.returned,
        "returned_count": len(found.returned),
        "few": lacking if lacking <= _FEW else 0,
        "unread": found.unread,
    }
    label, names = phrase("words", "objects", "reporting"), phrases("words", "reporting_fields")
    kinds = dict.fromkeys(("count", "returned_count", "few", "unread"), TotalKind.COUNT)
    own = (Figure(label, names[key], value, (), kind=kinds.get(key, TotalKind.LIST)) for key, value in values.items())
    return (*own, *figures(found.comparison))


def sorts() -> dict[str, dict[str, Sort]]:
    """Object → its fields, each with its sort."""
    labels = {phrase("words", "objects", name): name for name in OBJECTS}
    found: dict[str, dict[str, Sort]] = {label: {} for label in labels}
    for each in figures_of(None):
        name = labels[each.activity]
        texts = [phrase("words", OBJECTS[name], key) for key in _TEXTS[name]]
        kind = Sort.COUNT if each.kind is TotalKind.COUNT else Sort.TEXTS
        found[each.activity][each.name] = Sort.TEXT if each.name in texts else kind
    return found
