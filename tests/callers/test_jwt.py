"""A JWT is found in what holds it, and nothing else is taken for one."""

from __future__ import annotations

import base64
import json
import time

import pytest

from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.callers.jwt import is_jwt, jwt_in, without_jwts

CLAIMS = {"iss": "https://idp.octo.example", "sub": "app", "aud": "a"}
JWT = ".".join(
    base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
    for part in ({"alg": "RS256"}, CLAIMS, {"not": "a signature"})
)


@pytest.mark.parametrize(
    "text", [JWT, f"Bearer {JWT}", f'"{JWT}"', f"{JWT[:40]}\n{JWT[40:]}", JWT.rpartition(".")[0]]
)
def test_a_text_that_is_one(text: str) -> None:
    assert is_jwt(text)


@pytest.mark.parametrize(
    "text",
    [
        f"ID_TOKEN={JWT}",
        f"$ kubectl create token app\n{JWT}\n",
        json.dumps({"count": 1200, "value": JWT}),
        f"curl -H 'Authorization: Bearer {JWT}' https://octo.example",
        f"Not authorized to perform sts:AssumeRoleWithWebIdentity\ntoken: {JWT}",
        f"claims: {json.dumps(CLAIMS)} end",
        json.dumps({"header": {"alg": "RS256"}, "payload": CLAIMS}),
    ],
)
@pytest.mark.parametrize("box", ["token", "error_message"])
def test_one_among_other_words(text: str, box: str) -> None:
    assert CALLERS[box].make(ROLE, text=text) == CALLERS["token"].make(ROLE, text=JWT)
    assert "signature" not in json.dumps(CALLERS[box].to_keep({"text": text}))


@pytest.mark.parametrize("text", ["", "eyJ", "a.b.c", "see docs.aws.amazon.com", f"x{JWT}"])
def test_no_token(text: str) -> None:
    assert not is_jwt(text) and not jwt_in(text)


@pytest.mark.parametrize("piece", ["eyJ", "eyJ.", "eyJa.eyJ", "a.", "eyJ="])
def test_a_long_text_is_read_in_a_moment(piece: str) -> None:
    """No time grows with the square of its length."""
    text = piece * (60_000 // len(piece))
    started = time.process_time()
    without_jwts(text), jwt_in(text)
    assert time.process_time() - started < 1


def test_no_token_is_a_part_of_a_cause() -> None:
    text = f"No OpenIDConnect provider found in your account for https://gitlab.com/{JWT}"
    with pytest.raises(ValueError, match=r"gitlab\.com") as raised:
        CALLERS["error_message"].make(ROLE, text=text)
    assert JWT.rpartition(".")[2] not in str(raised.value)
