"""Everything that can become of a click, with stand-ins for the program that it was made in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pyxl.errors import HostError
from pyxl.ribbon import boundary, caller, commands, speech
from pyxl.ribbon.caller import Caller
from pyxl.ribbon.click import Answer


class App:
    """An application whose state is written down each time it changes."""

    engine = SimpleNamespace(name="excel")

    def __init__(self) -> None:
        self.__dict__["states"] = {
            "screen_updating": True, "enable_events": True, "display_alerts": True, "status_bar": False,
        }  # fmt: skip
        self.__dict__["changes"] = []

    def __getattr__(self, name):
        return self.states[name]

    def __setattr__(self, name, value):
        self.changes.append((name, value))
        self.states[name] = value


class Sheet:
    visible = True

    def __init__(self, name, book):
        self.name, self._book = name, book

    def activate(self):
        self._book.front = self.name


class Book:
    api = None

    def __init__(self, app):
        self.app, self.name, self.front = app, "台账.xlsx", "党课"

    @property
    def sheets(self):
        return SimpleNamespace(active=Sheet(self.front, self), count=2)


@pytest.fixture
def scene(monkeypatch):
    """Clicks come from a book in `app`; boxes are written down in `boxes` and shown to nobody."""
    app = App()
    made = SimpleNamespace(app=app, book=Book(app), boxes=[])
    monkeypatch.setattr(caller, "find_caller", lambda _: Caller(made.app, made.book))
    monkeypatch.setattr(boundary, "say", lambda *said, **how: made.boxes.append((said, how["grave"])))
    return made


def click(monkeypatch, function, key="check", book="台账.xlsx") -> int:
    monkeypatch.setattr(commands, key, function)
    return boundary.main([key, f"--wb={book}", "--from_xl=1", "--hwnd=7"])


def failing(error):
    def command(click):
        click.begin_writing("校验结果")
        raise error

    return command


def test_a_result_is_whispered_and_no_box_comes(scene, monkeypatch, capsys):
    assert click(monkeypatch, lambda _: Answer(1, "错误 1", "下一步")) == 0
    assert capsys.readouterr() == ("", "错误 1 下一步\n")
    assert scene.boxes == []


def test_what_is_said_aloud_is_said_in_a_box(scene, monkeypatch):
    click(monkeypatch, lambda _: Answer(0, "写好了", "在哪里", aloud=True))
    click(monkeypatch, lambda _: Answer(1, "没写", "怎么办", aloud=True))
    assert scene.boxes == [(("写好了", "在哪里"), False), (("没写", "怎么办"), False)]


def test_a_refusal_is_its_sentence_and_what_to_do(scene, monkeypatch, capsys):
    assert click(monkeypatch, failing(HostError("own_sheet_protected", sheet="校验结果"))) == 2
    refusal = HostError("own_sheet_protected", sheet="校验结果")
    sentence = (refusal.message, refusal.hint)
    assert sentence[0] == "“校验结果”表受保护，写不进结果"
    assert scene.boxes == [(sentence, False)], "only a fault of ours looks grave"
    assert capsys.readouterr().err == " ".join(sentence) + "\n"


def test_a_fault_of_ours_is_recorded_and_says_where(scene, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert click(monkeypatch, failing(ValueError("单元格里的秘密"))) == 3
    [((sentence, following), grave)] = scene.boxes
    [record] = (tmp_path / "pyxl").glob("pyxl-*.log")
    assert sentence == "程序出错，没有完成；您填的内容没有变。"
    assert str(record) in following
    assert "verb      ribbon check" in record.read_text(encoding="utf-8")
    assert "秘密" not in record.read_text(encoding="utf-8")
    assert grave


def test_where_no_record_can_be_written_the_kind_of_fault_is_told(scene, monkeypatch):
    def full(error, verb):
        raise OSError

    monkeypatch.setattr("pyxl.failure_log.record", full)
    assert click(monkeypatch, failing(ValueError("x"))) == 3
    assert scene.boxes[0][0][1] == "错误记录没能写入（ValueError），请把这句话告诉维护人员。"


def test_issues_are_no_failure_for_a_click_or_they_would_end_it_as_a_python_that_cannot_find_us_ends(
    scene, monkeypatch
):
    ends = {code: click(monkeypatch, lambda _, code=code: Answer(code, "好")) for code in range(4)}
    assert ends == {0: 0, 1: 0, 2: 2, 3: 3}


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), SystemExit(1), BaseException()])
def test_nothing_passes_the_boundary(scene, monkeypatch, error):
    assert click(monkeypatch, failing(error)) in (2, 3)
    assert len(scene.boxes) == 1


@pytest.mark.parametrize("error", [None, HostError("host_busy"), ValueError("x"), KeyboardInterrupt()])
def test_the_application_comes_out_as_it_went_in(scene, monkeypatch, error):
    before = dict(scene.app.states)

    def command(click):
        click.progress("opening")
        click.begin_writing("校验结果")
        assert (scene.app.screen_updating, scene.app.enable_events) == (False, False)
        assert scene.app.status_bar == "正在写入“校验结果”…"
        if error:
            raise error
        return Answer(0, "好")

    click(monkeypatch, command)
    assert scene.app.states == before
    assert scene.app.changes[-1] == ("screen_updating", True)
    assert scene.book.front == "党课"


def test_a_status_bar_that_somebody_else_has_set_is_put_back(scene, monkeypatch):
    scene.app.states["status_bar"] = "别的宏"
    click(monkeypatch, lambda click: click.progress("opening") or Answer(0, "好"))
    assert scene.app.status_bar == "别的宏"


def test_the_sheet_with_the_result_is_in_front_unless_something_fails(scene, monkeypatch):
    def shows(click):
        click.show(Sheet("校验结果", scene.book))
        return Answer(0, "好")

    click(monkeypatch, shows)
    assert scene.book.front == "校验结果"


def test_an_application_that_has_gone_does_not_hide_what_happened(scene, monkeypatch):
    def gone(*_):
        raise ConnectionError

    def command(click):
        scene.book.__class__.sheets = property(gone)
        scene.app.__class__.__setattr__ = gone
        raise HostError("host_gone")

    kept = (Book.sheets, App.__setattr__)
    try:
        assert click(monkeypatch, command) == 2
    finally:
        Book.sheets, App.__setattr__ = kept
    assert scene.boxes[0][0][0] == "表格软件已经关闭或没有响应，没有完成"


def test_without_a_book_a_button_that_needs_one_says_so_before_anything_else(scene, monkeypatch):
    monkeypatch.setattr(caller, "find_caller", lambda _: pytest.fail("nothing is to be looked for"))
    assert click(monkeypatch, lambda _: pytest.fail("not to be called"), book="") == 2
    assert scene.boxes[0][0] == (
        "没有打开的台账", "请先打开台账再点这个按钮；文件在受保护的视图里的，请先点“启用编辑”。",
    )  # fmt: skip


def test_libreoffice_shows_the_box_of_a_click_that_was_refused_at_once(scene, monkeypatch):
    """Or its extension would say that the program had not started."""
    monkeypatch.setenv("PYXL_LIBREOFFICE", "pipe,name=x")
    listeners = []
    monkeypatch.setattr(boundary, "say", lambda *_, app, **__: listeners.append(app))
    assert click(monkeypatch, lambda _: pytest.fail("not to be called"), book="") == 2
    assert listeners == [scene.app]


def test_libreoffice_shows_the_box_of_a_click_whose_book_was_closed(scene, monkeypatch):
    monkeypatch.setenv("PYXL_LIBREOFFICE", "pipe,name=x")
    monkeypatch.setenv("PYXL_DOCUMENT", "7")
    scene.book, listeners = None, []
    monkeypatch.setattr(boundary, "say", lambda sentence, *_, app, **__: listeners.append((sentence, app)))
    assert click(monkeypatch, lambda _: pytest.fail("not to be called")) == 2
    assert listeners == [("“台账.xlsx”已经关闭，没有完成", scene.app)]


def test_an_office_that_could_not_be_found_is_not_looked_for_again(scene, monkeypatch):
    monkeypatch.setenv("PYXL_LIBREOFFICE", "pipe,name=x")
    tries = []

    def gone(request):
        tries.append(request)
        raise HostError("host_gone")

    monkeypatch.setattr(caller, "find_caller", gone)
    assert click(monkeypatch, lambda _: pytest.fail("not to be called")) == 2
    assert len(tries) == 1


def test_a_button_that_needs_none_works_without(scene, monkeypatch):
    scene.app = scene.book = None
    assert click(monkeypatch, lambda click: Answer(0, str(click.has_book)), key="guide", book="") == 0


def test_an_unknown_button_is_refused(scene):
    assert boundary.main(["format", "--wb=x"]) == 2
    assert boundary.main([]) == 2


def test_without_a_standard_error_nothing_is_whispered(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    speech.whisper("没有人听")


def test_a_box_of_an_office_that_has_gone_is_no_failure():
    def alert(*said, **how):
        raise ConnectionError

    app = SimpleNamespace(engine=SimpleNamespace(name="libreoffice"), alert=alert)
    speech.say("没有人看", "", grave=True, app=app, window=0)


def test_a_box_has_the_sentence_and_below_it_what_to_do():
    said = []
    app = SimpleNamespace(
        engine=SimpleNamespace(name="libreoffice"), alert=lambda text, title, **how: said.append((text, title, how))
    )
    speech.say("不行", "怎么办", grave=True, app=app, window=0)
    speech.say("好了", "", grave=False, app=app, window=0)
    assert said == [
        ("不行\n\n怎么办", "党支部工作", {"buttons": "ok", "mode": "critical"}),
        ("好了", "党支部工作", {"buttons": "ok", "mode": "info"}),
    ]
