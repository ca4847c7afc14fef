"""Frozen answers can be put in sets, and pickled."""

from __future__ import annotations

import copy
import pickle

import pytest

import trust_widgets as tw

POLICY = tw.TrustPolicy(
    (tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), ("sts:AssumeRole",)),)
)


def test_equal_answers_have_equal_hashes() -> None:
    """Also where a request has context, in any order."""
    user = "arn:aws:iam::444455556666:user/ops"
    context = {"sts:ExternalId": "octo", "aws:TagKeys": ("a", "b")}
    turned = dict(reversed(context.items()))
    one, other = (tw.Request("sts:AssumeRole", user, context=c) for c in (context, turned))
    assert one == other and len({one, other}) == 1
    assert len({tw.evaluate(POLICY, one), tw.evaluate(POLICY, other)}) == 1
    assert len({tw.compare(POLICY, POLICY), tw.compare(POLICY, POLICY)}) == 1
    assert len({*tw.who_gets_in(POLICY), *tw.who_gets_in(POLICY)}) == 1


@pytest.mark.parametrize("how", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_an_error_survives_a_copy(how) -> None:  # type: ignore[no-untyped-def]
    """With its message, problems and what could be read."""
    with pytest.raises(tw.DocumentError) as raised:
        tw.parse('{"Statement": [],}')
    again = how(raised.value)
    assert str(again) == str(raised.value)
    assert (again.problems, again.partial) == (raised.value.problems, raised.value.partial)
