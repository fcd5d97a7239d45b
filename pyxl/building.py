"""What is committed and not written by hand, and is it what the sources build?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pyxl.catalogue.loader import own_snapshot, read_catalogue
from pyxl.catalogue.model import Catalogue
from pyxl.core.checks import verify
from pyxl.core.fields import known_names
from pyxl.core.language import Known
from pyxl.core.travelling import travelling
from pyxl.errors import CatalogueError
from pyxl.outfile import deliver
from pyxl.record import record
from pyxl.text import phrase, phrases, snapshot

__all__ = ["Product", "build", "products", "stale"]


@record
class Product:
    """One built file: where it stands below the root, and what writes it."""

    path: str
    write: Callable[[Path, Path], None]  # target, what stands there now


def products() -> tuple[Product, ...]:
    """Every committed file that is built and not written by hand.

    Raises CatalogueError when a rule of our own catalogue is wrong: at run time nobody looks again.
    """
    catalogue, problems = read_catalogue()
    if problems := problems or verify(catalogue):
        raise CatalogueError(problems, own=True)
    files = phrases("assets", "files")
    return (
        Product("pyxl/text/snapshot.json", lambda target, _: _write(target, snapshot())),
        Product("pyxl/catalogue/snapshot.json", lambda target, _: _write(target, own_snapshot())),
        Product(f"workbook/{files['ledger']}", lambda target, _: _ledger(catalogue, target)),
        *_macro_products(catalogue, files),
        *_templates(catalogue, files),
        Product(f"templates/{files['placeholders']}", lambda target, _: _placeholders(catalogue, target)),
        Product("README.md", lambda target, now: _glossary(catalogue, target, now)),
    )


def _macro_products(catalogue: Catalogue, files: Mapping[str, str]) -> tuple[Product, ...]:
    """The ribbon and the VBA as text to read, and the two files that hold them."""
    from pyxl.excel.addin.modules import BUILT_MODULES, built_module
    from pyxl.excel.addin.products import addin_bytes, macro_ledger_bytes
    from pyxl.excel.addin.ribbon import ribbon_xml

    def module(name: str) -> Product:
        return Product(f"workbook/vba/{name}.bas", lambda target, _: _write_module(target, built_module(name)))

    return (
        Product("workbook/ribbon.xml", lambda target, _: _write(target, ribbon_xml().rstrip("\n"))),
        *map(module, BUILT_MODULES),
        Product(f"workbook/{files['macro_ledger']}", lambda target, _: _save(target, macro_ledger_bytes(catalogue))),
        Product(f"workbook/{files['addin']}", lambda target, _: _save(target, addin_bytes())),
    )


def build(root: Path) -> tuple[str, ...]:
    """Rebuilds what differs below `root`; the paths rebuilt."""
    return tuple(product.path for product in products() if _refresh(product, root, keep=True))


def stale(root: Path) -> tuple[str, ...]:
    """The built files below `root` that their sources would build differently; nothing is written."""
    return tuple(product.path for product in products() if _refresh(product, root, keep=False))


def _refresh(product: Product, root: Path, *, keep: bool) -> bool:
    """Whether the product differs from what stands there; with `keep` it replaces it."""
    current = root / product.path
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / Path(product.path).name
        product.write(fresh, current)
        if current.is_file() and _content(current) == _content(fresh):
            return False
        if keep:
            current.parent.mkdir(parents=True, exist_ok=True)
            deliver(current, lambda target: _copy(fresh, target), _readable)
    return True


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def _readable(path: Path) -> None:
    """Raises when a package written is damaged."""
    _content(path)


def _content(path: Path) -> object:
    """What a file says: of a package its parts, however another zlib may have packed them."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes().replace(b"\r\n", b"\n")
    with zipfile.ZipFile(path) as package:
        return [(part.filename, package.read(part)) for part in package.infolist()]


def _write(target: Path, text: str) -> None:
    target.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _write_module(target: Path, source: str) -> None:
    """With the line ends that Excel's editor wants when somebody imports the file by hand."""
    target.write_text(source, encoding="ascii", newline="\r\n")


def _save(target: Path, content: bytes) -> None:
    target.write_bytes(content)


def _ledger(catalogue: Catalogue, target: Path) -> None:
    from pyxl.excel.building.ledger import build_ledger

    build_ledger(catalogue, target, year=None, unit="")


def _templates(catalogue: Catalogue, files: Mapping[str, str]) -> Iterator[Product]:
    """Our Word templates, each with its prepared form behind it."""
    known = known_names(travelling(catalogue))
    for which, form in (("template", "prepared"), ("upper", "prepared_upper")):
        name = files["template" if which == "template" else "upper_template"]
        yield Product(f"templates/{name}", partial(_template, which))
        yield Product(f"pyxl/word/{form}.json", partial(_prepared, which, name, known))
    yield Product(f"templates/{files['record_template']}", partial(_template, "record"))


def _template(which: str, target: Path, _: Path) -> None:
    from pyxl.word.build_template import build_template

    build_template(target, which)


def _prepared(which: str, name: str, known: Known, target: Path, now: Path) -> None:
    """The form of the template as it stands there: another zlib packs the same template into other bytes."""
    from pyxl.word.preparing import write_form

    template = now.parents[2] / "templates" / name
    if not template.is_file():
        template = target.with_name(name)
        _template(which, template, now)
    write_form(template, target, known)


def _placeholders(catalogue: Catalogue, target: Path) -> None:
    """The list that people who edit a Word template look things up in."""
    from pyxl.word.placeholders import field_rows, filter_rows, part_rows, upper_rows

    found = {"rows": field_rows(catalogue), "upper": upper_rows(catalogue), "parts": part_rows()}
    tables = {key: "".join(f"| `{name}` | {meaning} |\n" for name, meaning in rows) for key, rows in found.items()}
    # a table would want its vertical bars escaped, and so would print what cannot be copied
    shown = (dict(zip(("name", "meaning", "example"), row, strict=True)) for row in filter_rows())
    filters = "".join(phrase("assets", "pages", "filter", **row) + "\n" for row in shown)
    target.write_text(phrase("assets", "pages", "placeholders", **tables, filters=filters), encoding="utf-8")


def _glossary(catalogue: Catalogue, target: Path, now: Path) -> None:
    """README.md with the table between its two marks made anew."""
    text = now.read_text(encoding="utf-8") if now.is_file() else ""
    rows = "".join(f"| {each.label} | `{each.key}` | {each.purpose} |\n" for each in catalogue.activities)
    table = phrase("assets", "pages", "glossary", rows=rows)
    begin, end = (phrase("assets", "pages", mark) for mark in ("glossary_begin", "glossary_end"))
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    target.write_text(re.sub(pattern, lambda _: f"{begin}\n{table}{end}", text, flags=re.DOTALL), encoding="utf-8")
