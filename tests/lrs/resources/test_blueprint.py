"""All resources stand under one address."""

from wsgi import create_app


def test_every_resource_stands_under_xapi() -> None:
    rules = [rule.rule for rule in create_app({}).url_map.iter_rules() if rule.endpoint.startswith("xapi.")]

    assert len(rules) >= 18
    assert all(rule.startswith("/xapi/") for rule in rules)
