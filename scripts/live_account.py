"""A live account of moto's server, read through boto3: `live_account.py ROLES`.

It prints what was read, how long it took, and which calls were made; the status is 1 where a role
is missing or a call is none of `Get*` and `List*`.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from typing import Any

import trust_widgets as tw
from trust_widgets.inventory import made_roles

ACCOUNT = "123456789012"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def fill(roles: int) -> None:
    """Make the roles of an account."""
    from moto.iam.models import iam_backends

    account = iam_backends[ACCOUNT]["aws"]
    for role in made_roles(roles, 1, 70):
        trust = tw.parse(role["AssumeRolePolicyDocument"])
        account.create_role(role["RoleName"], str(trust), "/", None, "", role["Tags"], "3600")


def main() -> int:
    """Serve, read and compare."""
    import boto3
    from moto.server import ThreadedMotoServer

    number = int(sys.argv[1])
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    try:
        fill(number)
        host, port = server.get_host_and_port()
        os.environ.update(ENVIRONMENT, AWS_ENDPOINT_URL_IAM=f"http://{host}:{port}")
        client = boto3.Session().client("iam")
        calls: Counter[str] = Counter()
        client.meta.events.register("before-call", lambda model, **_: calls.update([model.name]))
        start = time.perf_counter()
        inventory: Any = tw.scan(client, progress=False)
        seconds = time.perf_counter() - start
    finally:
        server.stop()
    print(f"{inventory.summary}, in {seconds:.1f} s by {dict(calls)}")
    is_whole = {row["role"] for row in inventory.roles} == {f"role-{n}" for n in range(number)}
    reads_only = all(name.startswith(("Get", "List")) for name in calls)
    return 0 if is_whole and reads_only and not inventory.unread else 1


if __name__ == "__main__":
    sys.exit(main())
