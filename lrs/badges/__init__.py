"""Credentials that programs check: Open Badges 3.0 with Data Integrity proofs (docs/certificates-checking.md). Pure."""
