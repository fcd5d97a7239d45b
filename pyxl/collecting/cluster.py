"""How do the machines of a Dask cluster look at files for us?

Dask is an extra and takes a second to import: nothing of it is touched unless a scheduler is named.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pyxl import __version__
from pyxl.catalogue.loader import catalogue_stamp
from pyxl.errors import UsageError

__all__ = ["Surroundings", "cluster", "surroundings"]

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}")
_SECONDS = 10  # to find the scheduler


class Surroundings(NamedTuple):
    """What has to be the same on every machine, so that all judge alike; plain values."""

    version: str
    catalogue: str
    sees_folder: bool


def surroundings(folder: str, catalogue_folder: str) -> Surroundings:
    """Those of the machine that is asked."""
    overlay = [Path(catalogue_folder)] if catalogue_folder else []
    stamp = catalogue_stamp(*overlay) if all(each.is_dir() for each in overlay) else ""
    return Surroundings(__version__, stamp, Path(folder).is_dir())


@contextmanager
def cluster(address: str, folder: Path, catalogue_folder: Path | None) -> Iterator[Executor]:
    """Who looks at the files of `folder` on the cluster whose scheduler is at `address` (tcp://host:port).

    Every machine has to see the folders under the same names, and to have the same program. Raises
    UsageError when Dask is not installed, and when the cluster cannot be used, be it in the middle.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError("scheduler_address", address=address)
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import CommClosedError
    except ImportError:
        raise UsageError("scheduler_no_dask") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what has to be said is said in our words
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        raise UsageError("scheduler_not_found", address=address) from None
    with client:
        try:
            asked = (str(folder.absolute()), str(catalogue_folder.absolute()) if catalogue_folder else "")
            try:
                there = client.run(surroundings, *asked)
            except (ImportError, AttributeError):
                raise UsageError("scheduler_without_us", address=address) from None
            _refuse(there.values(), surroundings(*asked), folder)
            yield client.get_executor()
        except (CancelledError, CommClosedError, KilledWorker):
            raise UsageError("scheduler_lost", address=address) from None


def _refuse(there: Iterable[Surroundings], here: Surroundings, folder: Path) -> None:
    """Machines that would judge otherwise, or see nothing."""
    machines = tuple(there)
    if not machines:
        raise UsageError("scheduler_no_workers")
    for each in machines:
        if each[:2] != here[:2]:
            raise UsageError("scheduler_differs", theirs=each.version, ours=here.version)
        if not each.sees_folder:
            raise UsageError("scheduler_blind", path=str(folder))
