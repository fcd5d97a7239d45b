"""What happens inside LibreOffice when one of our buttons is clicked?

Runs in LibreOffice's own Python (3.8 or newer) and not in ours: it knows the standard library, uno and
the files that lie beside it in the extension, and imports nothing of the rest of the program. It starts the interpreter that
the program is installed in, which comes back through a pipe that this process opens for it.
"""
# ruff: noqa: ARG002, D102, N802, N816 - methods and what they take are as UNO defines them

from __future__ import annotations

import json
import os
import platform
import secrets
import subprocess
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Any, Callable, NamedTuple  # noqa: UP035 - Python 3.8
from urllib.parse import unquote

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.bridge import XInstanceProvider
from com.sun.star.frame import XDispatch, XDispatchProvider, XTerminateListener
from com.sun.star.lang import XInitialization, XServiceInfo
from pyxl_open_entry import finish_entry  # type: ignore[import-not-found]  # out of the folder pythonpath

__all__ = ["Handler", "g_ImplementationHelper"]

_PROTOCOL = "org.pyxl.ribbon:"
_IMPLEMENTATION = "org.pyxl.ribbon.Handler"
_SERVICE = "com.sun.star.frame.ProtocolHandler"
_CONTEXT = "StarOffice.ComponentContext"  # what every UNO program asks for at the other end of a pipe

# What LibreOffice sets for the libraries and the Python that it brings itself; another Python would take them.
_NOT_HANDED_ON = ("LD_LIBRARY_PATH", "URE_BOOTSTRAP", "UNO_PATH", "__PYVENV_LAUNCHER__")
_PIPE_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - where LibreOffice makes its pipes, in this order
_PIPE_SECONDS = 10.0
_SAID = 4000  # bytes of what a child has said at last


class _Click(NamedTuple):
    """What was clicked, where."""

    key: str
    book: str  # the file's name, or the title of a book that has no file yet
    document: str  # RuntimeUID; "" when the window shows no workbook
    window: Any


class _Ended(NamedTuple):
    """How a child ended."""

    status: int
    connected: bool  # whether it had come in by the pipe
    said: str


# ---------------------------------------------------------------------------------- the pipe


class _Provider(unohelper.Base, XInstanceProvider):  # type: ignore[misc]
    """Hands out what a child asks for first: the component context."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def getInstance(self, name: str) -> Any:
        return self._context if name == _CONTEXT else None


class _Leaving(unohelper.Base, XTerminateListener):  # type: ignore[misc]
    """Does something when the office closes."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def queryTermination(self, event: Any) -> None:
        """Never objects."""

    def notifyTermination(self, event: Any) -> None:
        self._action()

    def disposing(self, source: Any) -> None:
        """Nothing is held."""


class _Door:
    """The pipe that children come in by: made at the first click, open only while a child runs.

    Its name cannot be guessed, and its file admits nobody but the user whose office this is.
    """

    def __init__(self, context: Any) -> None:
        self._name = f"pyxl_{os.getpid()}_{secrets.token_hex(16)}"
        self.address = "pipe,name=" + self._name
        self.entered = 0
        self._children = 0
        self._bridges: list[Any] = []
        self._lock = threading.Lock()
        make = context.ServiceManager.createInstanceWithContext
        self._acceptor = make("com.sun.star.connection.Acceptor", context)
        self._factory = make("com.sun.star.bridge.BridgeFactory", context)
        self._provider = _Provider(context)
        make("com.sun.star.frame.Desktop", context).addTerminateListener(_Leaving(self._acceptor.stopAccepting))
        threading.Thread(target=_safely, args=(self._serve,), daemon=True).start()
        self._keep_to_the_user()

    def __enter__(self) -> None:
        with self._lock:
            self._children += 1

    def __exit__(self, *error: object) -> None:
        """The last child has gone: whatever it left open is closed."""
        with self._lock:
            self._children -= 1
            left = self._bridges if not self._children else []
            self._bridges = self._bridges if self._children else []
        for bridge in left:
            bridge.dispose()

    def _serve(self) -> None:
        """Let children in, one after the other, until the office closes; if that fails, the next click begins anew."""
        try:
            while (connection := self._acceptor.accept(self.address)) is not None:
                _safely(self._let_in, connection)
        finally:
            _doors.clear()

    def _let_in(self, connection: Any) -> None:
        with self._lock:
            if not self._children:
                connection.close()
                return
            self._bridges.append(self._factory.createBridge("", "urp", connection, self._provider))
            self.entered += 1

    def _keep_to_the_user(self) -> None:
        """Wait until the pipe is there, and take it from everybody else, whatever the umask was."""
        file = f"OSL_PIPE_{os.getuid()}_{self._name}"
        until = time.monotonic() + _PIPE_SECONDS
        while time.monotonic() < until:
            for folder in _PIPE_FOLDERS:
                try:
                    Path(folder, file).chmod(0o600)
                except FileNotFoundError:
                    continue
                return
            time.sleep(0.01)
        raise RuntimeError(file)


# ---------------------------------------------------------------------------------- a click

_doors: list[_Door] = []  # one, once a button has been clicked
_opening = threading.Lock()


def _door(context: Any) -> _Door:
    with _opening:
        if not _doors:
            _doors.append(_Door(context))
        return _doors[0]


def _carry_out(context: Any, config: dict[str, Any], click: _Click) -> None:
    """Run the command to its end, in a thread of its own; say so when it could not even start."""
    try:
        door = _door(context)
        with door:
            ended = _child(door, _command(config, click), _environment(door.address, click))
    except OSError:
        _say(context, click.window, config, "no_interpreter", _record(traceback.format_exc()))
    except Exception:  # noqa: BLE001 - in a thread nobody would ever see it
        _say(context, click.window, config, "not_started", _record(traceback.format_exc()))
    else:
        if ended.status < 0 or (ended.status and not ended.connected):
            _say(context, click.window, config, "not_started", _record(f"ended with {ended.status}\n{ended.said}"))


