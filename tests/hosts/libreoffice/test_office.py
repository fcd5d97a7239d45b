"""Offices of our own start and end; others are only attached to."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import xlwings

from pyxl.hosts import libreoffice
from pyxl.hosts.libreoffice.gone import HostGone

pytestmark = pytest.mark.live
ROOT = Path(__file__).parents[3]


def runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def own():
    office = libreoffice.start()
    yield office
    if runs(office.pid):
        office.kill()


def test_an_office_starts_with_a_process_and_a_profile_of_its_own(own, app):
    assert runs(own.pid)
    assert own.pid != app.pid
    profiles = {office.impl.office.profile for office in (own, app)}
    assert len(profiles) == 2
    assert all((profile / "user").is_dir() for profile in profiles)


def test_nobody_can_guess_the_pipe(own, app):
    pipes = {office.impl.office.pipe for office in (own, app)}
    assert len(pipes) == 2
    assert all(len(pipe) >= len("pipe,name=") + 32 for pipe in pipes)


def test_it_is_an_application_of_xlwings(own):
    assert repr(own) == f"<App [libreoffice] {own.pid}>"
    assert own.engine.name == "libreoffice"
    assert own.version.major >= 15  # below, xlwings takes it for an old Mac
    assert own in list(xlwings.apps)


def test_the_office_started_or_activated_last_is_the_active_one(own, app):
    assert xlwings.apps.active == app
    own.activate()
    assert xlwings.apps.active == own
    assert xlwings.apps[app.pid] == app


def test_a_running_office_is_attached_to_by_its_pipe(own):
    own.books.add().sheets[0]["A1"].value = "seen by both"
    guest = libreoffice.attach(own.impl.office.pipe, own.pid)
    assert (guest.pid, guest.books[0].sheets[0]["A1"].value) == (own.pid, "seen by both")
    stranger = libreoffice.attach(own.impl.office.pipe)
    assert stranger.pid < 0
    assert stranger != guest
    with pytest.raises(NotImplementedError):
        stranger.kill()
    own.books[0].close()


def test_a_book_is_found_by_its_uid(own):
    book = own.books.add()
    assert libreoffice.document(own, book.api.RuntimeUID) == book
    with pytest.raises(KeyError):
        libreoffice.document(own, "no such")
    book.close()


def test_where_no_office_listens_nobody_is_waited_for_long(monkeypatch):
    monkeypatch.setattr("pyxl.hosts.libreoffice.apps._PATIENCE", 0.1)
    with pytest.raises(HostGone, match="No LibreOffice answers"):
        libreoffice.attach("pipe,name=pyxl-nobody-listens-here")


def test_quitting_ends_the_process_and_takes_away_its_profile(own):
    """The last test with this office."""
    profile = own.impl.office.profile
    own.books.add().sheets[0]["A1"].value = "not saved"
    own.quit()
    assert not runs(own.pid)
    assert not profile.exists()
    assert own not in list(xlwings.apps)


def test_killing_does_the_same_and_a_profile_that_was_given_stays(tmp_path):
    office = libreoffice.start(profile=tmp_path / "profile")
    office.kill()
    assert not runs(office.pid)
    assert (tmp_path / "profile" / "user" / "registrymodifications.xcu").is_file()
    assert office not in list(xlwings.apps)


def test_a_script_that_forgets_to_quit_leaves_nothing_behind():
    code = (
        "from pyxl.hosts import libreoffice; app = libreoffice.start(); "
        "print(app.pid, app.impl.office.profile, app.books.add().name)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    pid, profile, _ = done.stdout.split(maxsplit=2)
    assert not runs(int(pid))
    assert not Path(profile).exists()


@pytest.fixture
def screen(monkeypatch):
    """A screen without a monitor."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, pass_fds=[writing]) as server:
        os.close(writing)
        with open(reading, encoding="ascii") as line:
            monkeypatch.setenv("DISPLAY", f":{line.readline().strip()}")
        yield
        server.terminate()


@contextmanager
def pressed(office, *keys):
    """As somebody would who sees the message: keys that a window not yet ready for them has lost, once more.

    Who waits in vain is not kept waiting: the office is ended.
    """
    command = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "提示", "windowfocus", "--sync", "key", *keys]
    answered = threading.Event()

    def press():
        for seconds in (0.2, 3, 3, 3):
            if answered.wait(seconds):
                return
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
        office.kill()

    hand = threading.Thread(target=press)
    hand.start()
    try:
        yield
    finally:
        answered.set()
        hand.join()


def test_an_office_with_a_window_shows_messages_and_waits_for_the_answer(app, screen):
    office = xlwings.App(add_book=True)  # on a desktop, xlwings' own way to start one gives a window
    assert office.visible
    with pressed(office, "Return"):
        assert office.alert("存好了。", title="提示") == "ok"
    with pressed(office, "Escape"):
        assert office.alert("存盘吗？", title="提示", buttons="ok_cancel") == "cancel"
    with pressed(office, "Tab", "Return"):
        assert office.alert("覆盖吗？", title="提示", buttons="yes_no", mode="critical") == "no"
    with pytest.raises(NotImplementedError):
        office.visible = False
    office.quit()


@pytest.mark.parametrize("module", ["pyxl.hosts", "pyxl.hosts.libreoffice"])
def test_importing_needs_no_libreoffice(module):
    """`uno` is only looked for when an office is asked for."""
    code = f"import sys, {module}; print(sorted({{'uno', 'xlwings', 'pandas'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_uno_a_sentence_says_what_to_install():
    code = (
        "import sys; sys.modules['uno'] = None\n"
        "from pyxl.errors import HostError\n"
        "from pyxl.hosts import libreoffice\n"
        "try: libreoffice.attach('pipe,name=x')\n"
        "except HostError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "uno_missing"


def test_without_libreoffice_a_sentence_says_so_and_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("pyxl.soffice._ELSEWHERE", ())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    from pyxl.errors import HostError

    with pytest.raises(HostError) as caught:
        libreoffice.start()
    assert (caught.value.code, list(tmp_path.iterdir())) == ("libreoffice_missing", [])
