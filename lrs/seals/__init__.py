"""The code printed on a certificate, which is checked without a network (docs/certificates-checking.md, The printed code). Pure."""
