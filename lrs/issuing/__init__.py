"""Who vouches for a certificate: the keys of a space, where they are published, and what is signed with them."""
