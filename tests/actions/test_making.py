"""The sample: what stands there after it was made, and what making it costs."""

from __future__ import annotations

from pyxl import actions
from pyxl.catalogue import loader
from pyxl.excel.closed import reading
from tests.submissions import TODAY


def test_the_sample_is_judged_once_for_its_figures_and_its_report(tmp_path, monkeypatch):
    read, loaded = [], []
    start, load = reading._start_child, loader.load_catalogue
    monkeypatch.setattr(reading, "_start_child", lambda path: (read.append(path.suffix), start(path))[1])
    monkeypatch.setattr(loader, "load_catalogue", lambda *folders: (loaded.append(folders), load(*folders))[1])
    made = actions.demo(tmp_path / "示例", today=TODAY)
    assert read == [".part", ".xlsx"]  # verified before it got its name, then examined
    assert loaded == [()]
    assert made.report.written == tmp_path / "示例" / "半年工作总结（示例）.docx"
    assert made.totals.check == made.check == actions.check(made.ledger, today=TODAY)
    assert made.totals == actions.total(made.ledger, today=TODAY)
