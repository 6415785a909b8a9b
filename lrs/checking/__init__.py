"""The page that checks printed codes without a network (docs/certificates-checking.md, The page that checks)."""
