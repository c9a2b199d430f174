"""Starting the endpoint on a port of this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import ServingError
from kg.rdf import TripleStore
from kg.version import install

BACKLOG = 512
STOPPING = 2  # seconds
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def serve(
    folder: str | Path,
    *,
    port: int = 8080,
    host: str = "127.0.0.1",
    seconds: float = 30.0,
    workers: int = 2,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve the store of a folder until interrupted.

    :param port: 0 takes any that is free.
    :param host: an address of this machine that no other can reach.
    :param seconds: how long a query may take.
    :param workers: how many queries are answered at a time, each in a process of its own.
    :param started: called with the address once it can be asked.
    :raises LedgerError: if the folder holds no store.
    :raises ServingError: if the packages are not installed, the port is taken, or the host is not on loopback.
    """
    try:
        import uvicorn

        from kg.serving.app import application
        from kg.serving.protocol import GuardedProtocol
    except ImportError:
        raise ServingError(f"serving needs Starlette and uvicorn: run {install('serve')}") from None
    if not _on_loopback(host):
        raise ServingError(f"others can reach {host}: serve on 127.0.0.1, behind a server that asks who they are")
    base_iri = TripleStore.open(folder).names.base
    with _bound(host, port) as listener:
        address, chosen = listener.getsockname()[:2]
        app = application(Path(folder), base_iri=base_iri, seconds=seconds, workers=workers, hosts=(*LOOPBACK, host))
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=GuardedProtocol,
                ws="none",
                lifespan="on",
                log_level="error",
                access_log=False,
                server_header=False,
                # What a proxy says of the caller is believed of nobody: anyone can say it.
                proxy_headers=False,
                backlog=BACKLOG,
                timeout_graceful_shutdown=STOPPING,
            )
        )
        if started:
            started(f"http://{f'[{address}]' if ':' in address else address}:{chosen}/")
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _on_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise ServingError(f"port {port} of {host} cannot be taken ({error}): name another with --port") from error
    return listener
