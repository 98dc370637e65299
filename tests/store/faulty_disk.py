"""A disk that fails when told to, for a real process with its real files: each call to the system is let through or
refused with an error of the system's own, such as "no space left".

Linux lets one process decide over the calls of another (seccomp user notification, `man seccomp_unotify`): the process
under test calls `submit` as the first thing it does, and a `FaultyDisk` in the test answers for the kernel. It needs no
rights, no mounted disk and no preloaded library, and unlike a full disk it can fail one write alone, or a sync.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

CALLS = {"pread64": 17, "pwrite64": 18, "fsync": 74, "fdatasync": 75, "ftruncate": 77, "unlink": 87, "openat": 257}
"""What SQLite does to its files, with the numbers that Linux gives these calls on x86-64."""
WRITING = frozenset({"pwrite64", "fsync", "fdatasync", "ftruncate"})
_NAMES = {number: name for name, number in CALLS.items()}
_BY_PATH = frozenset({"unlink", "openat"})
_AT = {"unlink": 0, "openat": 1}  # which argument is the path

CAN_FAIL = platform.system() == "Linux" and platform.machine() == "x86_64"
WHY_NOT = "only Linux on x86-64 lets a test refuse a process's calls"

_ARCHITECTURE = 0xC000003E  # AUDIT_ARCH_X86_64
_ALLOW, _ASK = 0x7FFF0000, 0x7FC00000  # SECCOMP_RET_ALLOW, SECCOMP_RET_USER_NOTIF
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # classic BPF: load a word, jump if equal, return
_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER, _NEW_LISTENER = 317, 38, 1, 8
_RECEIVE, _ANSWER = 0xC0502100, 0xC0182101  # SECCOMP_IOCTL_NOTIF_RECV, SECCOMP_IOCTL_NOTIF_SEND
_GO_ON = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE
_NOTICE = "=QIIiIQ6Q"  # id, pid, flags, call, architecture, instruction, arguments
_REPLY = "=QqiI"  # id, value, error, flags


@dataclass
class Refusal:
    """From the `skip`-th fitting call on, `times` of them (None: all) get this error of the system."""

    error: int
    calls: frozenset[str] = WRITING
    ending: str = ""  # of the file's name
    skip: int = 0
    times: int | None = None

    def strikes(self, call: str, path: str) -> bool:
        if call not in self.calls or not path.endswith(self.ending):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
            return self.times >= 0
        return True


@dataclass
class FaultyDisk:
    """Everything that one process does to files below `folder`, in order, and what of it is refused."""

    folder: Path
    seen: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    struck: int = 0

    def __post_init__(self) -> None:
        self._own = tempfile.TemporaryDirectory(prefix="disk-")
        self.address = f"{self._own.name}/calls"
        """Where the process under test must `submit` itself."""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.address)
        self._listening.listen()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> FaultyDisk:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(5)
        self._listening.close()
        self._own.cleanup()

    def refuse(
        self, error: int, calls: frozenset[str] = WRITING, *, ending: str = "", skip: int = 0, times: int | None = None
    ) -> None:
        """From now on refuse such calls with this error (`errno.ENOSPC`)."""
        self.refusals = [*self.refusals, Refusal(error, calls, ending, skip, times)]

    def full(self) -> None:
        """No file can be made or can grow."""
        self.refuse(errno.ENOSPC, frozenset({"pwrite64", "ftruncate"}))

    def read_only(self) -> None:
        """As after a disk error, when the system stops all writing."""
        self.refuse(errno.EROFS, WRITING | {"unlink"})

    def broken(self) -> None:
        """No write reaches the disk."""
        self.refuse(errno.EIO)

    def heal(self) -> None:
        """Everything works again."""
        self.refusals = []

    # ---- answering for the kernel

    def _serve(self) -> None:
        while not self._ended.is_set():
            if not select.select([self._listening], [], [], 0.1)[0]:
                continue
            process, _ = self._listening.accept()
            with process:
                _, handed_over, _, _ = socket.recv_fds(process, 1, 1)
                process.sendall(b".")
            try:
                self._answer_all(handed_over[0])
            finally:
                os.close(handed_over[0])

    def _answer_all(self, listener: int) -> None:
        """Until the process has ended, or the test: then whatever it still calls fails."""
        waiting = select.poll()
        waiting.register(listener, select.POLLIN)
        while not self._ended.is_set():
            for _, event in waiting.poll(100):
                if not event & select.POLLIN:
                    return
                self._answer_one(listener)

    def _answer_one(self, listener: int) -> None:
        notice = bytearray(struct.calcsize(_NOTICE))
        with contextlib.suppress(OSError):  # the thread that called was killed meanwhile
            fcntl.ioctl(listener, _RECEIVE, notice)
            number, thread, _, call, _, _, *arguments = struct.unpack(_NOTICE, notice)
            error = self._error(thread, _NAMES[call], arguments)
            fcntl.ioctl(listener, _ANSWER, struct.pack(_REPLY, number, 0, -error, 0 if error else _GO_ON))

    def _error(self, thread: int, call: str, arguments: list[int]) -> int:
        path = _path(thread, arguments[_AT[call]]) if call in _BY_PATH else _name(thread, arguments[0])
        if not path.startswith(f"{self.folder}/"):
            return 0
        self.seen.append((call, path))
        for refusal in self.refusals:
            if refusal.strikes(call, path):
                self.struck += 1
                return refusal.error
        return 0


def _name(thread: int, number: int) -> str:
    try:
        return str(Path(f"/proc/{thread}/fd/{number}").readlink())
    except OSError:
        return ""


def _path(thread: int, address: int) -> str:
    """The path that stands there in the process's memory; one over the end of a page may be short."""
    try:
        with Path(f"/proc/{thread}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(min(1024, 4096 - address % 4096)).split(b"\0")[0].decode(errors="replace")
    except OSError:
        return ""


# ---- in the process under test


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _instructions() -> Iterator[bytes]:
    def instruction(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("=HBBI", code, yes, no, value)

    numbers = list(CALLS.values())
    yield instruction(_LOAD, 0, 0, 4)
    yield instruction(_EQUAL, 0, len(numbers) + 1, _ARCHITECTURE)
    yield instruction(_LOAD, 0, 0, 0)
    for place, number in enumerate(numbers):
        yield instruction(_EQUAL, len(numbers) - place, 0, number)
    yield instruction(_RETURN, 0, 0, _ALLOW)
    yield instruction(_RETURN, 0, 0, _ASK)


def submit(address: str) -> None:
    """Let the `FaultyDisk` at this address decide over the calls of this process, from now to its end."""
    library = ctypes.CDLL(None, use_errno=True)
    program = b"".join(_instructions())
    memory = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(memory, ctypes.c_void_p))
    with socket.socket(socket.AF_UNIX) as test:
        test.connect(address)
        if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs")
        listener = library.syscall(_SECCOMP, _FILTER, _NEW_LISTENER, ctypes.byref(described))
        if listener < 0:
            raise OSError(ctypes.get_errno(), "seccomp")
        socket.send_fds(test, [b"."], [listener])
        test.recv(1)
    os.close(listener)
