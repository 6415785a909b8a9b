"""OpenStack Swift's configuration for one machine: a proxy that speaks S3, and the three servers behind it."""

from __future__ import annotations

import array
import getpass
import gzip
import json
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.parts.ports import free_ports

if TYPE_CHECKING:
    from pathlib import Path

STORES = ("account", "container", "object")
DEVICE = "disk"
PART_POWER = 4

PROXY = """
[DEFAULT]
{common}

[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck bulk s3api tempauth slo proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
# Its own half a second is too short where other tests have the processor: it would say 503.
conn_timeout = 20
node_timeout = 30
allow_account_management = true

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:gatekeeper]
use = egg:swift#gatekeeper

[filter:healthcheck]
use = egg:swift#healthcheck

[filter:bulk]
use = egg:swift#bulk

[filter:s3api]
use = egg:swift#s3api
location = {region}
s3_acl = false
check_bucket_owner = false
# A page of a list holds a thousand objects as a rule; so small a page is turned without making a thousand first.
max_bucket_listing = 100

[filter:tempauth]
use = egg:swift#tempauth
user_{user} = {secret} .admin

[filter:slo]
use = egg:swift#slo
"""

STORE = """
[DEFAULT]
{common}
devices = {devices}
mount_check = false
disable_fallocate = true

[pipeline:main]
pipeline = {store}-server

[app:{store}-server]
use = egg:swift#{store}
"""

# The last two keep Swift out of the machine's own log; what it says goes to standard error as well.
COMMON = """
swift_dir = {folder}
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
log_level = WARNING
log_udp_host = 127.0.0.1
log_udp_port = 9
"""

SWIFT = """
[swift-hash]
swift_hash_path_prefix = tests
swift_hash_path_suffix = tests
"""


@dataclass(frozen=True)
class Key:
    """An access key; in Swift's tempauth its id is an account and a user."""

    account: str
    user: str
    secret: str

    @property
    def id(self) -> str:
        """Give the id as an S3 client sends it."""
        return f"{self.account}:{self.user}"


def configure(folder: Path, key: Key, region: str) -> dict[str, int]:
    """Write all configuration into a folder and say which server listens on which port."""
    names = ("proxy", *STORES)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    (folder / "swift.conf").write_text(SWIFT, encoding="utf-8")
    (folder / "devices" / DEVICE).mkdir(parents=True)
    for name, port in ports.items():
        common = COMMON.format(folder=folder, port=port, user=getpass.getuser())
        if name == "proxy":
            text = PROXY.format(common=common, region=region, user=f"{key.account}_{key.user}", secret=key.secret)
        else:
            text = STORE.format(common=common, devices=folder / "devices", store=name)
            _write_ring(folder / f"{name}.ring.gz", port)
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    return ports


def _write_ring(path: Path, port: int) -> None:
    """Write a ring (version 1) of one device: every partition is its."""
    device = {
        "id": 0,
        "region": 1,
        "zone": 1,
        "ip": "127.0.0.1",
        "port": port,
        "replication_ip": "127.0.0.1",
        "replication_port": port,
        "device": DEVICE,
        "weight": 1.0,
        "meta": "",
    }
    head = {"devs": [device], "part_shift": 32 - PART_POWER, "replica_count": 1, "byteorder": sys.byteorder}
    text = json.dumps(head).encode("ascii")
    with gzip.open(path, "wb") as ring:
        ring.write(struct.pack("!4sHI", b"R1NG", 1, len(text)) + text)
        ring.write(array.array("H", [0] * 2**PART_POWER).tobytes())
