"""How are the committed files rebuilt?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyxl.errors import OutputError

if TYPE_CHECKING:
    from pyxl.outcomes import BuildOutcome

__all__ = ["build"]

_TOOLS = ("pyopenvba",)  # what only building takes, and no user's installation has


def build(*, check_only: bool = False, root: Path | None = None) -> BuildOutcome:
    """Rebuilds what is committed under workbook/ and templates/, or only compares.

    Raises OutputError when there is no source checkout to build in, or not all that building takes.
    """
    from pyxl import building
    from pyxl.assets import checkout_root
    from pyxl.outcomes import BuildOutcome

    target = root or checkout_root()
    if target is None:
        raise OutputError("no_checkout")
    try:
        return BuildOutcome((), building.stale(target)) if check_only else BuildOutcome(building.build(target), ())
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _TOOLS:
            raise
        raise OutputError("build_tool_missing", name=error.name) from None
