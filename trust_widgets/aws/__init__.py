"""Facts about AWS: small data files with a typed way in. Their sources: `NOTICE.md` next to
this."""
