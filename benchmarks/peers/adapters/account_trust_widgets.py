"""This package on an export: open roles, and those that a chain from outside or a user reaches.

A user who may assume a role by one call is no fault by itself. An administrator can rewrite the
trust policy of every role, which is one fact and no alarm for each of them: chains through an
administrator are left out.
"""

import json
import sys
from pathlib import Path

import trust_widgets as tw

ACCOUNT, PARTNER, ORGANIZATION = "111122223333", "444455556666", "o-a1b2c3d4e5"


def is_administrator(role):
    """Whether an inline policy allows everything."""
    statements = [
        statement
        for policy in role["RolePolicyList"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    return any(each["Action"] == each["Resource"] == "*" for each in statements)


account = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
administrators = {role["Arn"] for role in account["RoleDetailList"] if is_administrator(role)}
home = tw.Home(accounts=(ACCOUNT,), vendors=(PARTNER,), organization=ORGANIZATION)
inventory = tw.scan(sys.argv[1], home=home, progress=False)
named = {row["role"] for row in inventory.roles if row["external"] == "yes"}
named |= {row["role"] for row in inventory.findings if row["verdict"] == "open"}
for path in inventory.paths(start=["outside", "users"]):
    is_chain = path.start == "outside" or len(path) > 1 or path.hops[0].kind != "assume"
    if path.certain and is_chain and not administrators & set(path.nodes[:-1]):
        named.add(path.target.rpartition("/")[2])
print(json.dumps({"named": sorted(named)}))
