"""Which IP addresses the service may be sent to by somebody who looks after one space, pure (docs/webhooks.md, Where it may lead).

The tables are those of the IANA special-purpose address registries (RFC 6890); those of the interpreter differ between its releases.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CLOSED_4 = [
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # what a cloud tells its machines about themselves, at an address that looks public
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
]
_OPEN_6 = IPv6Network("2000::/3")
"""The only part of IPv6 from which addresses of the Internet are given out."""
_CLOSED_6 = [IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")]

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the Internet at large."""
    if isinstance(address, IPv4Address):
        return not any(address in each for each in _CLOSED_4)
    return address in _OPEN_6 and not any(address in each for each in _CLOSED_6)


def is_inside(address: Address, networks: Iterable[Network]) -> bool:
    """Tell whether an address belongs to one of some networks."""
    return any(address in each for each in networks)


def meant(text: str) -> Address:
    """Read an address; an IPv6 form of an IPv4 address means that one."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def read(text: str) -> tuple[Network, ...]:
    """Read networks as a configuration lists them; ValueError if one is none."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())
