"""Limits on a process that runs what strangers ask: its memory, and no connection to anywhere.

The text of a query is refused before where it would call another server; this holds also for what a reader of text
overlooks. Both are the operating system's doing: where it can't, the process runs without.
"""

from __future__ import annotations

import ctypes
import platform
import signal
import struct
import sys
from contextlib import suppress

_AUDIT_NUMBERS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""A machine's number for the kernel, and that of the system call `socket` on it."""
_PARENT_DEATH_SIGNAL, _NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER_MODE = 1, 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ERRNO with EPERM


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit_memory(size: int) -> None:
    """Let this process take at most so many bytes of address space."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def end_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however that ends (Linux)."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def forbid_connections() -> bool:
    """Have the kernel refuse this process every new socket (Linux's seccomp); whether it does."""
    if not sys.platform.startswith("linux") or platform.machine() not in _AUDIT_NUMBERS:
        return False
    machine, socket = _AUDIT_NUMBERS[platform.machine()]
    instructions = b"".join(
        struct.pack("<HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, 4),  # the machine
            (_JUMP_IF_EQUAL, 1, 0, machine),
            (_RETURN, 0, 0, _ALLOW),
            (_LOAD, 0, 0, 0),  # the system call
            (_JUMP_IF_EQUAL, 0, 1, socket),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
    program = _Program(len(instructions) // 8, instructions)
    with suppress(OSError, AttributeError):
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            return bool(prctl(_SET_FILTER, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)
    return False
