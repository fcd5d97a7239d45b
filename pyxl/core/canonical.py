"""How do values become bytes of which a digest can be taken? The same bytes for the same content, everywhere."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from pyxl.core.ledger import Value

__all__ = ["canonical", "plain_value", "says"]

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(content: Any) -> str:
    """JSON with its keys in order and no blanks. Raises ValueError for numbers that are none."""
    return _canonical.encode(content)


def says(value: Value) -> bool:
    """Whether there is anything in a cell."""
    return value not in (None, "", ())


def plain_value(value: Value) -> Any:
    """A value as JSON has it. A number is the same whether a cell held 3 or 3.0."""
    if isinstance(value, str):  # most values
        return value
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
