"""SCORM's data model on the server: the same tables, values and visits as in the browser (docs/runtime.md)."""
