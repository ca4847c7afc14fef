"""This package on an export: open roles, and those that a chain from outside or a user reaches."""

import json
import sys

import trust_widgets as tw

ACCOUNT, PARTNER, ORGANIZATION = "111122223333", "444455556666", "o-a1b2c3d4e5"

home = tw.Home(accounts=(ACCOUNT,), vendors=(PARTNER,), organization=ORGANIZATION)
inventory = tw.scan(sys.argv[1], home=home, progress=False)
named = {row["role"] for row in inventory.roles if row["external"] == "yes"}
named |= {
    row["role"]
    for row in inventory.findings
    if row["verdict"] == "open" and row["severity"] not in ("info", "low")
}
for path in inventory.paths(start=["outside", "users"]):
    if path.certain:
        named.add(path.target.rpartition("/")[2])
print(json.dumps({"named": sorted(named)}))
