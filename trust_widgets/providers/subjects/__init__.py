"""Subjects of tokens: their grammar, what a pattern admits, which none can be."""
