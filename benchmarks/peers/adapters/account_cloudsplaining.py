"""cloudsplaining's scan of an account: roles in one of its lists of who can assume a role."""

import json
import sys

from cloudsplaining.scan.authorization_details import AuthorizationDetails

LISTS = (
    "role_assumable_by_any_principal",
    "role_assumable_by_any_principal_with_conditions",
    "role_assumable_by_cross_account_principals",
)

with open(sys.argv[1], encoding="utf-8") as file:
    details = AuthorizationDetails(json.load(file), flag_trust_policies=True)
named = set()
for role in details.role_detail_list.roles:
    trust = role.assume_role_policy_document
    if any(getattr(trust, name) for name in LISTS):
        named.add(role.role_name)
print(json.dumps({"named": sorted(named)}))
