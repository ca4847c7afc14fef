"""Terraform's language: blocks, expressions, and what can be known of their values."""
