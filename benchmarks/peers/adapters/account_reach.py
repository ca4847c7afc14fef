"""reach's `can` for each role of an export, asked for a user of another account and organization
that may do anything; and its `audit` of the users.
"""

import json
import subprocess
import sys
from pathlib import Path

ACCOUNT = "111122223333"
OUTSIDER = "arn:aws:iam::999988887777:user/x"
ELSEWHERE = ("aws:PrincipalOrgID=o-z9y8x7w6v5", "aws:PrincipalAccount=999988887777")
PROGRAM = str(Path(sys.executable).with_name("reach"))
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def answer(*options):
    """What it prints."""
    done = subprocess.run([PROGRAM, *options, "--json"], capture_output=True, text=True)
    return json.loads(done.stdout)


def is_open(role):
    """Whether the outsider can assume a role."""
    Path("trust.json").write_text(json.dumps(role["AssumeRolePolicyDocument"]), encoding="utf-8")
    asked = ["can", "sts:AssumeRole", role["Arn"], "--policy", "all.json", "--principal", OUTSIDER]
    asked += ["--resource-policy", "trust.json", "--resource-account", ACCOUNT]
    for pin in ELSEWHERE:
        asked += ["--context", pin]
    return answer(*asked)["verdict"] == "allowed"


account = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
Path("all.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [ALL]}))
named = {role["RoleName"] for role in account["RoleDetailList"] if is_open(role)}
users = [option for user in account["UserDetailList"] for option in ("--principal", user["Arn"])]
for row in answer("audit", "--authz", sys.argv[1], *users)["rows"]:
    for each in row["answers"]:
        if each["verdict"] == "allowed" and each["witness"]:
            named.add(each["witness"]["resource"].rpartition(":role/")[2])
print(json.dumps({"named": sorted(named - {""})}))
