"""The kinds of trust, one file each."""
