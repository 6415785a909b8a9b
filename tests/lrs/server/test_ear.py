"""The ear tells of each line once, to one thread, until the line is put back."""

from __future__ import annotations

import queue
import socket
import threading

from lrs.server.ear import ear


def test_a_line_is_told_of_once_until_it_is_put_back() -> None:
    heard: queue.SimpleQueue[int] = queue.SimpleQueue()
    listens = ear()
    one, other = socket.socketpair()
    end, ended = socket.socketpair()

    def listen() -> None:
        while (number := listens.hear(-1) or 0) != ended.fileno():
            heard.put(number)
        listens.put_back(number)  # for the others

    threads = [threading.Thread(target=listen) for _ in range(4)]
    with one, other, end, ended:
        listens.add(other.fileno())
        listens.add(ended.fileno())
        for thread in threads:
            thread.start()
        one.send(b"x")
        assert heard.get(timeout=5) == other.fileno()
        one.send(b"y")
        other.recv(10)
        other.setblocking(False)
        assert heard.empty()
        listens.put_back(other.fileno())
        one.send(b"z")
        assert heard.get(timeout=5) == other.fileno()
        other.recv(10)
        listens.put_back(other.fileno())
        one.close()
        assert heard.get(timeout=5) == other.fileno()  # the end is something too
        listens.forget(other.fileno())
        listens.forget(other.fileno())  # nobody minds
        end.send(b".")
        for thread in threads:
            thread.join(5)
        assert not any(thread.is_alive() for thread in threads)
        assert heard.empty()
