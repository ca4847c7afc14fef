"""A live account: all pages, throttling, a missing permission, and nothing is changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote
from xml.sax.saxutils import escape

import boto3
import pytest

import trust_widgets as tw

NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
STATEMENT = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})


def member(name: str) -> str:
    """A role as IAM's API writes it."""
    fields = {
        "Path": "/",
        "RoleName": name,
        "RoleId": "AROAEXAMPLE",
        "Arn": f"arn:aws:iam::222233334444:role/{name}",
        "CreateDate": "2026-01-31T00:00:00Z",
        "AssumeRolePolicyDocument": quote(POLICY),
    }
    inner = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in fields.items())
    return f"<member>{inner}</member>"


class Account:
    """What the server answers, and what it was asked.

    Args:
        denied: actions that are not allowed. throttled: how many calls are refused for now.
    """

    def __init__(self, denied: tuple[str, ...] = (), throttled: int = 0) -> None:
        self.denied = denied
        self.throttled = throttled
        self.asked: list[str] = []

    def answer(self, query: dict[str, list[str]]) -> tuple[int, str]:
        """The status and the document of one call."""
        action = query["Action"][0]
        self.asked.append(action)
        if self.throttled and len(self.asked) > 1:
            self.throttled -= 1
            return 400, fault("Throttling", "Rate exceeded")
        if action in self.denied:
            return 403, fault("AccessDenied", f"not authorized to perform: iam:{action}")
        page = int(query.get("Marker", ["0"])[0])
        roles = "".join(member(f"role-{page}-{n}") for n in range(2))
        more = f"<IsTruncated>true</IsTruncated><Marker>{page + 1}</Marker>"
        end = more if page < 2 else "<IsTruncated>false</IsTruncated>"
        lists = "RoleDetailList" if action.startswith("Get") else "Roles"
        result = f"<{lists}>{roles}</{lists}>{end}"
        body = f"<{action}Result>{result}</{action}Result>"
        return 200, f'<{action}Response xmlns="{NAMESPACE}">{body}</{action}Response>'


def fault(code: str, message: str) -> str:
    """An error as AWS writes it."""
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    return f'<ErrorResponse xmlns="{NAMESPACE}">{error}</ErrorResponse>'


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[tuple[Account, Any]]:
    """An account on the loopback address, and a session of boto3 that talks to it."""
    account = Account(**getattr(request, "param", {}))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, text = account.answer(parse_qs(self.rfile.read(length).decode()))
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield account, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def session(served: tuple[Account, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A session whose calls of IAM go to the server."""
    return session_at(served[1], monkeypatch)


def session_at(address: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A session of boto3 whose calls of IAM go to an address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", address)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    keys = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "example"}
    return boto3.Session(region_name="us-east-1", **keys)


NAMES = [f"role-{page}-{n}" for page in range(3) for n in range(2)]


@pytest.mark.parametrize("served", [{"throttled": 2}], indirect=True)
def test_all_pages_are_read_through_throttling(served: tuple[Account, str], session: Any) -> None:
    """botocore repeats what was throttled."""
    inventory = tw.scan(session, progress=False)
    assert [row["role"] for row in inventory.roles] == NAMES
    assert {row["external"] for row in inventory.roles} == {"yes"}
    assert served[0].asked == ["GetAccountAuthorizationDetails"] * 5  # 3 pages, 2 refusals
    assert not inventory.unread


@pytest.mark.parametrize("served", [{"denied": ("GetAccountAuthorizationDetails",)}], indirect=True)
def test_a_missing_permission_is_named_in_one_line(
    served: tuple[Account, str], session: Any
) -> None:
    """With the policy to attach; the roles are listed all the same."""
    inventory = tw.scan(session, progress=False)
    assert [row["role"] for row in inventory.roles] == NAMES
    [unread] = map(str, inventory.unread)
    assert "iam:GetAccountAuthorizationDetails is not allowed" in unread and "\n" not in unread
    assert '"Action": "iam:GetAccountAuthorizationDetails", "Resource": "*"' in unread
    assert all(action.startswith(("Get", "List")) for action in served[0].asked)


@pytest.mark.parametrize(
    "served", [{"denied": ("GetAccountAuthorizationDetails", "ListRoles")}], indirect=True
)
def test_nothing_is_allowed(served: tuple[Account, str], session: Any) -> None:
    """Both permissions are named, and the summary says that something was not read."""
    inventory = tw.scan(session, progress=False)
    assert len(inventory) == 0 and len(inventory.unread) == 2
    assert "2 not read" in inventory.summary
