"""Kinds of principals that a trust policy can name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

PRINCIPAL_KINDS = ("AWS", "Service", "Federated", "CanonicalUser")
