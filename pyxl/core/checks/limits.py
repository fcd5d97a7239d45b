"""Does a number, or the share that one number is of another, lie within the limits of a rule?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyxl.catalogue.model import CheckSpec
from pyxl.core.checks.conditions import text_of
from pyxl.core.checks.model import Context
from pyxl.core.checks.raising import at_cell
from pyxl.core.issue import Issue
from pyxl.core.ledger import Entry
from pyxl.text import phrase

__all__ = ["number_between", "outside", "range_of", "ratio_between"]


def range_of(params: Mapping[str, Any]) -> str:
    """The limits of a rule in words: `minimum`, `maximum` or both."""
    both = {key: params[key] for key in ("minimum", "maximum") if key in params}
    name = "between" if len(both) == 2 else "least" if "minimum" in both else "most"
    return phrase("checks", "ranges", name, **both)


def outside(number: float, params: Mapping[str, Any], unit: float = 1) -> bool:
    """Whether a number is below `minimum` or above `maximum`, these being given in `unit`; limits belong inside."""
    least, most = params.get("minimum"), params.get("maximum")
    return (least is not None and number < least * unit) or (most is not None and number > most * unit)


def number_between(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[n] minimum=N maximum=N: n lies within these limits."""
    (key,) = spec.columns
    number = entry.number(key)
    if number is not None and outside(number, spec.params):
        yield at_cell(entry, key, spec, context, "number_outside", range=range_of(spec.params))


def ratio_between(entry: Entry, spec: CheckSpec, context: Context) -> Iterator[Issue]:
    """columns=[part, whole] minimum=N maximum=N: the part is between so many per cent of the whole.

    Silent when the whole is 0 and when the part exceeds it: that is no share.
    """
    key, whole_key = spec.columns
    part, whole = entry.number(key), entry.number(whole_key)
    # multiplied, not divided: 17 of 20 are 85 % to the last bit
    if part is None or whole is None or not 0 <= part <= whole or not outside(part * 100, spec.params, whole):
        return
    percent = text_of(round(part * 100 / whole, 2))
    yield at_cell(
        entry, key, spec, context, "ratio_outside", against=whole_key, percent=percent, range=range_of(spec.params)
    )
