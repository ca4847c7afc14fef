"""iamprover's `verify` on an export: roles whose trust it calls unguarded, and roles that its
built-in invariants reach from a user.
"""

import json
import subprocess
import sys
from pathlib import Path

PARTNER = "444455556666"
PROGRAM = str(Path(sys.executable).with_name("iamprover"))


def verified(*options):
    """What it prints."""
    command = [PROGRAM, "verify", "--gaad", sys.argv[1], "--format", "json", *options]
    return json.loads(subprocess.run(command, capture_output=True, text=True).stdout)


def name(arn):
    """The role of an ARN."""
    return arn.rpartition(":role/")[2]


named = set()
for grant in verified("--check-trust", "--trusted-account", PARTNER):
    if not grant["guarded"]:
        named.add(name(grant["role"]))
for invariant in verified("--privesc", "--closure", "all", "--check-anonymous"):
    for example in invariant.get("counterexamples", ()):
        if ":role/" not in example["principal"]:
            named.update(name(step["resource"]) for step in example.get("steps", (example,)))
print(json.dumps({"named": sorted(named - {""})}))
