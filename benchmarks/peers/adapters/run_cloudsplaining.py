"""cloudsplaining's reading of a role's trust policy, as its report of an account lists it for each
role.
"""

from cloudsplaining.scan.assume_role_policy_document import AssumeRolePolicyDocument
from serving import document, serve

ACCOUNT = "111122223333"
LISTS = (
    "role_assumable_by_any_principal",
    "role_assumable_by_any_principal_with_conditions",
    "role_assumable_by_cross_account_principals",
    "role_assumable_by_compute_services",
)


def check(text):
    """Each of its lists that isn't empty."""
    policy = document(text)
    if not isinstance(policy, dict):
        return []
    trust = AssumeRolePolicyDocument(policy, ACCOUNT)
    return [
        (name, "listed", ", ".join(map(str, getattr(trust, name))))
        for name in LISTS
        if getattr(trust, name)
    ]


serve(check)
