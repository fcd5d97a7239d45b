"""What has come of the units that were named as having a new key: does it count now, or is nobody called so?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pyxl.text import phrase

if TYPE_CHECKING:
    from pyxl.core.consolidation import Consolidation

__all__ = ["trust_notes"]


def trust_notes(trusted: Sequence[str], found: Consolidation, without: Consolidation) -> Iterator[str]:
    """A sentence for each unit whose file counts because of it, and for each word that names no file's unit.

    `without` is what the same files come to when nobody is trusted.
    """
    from pyxl.core.matching import alike
    from pyxl.core.standing import Status

    counted = {each.file for each in without.of(Status.ACCEPTED)}
    for unit in dict.fromkeys(each.unit for each in found.of(Status.ACCEPTED) if each.file not in counted):
        yield phrase("collecting", "notes", "trusted", unit=unit)
    there = {alike(name) for each in found.standings if each.received for name in (each.identity, each.unit)}
    for word in trusted:
        if alike(word) not in there:
            yield phrase("collecting", "notes", "untrusted", word=word)
