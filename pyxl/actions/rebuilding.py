"""How are the committed files rebuilt?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import OutputError

if TYPE_CHECKING:
    from pyxl.outcomes import BuildOutcome

__all__ = ["build"]


def build(*, check_only: bool = False, root: Path | None = None) -> BuildOutcome:
    """Rebuilds what is committed under workbook/ and templates/, or only compares.

    Raises OutputError when there is no source checkout to build in.
    """
    from pyxl import building
    from pyxl.assets import checkout_root
    from pyxl.outcomes import BuildOutcome

    target = root or checkout_root()
    if target is None:
        raise OutputError("no_checkout")
    if check_only:
        return BuildOutcome((), building.stale(target))
    return BuildOutcome(building.build(target), ())
