"""What is written down of a fault of ours."""

from __future__ import annotations

from pyxl import failure_log


def test_faults_within_one_second_have_a_record_each(tmp_path, monkeypatch):
    """As of several ledgers that were dropped together."""
    monkeypatch.setattr(failure_log, "state_folder", lambda: tmp_path)
    paths = [failure_log.record(error, "check") for error in (KeyError(), ValueError(), OSError())]
    assert len(set(paths)) == 3
    told = [path.read_text(encoding="utf-8") for path in paths]
    assert [name in text for name, text in zip(("KeyError", "ValueError", "OSError"), told, strict=True)] == [True] * 3
