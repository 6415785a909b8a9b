"""What gunicorn is told wherever our worker runs in it."""

from typing import Any

SETTINGS: dict[str, Any] = {
    "worker_class": "lrs.server.worker.Worker",
    "logger_class": "lrs.server.worker.Log",
    "errorlog": "-",
    "loglevel": "warning",
    "control_socket_disable": True,
    # Who stands before us, and what it may say, is ours to judge (HAIDANG_TRUSTED_PROXIES).
    "forwarded_allow_ips": "",
    "secure_scheme_headers": {},
    "forwarder_headers": "",
}
