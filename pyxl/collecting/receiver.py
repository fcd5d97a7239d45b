"""By what is a file judged that was handed in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pyxl.catalogue.model import Catalogue
from pyxl.core.travelling import rules_digest

__all__ = ["Receiver"]


@dataclass(frozen=True)
class Receiver:
    """By what a file is judged."""

    catalogue: Catalogue  # of what travels
    styles: Mapping[str, int]  # column type → number of its cell format in the consolidated workbook
    sources: bool = False  # find out what a document will tell of the rows, see pyxl.collecting.sources
    fast: bool = False  # believe a manifest whose seal holds, as long as no byte of the file was changed

    @cached_property
    def rules(self) -> str:
        """See pyxl.core.travelling.rules_digest."""
        return rules_digest(self.catalogue)
