"""Ports for the real parts."""

import random
import socket

# Below the range that systems take outgoing connections' ports from: a server that is down for a moment finds its port
# free when it comes back.
RANGE = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    """Find so many different ports on 127.0.0.1 that nobody listens on."""
    found: list[int] = []
    for port in random.sample(RANGE, len(RANGE)):
        if len(found) == count:
            return found
        if _is_free(port):
            found.append(port)
    raise OSError("no port is free on 127.0.0.1")


def free_port() -> int:
    """Find one such port."""
    return free_ports(1)[0]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
