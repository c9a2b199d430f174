"""A confined process opens no connection and takes no more memory than it may, whatever it runs."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from kg.serving.confinement import CALLS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in CALLS, reason="the kernel of Linux is asked"
)

ATTEMPTS = {
    "a socket": "import socket; socket.socket()",
    "a name": "import socket; socket.create_connection(('localhost', 80))",
    "a query": (
        "import pyoxigraph\n"
        "pyoxigraph.Store().query('ASK { SERVICE <http://127.0.0.1:8/sparql> { ?s ?p ?o } }')"
    ),
    "a child": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)"
    ),
    "memory": "bytearray(600_000_000)",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_is_refused(name: str) -> None:
    start = "from kg.serving.confinement import confine\nassert confine(memory=500_000_000)\n"
    script = f"{start}{ATTEMPTS[name]}\nprint('done')"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.returncode != 0 and "done" not in found.stdout
    assert "Error" in found.stderr and "AssertionError" not in found.stderr


def test_files_pipes_and_memory_within_the_limit_are_not() -> None:
    script = (
        "import os, tempfile\n"
        "from kg.serving.confinement import confine\n"
        "assert confine(memory=500_000_000)\n"
        "read, write = os.pipe(); os.write(write, b'x'); assert os.read(read, 1) == b'x'\n"
        "tempfile.TemporaryFile().write(b'x'); bytearray(100_000_000)\n"
        "print('done')"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.stdout == "done\n", found.stderr
