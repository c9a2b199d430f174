"""What keeps a query inside its process: no connection to anywhere, and so much memory and no more.

A query is text from strangers and its evaluator knows how to call other hosts, so the process that runs it gives up
the means. The system's kernel then refuses, whatever the query found to say.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

MEMORY = 1 << 30  # bytes that a process may write to

# Of each machine: the name by which the kernel's filter knows it, and the numbers of socket, connect, io_uring_setup.
CALLS = {"x86_64": (0xC000003E, 41, 42, 425), "aarch64": (0xC00000B7, 198, 203, 425)}
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13: permission denied
NEW_CALLS = 0x40000000  # where x86_64 has a second set of numbers for the same calls
NUMBER_AT, MACHINE_AT = 0, 4
NO_NEW_PRIVILEGES, SET_FILTER, FILTER = 38, 22, 2


def confine(*, memory: int = MEMORY) -> bool:
    """Take from this process, for good, sockets to be opened and memory beyond a limit; whether both were taken.

    Linux on x86_64 and aarch64 takes both. Elsewhere the words of a query are all that is looked at.

    :param memory: bytes.
    """
    limited = _limit_memory(memory)
    return _close_network() and limited


def _limit_memory(memory: int) -> bool:
    if sys.platform == "win32":
        return False
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        memory = min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))
    return sys.platform == "linux"


def _close_network() -> bool:
    if sys.platform != "linux" or platform.machine() not in CALLS:
        return False
    program = _program(*CALLS[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return libc.prctl(SET_FILTER, FILTER, ctypes.byref(header), 0, 0) == 0


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def _program(machine: int, *calls: int) -> bytes:
    """The kernel's filter: calls of another machine's numbers kill the process, the calls named are refused."""
    steps = [
        struct.pack("HBBI", LOAD, 0, 0, MACHINE_AT),
        struct.pack("HBBI", EQUAL, 1, 0, machine),
        struct.pack("HBBI", RETURN, 0, 0, KILL),
        struct.pack("HBBI", LOAD, 0, 0, NUMBER_AT),
    ]
    refused = [number for call in calls for number in (call, call | NEW_CALLS)]
    # Each comparison jumps over those that follow it, and over "allow", to "refuse".
    steps += [struct.pack("HBBI", EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)]
    steps += [struct.pack("HBBI", RETURN, 0, 0, ALLOW), struct.pack("HBBI", RETURN, 0, 0, REFUSE)]
    return b"".join(steps)
