"""Somebody who looks after one space reaches the Internet, and nothing of our own."""

from __future__ import annotations

import pytest

from lrs import networks

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.1",
    "100.128.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "223.255.255.1",
    "2606:4700::1111",
]
CLOSED = [
    "0.0.0.0",  # noqa: S104 - nobody listens there
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.9",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.5",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "64:ff9b:1::1",
]
IN_DISGUISE = [
    ("::ffff:127.0.0.1", "127.0.0.1"),
    ("::ffff:a00:1", "10.0.0.1"),
    ("::ffff:8.8.8.8", "8.8.8.8"),
    ("64:ff9b::a9fe:a9fe", "169.254.169.254"),
    ("2002:7f00:1::", "127.0.0.1"),
    ("2002:808:808::1", "8.8.8.8"),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_the_internet_may_be_reached(text: str) -> None:
    assert networks.is_public(networks.meant(text))


@pytest.mark.parametrize("text", CLOSED)
def test_nothing_else_may(text: str) -> None:
    assert not networks.is_public(networks.meant(text))


@pytest.mark.parametrize(("text", "really"), IN_DISGUISE)
def test_an_ipv4_address_in_disguise_is_itself(text: str, really: str) -> None:
    assert str(networks.meant(text)) == really


def test_networks_are_listed_with_commas() -> None:
    inside = networks.read("10.20.0.0/24, fd12:3456::/48")

    assert networks.is_inside(networks.meant("10.20.0.9"), inside)
    assert networks.is_inside(networks.meant("::ffff:10.20.0.9"), inside)
    assert networks.is_inside(networks.meant("fd12:3456::9"), inside)
    assert not networks.is_inside(networks.meant("10.21.0.9"), inside)
    with pytest.raises(ValueError, match="host bits"):
        networks.read("10.20.0.1/24")
