"""The issuers of tokens, one file each."""
