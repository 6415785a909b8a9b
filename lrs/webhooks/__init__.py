"""Webhooks: other systems are told of what has happened here (docs/webhooks.md)."""