def _command(config: dict[str, Any], click: _Click) -> list[str]:
    book = click.book.replace("%", "%25")
    return [config["interpreter"], *config["arguments"], click.key, "--wb=" + book, "--from_xl=1"]


def _environment(address: str, click: _Click) -> dict[bytes, bytes]:
    """Ours, without what would make another Python load LibreOffice's modules, or the folder it runs in."""
    kept = {
        name: value
        for name, value in os.environb.items()
        if not name.startswith(b"PYTHON") and name.decode("ascii", "replace") not in _NOT_HANDED_ON
    }
    added = {
        "PYTHONSAFEPATH": "1",
        "PYXL_LIBREOFFICE": address,
        "PYXL_DOCUMENT": click.document,
        "PYXL_OFFICE_PID": str(os.getpid()),
    }
    return {**kept, **{name.encode(): value.encode() for name, value in added.items()}}


def _child(door: _Door, command: list[str], environment: dict[bytes, bytes]) -> _Ended:
    """Start it, without a shell, and wait; in UTF-8, whatever the locale of this process."""
    words = [word.encode("utf-8", "surrogateescape") for word in command]
    before = door.entered
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603 - the interpreter that was installed, and a key out of our table
            words,
            env=environment,
            cwd=os.path.dirname(words[0]),  # noqa: PTH120 - bytes
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        status = child.wait()
        said.seek(max(0, said.seek(0, os.SEEK_END) - _SAID))
        return _Ended(status, door.entered > before, said.read().decode("utf-8", "replace"))


# ---------------------------------------------------------------------------------- when it fails


class _Later(unohelper.Base, XCallback):  # type: ignore[misc]
    """Something to do when the user interface is free."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def notify(self, data: Any) -> None:
        _safely(self._action)


def _say(context: Any, window: Any, config: dict[str, Any], text: str, log: str) -> None:
    """A box with one of the sentences that config.json brings, from the thread that owns the windows."""
    make = context.ServiceManager.createInstanceWithContext
    sentence = config["texts"][text].replace("{log}", log)

    def show() -> None:
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX")
        toolkit = make("com.sun.star.awt.Toolkit", context)
        toolkit.createMessageBox(window, kind, 1, config["texts"]["title"], sentence).execute()

    make("com.sun.star.awt.AsyncCallback", context).addCallback(_Later(show), None)


def _safely(action: Callable[..., None], *arguments: Any) -> None:
    """Nothing may fail into LibreOffice: it would be lost there. It is written down instead."""
    try:
        action(*arguments)
    except Exception:  # noqa: BLE001
        _record(traceback.format_exc())


def _record(failure: str) -> str:
    """Write down what failed where the program keeps its records; the file's path."""
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111
    for folder in (Path(state, "pyxl"), Path(tempfile.gettempdir())):
        path = folder / f"pyxl-libreoffice-{moment}-{os.getpid()}.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(f"python    {platform.python_version()} {platform.system()}\n{failure}\n")
        except OSError:
            continue
        return str(path)
    return ""


# ---------------------------------------------------------------------------------- what LibreOffice calls


class Handler(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):  # type: ignore[misc]
    """The protocol handler of org.pyxl.ribbon: every command is enabled, and a click on it starts a child."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self._context = context
        self._frame: Any | None = None

    def initialize(self, arguments: Any) -> None:
        self._frame = arguments[0] if arguments else None

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        return self if url.Complete.startswith(_PROTOCOL) else None

    def queryDispatches(self, requests: Any) -> tuple[Any, ...]:
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def dispatch(self, url: Any, arguments: Any) -> None:
        """Note what was clicked and return at once."""
        _safely(self._start, url.Complete[len(_PROTOCOL) :])

    def addStatusListener(self, listener: Any, url: Any) -> None:
        event = uno.createUnoStruct("com.sun.star.frame.FeatureStateEvent")
        event.Source, event.FeatureURL, event.IsEnabled = self, url, True
        listener.statusChanged(event)

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """None is kept: nothing changes."""

    def getImplementationName(self) -> str:
        return _IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        return name == _SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (_SERVICE,)

    def _start(self, key: str) -> None:
        """A URL may stand in any document as a link: nothing of it is used but a key that the table knows."""
        config = json.loads(Path(__file__).with_name("config.json").read_bytes())
        if key not in config["commands"]:
            return
        _safely(_take_in, self._frame)
        click = _Click(key, *_document(self._frame))
        threading.Thread(target=_safely, args=(_carry_out, self._context, config, click), daemon=True).start()


def _take_in(frame: Any) -> None:
    """What is being typed as the button is clicked counts. What LibreOffice has to say of it, it says here, now."""
    controller = None if frame is None else frame.getController()
    if hasattr(controller, "ActiveSheet"):
        finish_entry(controller)


def _document(frame: Any) -> tuple[str, str, Any]:
    """Name and RuntimeUID of the workbook that a frame shows, and its window."""
    if frame is None:
        return "", "", None
    window, controller = frame.getContainerWindow(), frame.getController()
    model = None if controller is None else controller.getModel()
    if model is None or not model.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return "", "", window
    name = unquote(model.getURL().rpartition("/")[2], errors="replace")
    return name or model.getTitle(), model.RuntimeUID, window


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, _IMPLEMENTATION, (_SERVICE,))
