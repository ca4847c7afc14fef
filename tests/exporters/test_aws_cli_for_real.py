"""The AWS CLI's lines, run by a real shell with the real CLI against a moto server, make the
role.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest

import trust_widgets as tw

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a moto server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/moto-api/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the moto server did not start")


def shell(script: str, server: str) -> str:
    """What a POSIX shell prints for a script, with nobody's AWS account in its environment."""
    environment = {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_PAGER": "",
        "HOME": "/nonexistent",
    }
    ran = subprocess.run(
        ["sh", "-eu", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@cache
def iam_of(server: str) -> Any:
    """A client of the server, to read what the lines made."""
    return boto3.client(
        "iam",
        endpoint_url=server,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no POSIX shell")
@pytest.mark.parametrize("name", tw.PATTERNS)
def test_the_lines_make_the_role(server: str, name: str) -> None:
    """Name, path, session length and trust policy are what the role said."""
    pattern = tw.PATTERNS[name]
    role = pattern.build(
        account="111122223333", name=f"made-by-{name}".replace("_", "-"), **pattern.example
    )
    shell(tw.export(role, "aws_cli"), server)
    made = iam_of(server).get_role(RoleName=role.name)["Role"]

    assert made["AssumeRolePolicyDocument"] == role.trust.to_dict()
    assert (made["RoleName"], made["Path"]) == (role.name, "/")
