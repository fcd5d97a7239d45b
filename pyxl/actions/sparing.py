"""What would be lost when a consolidated workbook takes the place of the former one?"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from shutil import copyfile
from types import TracebackType
from typing import Self

from pyxl.errors import OutputError
from pyxl.text import phrase

__all__ = ["Former"]


class Former:
    """The workbook that is to be replaced; kept beside, when somebody has worked in it.

    Leave it as a context manager: what was kept goes again when the new workbook was not written after all.
    """

    def __init__(self, target: Path) -> None:
        self._target = target
        self._kept: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None and self._kept is not None:
            with suppress(OSError):
                self._kept.unlink()

    def spare(self) -> None:
        """At the last moment before it is replaced. Raises OutputError when it is none of ours, or cannot be kept."""
        from pyxl.excel.consolidating.mark import is_as_written
        from pyxl.excel.consolidating.own import is_consolidated

        if not self._target.exists():
            return
        if not is_consolidated(self._target):  # somebody has taken the name meanwhile
            raise OutputError("consolidated_not_ours", file=self._target.name)
        if not is_as_written(self._target):
            self._kept = self._copied()

    def _copied(self) -> Path:
        from pyxl.outfile import deliver, holds_the_same, safe_stem

        stem = safe_stem(phrase("words", "files", "former", stem=self._target.stem))

        def verify(path: Path) -> None:
            if not holds_the_same(path, self._target):
                raise OutputError("consolidated_unsound", file=path.name)

        beside = self._target.with_name(f"{stem}{self._target.suffix}")
        return deliver(beside, lambda path: _copy(self._target, path), verify, anew=True)

    @property
    def note(self) -> tuple[str, ...]:
        """What is to be said of it, if anything."""
        return (phrase("collecting", "notes", "former", file=self._kept.name),) if self._kept else ()


def _copy(source: Path, target: Path) -> None:
    copyfile(source, target)
