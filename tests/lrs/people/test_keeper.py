"""What one process remembers of keys."""

from lrs.people.keeper import keeper, keeper_of
from wsgi import create_app


def test_each_application_has_a_memory_of_its_own() -> None:
    one, other = create_app({}), create_app({})

    assert keeper_of(one) is not keeper_of(other)
    with one.app_context():
        assert keeper() is keeper_of(one)
