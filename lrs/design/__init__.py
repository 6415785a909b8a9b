"""One visual design for everything (docs/design.md): the stylesheet, lists in an order, charts, the page of components."""
