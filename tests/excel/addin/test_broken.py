"""Each file that is broken on purpose is caught, by the check that is named for it."""

from __future__ import annotations

import pytest

from pyxl.excel.addin import products
from pyxl.excel.addin.gate import Fault, faults
from tests.excel.addin.built import KINDS, built, ledger
from tests.excel.addin.checks import CHECKS
from tests.excel.addin.variants import VARIANTS


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])
def test_a_broken_file_is_caught(variant, tmp_path):
    path = tmp_path / f"broken{variant.kind}"
    path.write_bytes(variant.made())
    found = CHECKS[variant.check](path)
    assert any(variant.finding in finding for finding in found), f"{variant.check} finds {found}"


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_we_ship_passes_every_check(check, kind, tmp_path):
    path = tmp_path / f"shipped{kind}"
    path.write_bytes(built(kind))
    assert CHECKS[check](path) == []


def test_the_plain_ledger_passes_the_gate_too():
    assert faults(ledger(), ".xlsx") == ()


def test_a_file_that_is_no_package_is_refused():
    assert faults(b"PK\x03\x04 and then nothing", ".xlam")[0].code == "no_package"


def test_no_two_variants_are_the_same():
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS) > 26


def test_the_build_refuses_what_the_gate_finds(monkeypatch):
    monkeypatch.setattr(products, "faults", lambda *_: (Fault("ribbon_image", "pyxl_check Wrong"),))
    with pytest.raises(ValueError, match="ribbon_image: pyxl_check Wrong"):
        products.addin_bytes()
