"""From a line to the application: what happens in one of gunicorn's processes. docs/serving.md explains it."""
