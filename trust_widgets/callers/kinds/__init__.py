"""The kinds of callers, one file each."""
