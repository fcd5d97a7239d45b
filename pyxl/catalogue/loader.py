"""How the catalogue's TOML files, and a folder laid over them, become one Catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyxl.catalogue.model import Catalogue
from pyxl.catalogue.snapshot import recalled, snapshot
from pyxl.errors import CatalogueError, CatalogueProblem
from pyxl.text import fingerprint, phrase

__all__ = ["OWN_FOLDER", "catalogue_stamp", "load_catalogue", "own_snapshot", "read_catalogue"]

OWN_FOLDER = Path(__file__).parent

_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")

# Files with a meaning of their own; any other .toml file of an overlay is an activity type.
_SHARED = ("catalogue", "cover", "common", "outline", "upper", "wording")


def load_catalogue(*overlays: Path) -> Catalogue:
    """Our catalogue with the folders `overlays` laid over it, in that order.

    Raises CatalogueError, which lists every mistake of every file.
    """
    if not overlays and (own := recalled(OWN_FOLDER, _files(OWN_FOLDER, []))):
        return own
    catalogue, problems = read_catalogue(*overlays)
    if problems:
        raise CatalogueError(problems, own=not overlays)
    return catalogue


def catalogue_stamp(*overlays: Path) -> str:
    """A fingerprint of everything that a catalogue is loaded from: another one, another catalogue."""
    folders = (OWN_FOLDER, *overlays)
    return fingerprint(*(path.read_bytes() for folder in folders for path in _files(folder, [])))


def own_snapshot() -> str:
    """What snapshot.json should say of our own catalogue: see pyxl.catalogue.snapshot."""
    catalogue, problems = read_catalogue()
    if problems:
        raise CatalogueError(problems, own=True)
    return snapshot(catalogue, _files(OWN_FOLDER, []))


def read_catalogue(*overlays: Path) -> tuple[Catalogue, list[CatalogueProblem]]:
    """As load_catalogue, but always from the TOML files; mistakes are returned, what could be understood is kept."""
    # Here, because a run with a fresh snapshot needs none of it.
    from pyxl.catalogue.assemble import assemble
    from pyxl.catalogue.table import merged

    problems: list[CatalogueProblem] = []
    shared: dict[str, Any] = {}
    activities: dict[str, Any] = {}
    files: dict[str, str] = {}
    for folder in (OWN_FOLDER, *overlays):
        here: set[str] = set()
        for path in _files(folder, problems):
            data = _parse(path, problems)
            problems += _repeated(data, path.name, "")
            if path.stem in _SHARED and path.parent == folder:
                shared[path.stem] = merged(shared.get(path.stem, {}), data)
                files[path.stem] = path.name
                continue
            key = str(data.get("key", path.stem))
            if key in here:
                problems.append(
                    CatalogueProblem(path.name, "key", phrase("catalogue", "problems", "repeated", value=key))
                )
            here.add(key)
            activities[key] = merged(activities.get(key, {}), data)
            files[key] = path.name
    catalogue = assemble(shared, activities, files, problems)
    return catalogue, list(dict.fromkeys(problems))


def _files(folder: Path, problems: list[CatalogueProblem]) -> Iterable[Path]:
    """A folder's TOML files in a fixed order: those beside each other by name, then activities/."""
    found = [*sorted(folder.glob("*.toml")), *sorted((folder / "activities").glob("*.toml"))]
    if not found:
        reason = "folder_empty" if folder.is_dir() else "folder_is_file" if folder.exists() else "folder_missing"
        problems.append(CatalogueProblem(str(folder), "", phrase("catalogue", "problems", reason)))
    return found


def _parse(path: Path, problems: list[CatalogueProblem]) -> dict[str, Any]:
    """The file's content; a mistake is noted and gives an empty table."""
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        reason = phrase("catalogue", "problems", "not_utf8")
    except OSError:
        reason = phrase("catalogue", "problems", "unreadable")
    except (ValueError, RecursionError) as error:  # tomllib lets through what int() says of a number too long
        reason = _where_broken(str(error))
    problems.append(CatalogueProblem(path.name, "", reason))
    return {}


def _where_broken(said: str) -> str:
    """In our words, at which line and column tomllib gave up; its own sentences are English."""
    if at := _TOML_PLACE.search(said):
        return phrase("catalogue", "problems", "broken_toml", line=at[1], column=at[2])
    at_end = "end of document" in said
    return phrase("catalogue", "problems", "broken_toml_end" if at_end else "broken_toml_somewhere")


def _repeated(data: Any, file: str, where: str) -> list[CatalogueProblem]:
    """Tables that stand twice in one list of one file: laid over each other, one of them would vanish."""
    from pyxl.catalogue.table import name_of

    if isinstance(data, dict):
        return [found for key, value in data.items() for found in _repeated(value, file, f"{where}.{key}".strip("."))]
    if not isinstance(data, list):
        return []
    names = [name_of(item) for item in data if isinstance(item, dict) and name_of(item)]
    twice = dict.fromkeys(name for number, name in enumerate(names) if name in names[:number])
    return [CatalogueProblem(file, where, phrase("catalogue", "problems", "repeated", value=name)) for name in twice]
