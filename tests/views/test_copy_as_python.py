"""Copy as Python leaves external IDs out, also those of a text that cannot be read."""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from trust_widgets.views.copy_as_python import LEFT_OUT, python_from_model

SECRET = "b2f6c3de-9a41-4b55"
TEXT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {
                        "sts:ExternalId": SECRET,
                        "aws:PrincipalOrgID": "o-a1b2c3d4e5",
                    }
                },
            }
        ],
    },
    indent=2,
)
BROKEN = (
    TEXT[:-2],
    TEXT[: TEXT.index(SECRET) + len(SECRET)],
    TEXT.replace('"StringEquals"', '"StringLike"')[:-2],
    TEXT.replace('"Statement": [', '"Statement": [{"Effect": "Allow"},')[:-2],
    TEXT.replace('"', "'")[:-2],
    TEXT.replace("sts:ExternalId", "STS:external\\u0049d")[:-2],
    TEXT.replace(f'"{SECRET}"', f'["{SECRET}", "{SECRET}-2"]')[:-2],
    TEXT.replace(f'"{SECRET}"', SECRET),
    TEXT.replace(f'"{SECRET}",', f'"{SECRET}"'),
    TEXT.replace(f'"{SECRET}",', f'"{SECRET},'),
)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("first", ["", TEXT])
def test_a_broken_text(first: str, broken: str) -> None:
    """Whether or not the text was good before."""
    model = tw.TrustModel(text=first)
    model.text = broken
    copied = python_from_model(model)
    assert SECRET not in copied and SECRET[:8] not in copied
    assert LEFT_OUT in copied


def test_the_rest_of_a_broken_text_stays() -> None:
    """The key after the external ID, and all before it."""
    copied = python_from_model(tw.TrustModel(text=TEXT[:-2]))
    assert "o-a1b2c3d4e5" in copied and "444455556666" in copied
    broken = '{"Version": "2012-10-17",'
    assert "left out" not in python_from_model(tw.TrustModel(text=broken))


def test_an_object_in_the_place_of_an_external_id_stays_one() -> None:
    """A template refers to a parameter there; the brackets of the text stay balanced."""
    text = '{"Statement": {"Condition": {"StringEquals": {"sts:ExternalId": {"Ref": "Id"}}}}}'
    copied = python_from_model(tw.TrustModel(text=text))
    assert copied.count("{") == copied.count("}") == text.count("{")
