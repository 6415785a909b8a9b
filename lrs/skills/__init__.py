"""Badges of skills: a set that fills up across courses and sources, each skill by a rule (docs/skills.md)."""
