"""Metadata of manifests (learning object metadata as SCORM 1.2 and 2004 write it), as far as the model keeps it."""

from packages import tree
from packages.model import Metadata, Text
from packages.tree import Element


def read(element: Element) -> Metadata:
    """Read the metadata of a manifest, an organisation, an item or a resource."""
    metadata = tree.child(element, "metadata")
    if metadata is None:
        return Metadata()
    general = next(tree.within(metadata, "general"), None)
    return Metadata(
        schema=tree.words(tree.child(metadata, "schema")),
        schema_version=tree.words(tree.child(metadata, "schemaversion")),
        title=text(tree.child(general, "title")),
        description=text(tree.child(general, "description")),
        languages=tuple(word for one in tree.children(general, "language") if (word := tree.words(one))),
        keywords=tuple(word for one in tree.children(general, "keyword") if (word := str(text(one)))),
        location=tree.words(tree.child(metadata, "location")),
    )


def text(element: Element | None) -> Text:
    """Read words in several languages: `langstring` in 1.2 and cmi5, `string` in 2004, or plain text."""
    if element is None:
        return Text()
    strings = tree.children(element, "langstring", "string")
    if not strings:
        return Text.of(tree.words(element))
    said = ((_language(one), tree.words(one)) for one in strings)
    return Text(tuple((language, words) for language, words in said if words))


def _language(element: Element) -> str:
    return tree.attribute(element, "lang") or tree.attribute(element, "language") or "und"
