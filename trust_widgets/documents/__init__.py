"""A role's trust policy as a page to read, and as a notebook that tests it."""

from __future__ import annotations

from trust_widgets.documents.assertions import Assertion
from trust_widgets.documents.role_document import RoleDocument, document

__all__ = ["Assertion", "RoleDocument", "document"]
