"""Ports for the real parts."""

import random
import socket

# Below the range that systems take outgoing connections' ports from: a server that is down for a moment finds its port
# free when it comes back.
RANGE = range(20_000, 32_000)


def free_port() -> int:
    """Find a port on 127.0.0.1 that nobody listens on."""
    for port in random.sample(RANGE, 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no port is free on 127.0.0.1")
