"""What stands where on 上报封面?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pyxl.catalogue.model import Catalogue
from pyxl.core.period import parse_period
from pyxl.core.submission import Manifest, moment_text
from pyxl.excel.building.layout import FIRST_ROW
from pyxl.text import phrase

__all__ = ["FIGURES", "figure_places", "said", "said_places"]

FIGURES = 3  # 0-based column in which the figures begin: activity, name, value


def figure_places() -> Iterator[tuple[int, int]]:
    """Row and column (from 1) of the first, second, … figure's value."""
    return ((row, FIGURES + 3) for row in count(FIRST_ROW))


def said_places() -> Iterator[tuple[int, int]]:
    """Row and column (from 1) of the first, second, … text that `said` gives."""
    return ((row, 2) for row in count(FIRST_ROW))


def said(manifest: Manifest, fingerprint: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The left half, line by line, label and text: what the manifest says, and how many rows each sheet has."""
    period = parse_period(manifest.period)
    texts = {
        "unit": manifest.unit,
        "code": manifest.code,
        "period": period.title if period else manifest.period,
        "as_of": manifest.as_of,
        "made": moment_text(manifest.made),
        "catalogue": manifest.catalogue,
        "program": manifest.program,
        "content": manifest.content,
        "key": fingerprint,
    }
    for key, text in texts.items():
        yield phrase("submitting", "front", key), text
    for activity in catalogue.activities:
        yield phrase("submitting", "front", "rows", label=activity.label), str(manifest.rows.get(activity.key, 0))
