"""Condition keys: which there are, their types, and who never has them."""
