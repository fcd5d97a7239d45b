"""What of our own goes into a bundle: the package, the add-in, the ledger, the templates, the scripts?"""

from __future__ import annotations

import tomllib
from pathlib import Path

from pyxl.buttons import LAUNCHED
from pyxl.errors import InstallError
from pyxl.text import phrase, phrases

__all__ = ["own_files", "scripts"]

_BOM = b"\xef\xbb\xbf"  # Notepad of Windows 10 tells UTF-8 by it
_LEFT_OUT = (".md", ".pyc", ".part", "~")  # for maintainers, and what tools leave behind


def own_files(root: Path) -> dict[str, bytes]:
    """Path in the bundle → content, out of the checkout at `root`. InstallError when something is not built yet."""
    names = phrases("installing", "files")
    assets = phrases("assets", "files")
    workbook, templates = root / "workbook", root / "templates"
    return {
        **_package(root),
        f"addin/{assets['addin']}": _read(workbook / assets["addin"], root),
        f"{names['ledgers']}/{assets['ledger']}": _read(workbook / assets["ledger"], root),
        **{
            f"{names['templates']}/{assets[key]}": _read(templates / assets[key], root)
            for key in ("template", "upper_template", "record_template")
        },
        f"{names['templates']}/{assets['placeholders']}": _read(templates / assets["placeholders"], root),
        "licences/pyxl/LICENSE": _read(root / "LICENSE", root),
    }


def scripts() -> dict[str, bytes]:
    """Path in the bundle → content of what the user double-clicks or drops a ledger on."""
    names = phrases("installing", "files")
    launcher = phrase("installing", "scripts", "launcher")
    return {
        names["install"]: _script(phrase("installing", "scripts", "install")),
        names["uninstall"]: _script(phrase("installing", "scripts", "uninstall")),
        names["diagnose"]: _script(phrase("installing", "scripts", "diagnose")),
        **{f"{names[verb]}.cmd": _script(launcher.replace("VERB", verb)) for verb in LAUNCHED},
        names["readme"]: _BOM + _lines(phrase("installing", "pages", "readme")),
    }


def _package(root: Path) -> dict[str, bytes]:
    """The package as a wheel would hold it: its modules, its tables, and below _assets what comes along."""
    package = root / "pyxl"
    files = {
        f"app/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and _wanted(path.relative_to(root))
    }
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return files | {f"app/{place}": _read(root / source, root) for source, place in included.items()}


def _wanted(path: Path) -> bool:
    return not path.name.endswith(_LEFT_OUT) and not any(part.startswith(".") for part in path.parts)


def _read(path: Path, root: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InstallError("bundle_part_missing", file=path.relative_to(root).as_posix()) from error


def _script(text: str) -> bytes:
    return _lines(text.lstrip("\n"))


def _lines(text: str) -> bytes:
    """Lines as Windows ends them."""
    return text.replace("\n", "\r\n").encode()
