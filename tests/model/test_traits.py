"""What is written into a model is read or refused, and a slip makes no new attribute."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

EC2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
POLICY = tw.TrustPolicy((EC2,))
GRANT = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})


@pytest.mark.parametrize(
    "given", [str(POLICY), POLICY.to_dict(), POLICY, tw.Role("app", POLICY), tw.TrustModel(POLICY)]
)
def test_the_text_is_taken_in_each_form(given: Any) -> None:
    """First, by its name, and later."""
    later = tw.TrustModel()
    later.text = given
    for model in (tw.TrustModel(given), tw.TrustModel(text=given), later):
        assert model.policy == POLICY and json.loads(model.text) == POLICY.to_dict()


@pytest.mark.parametrize("grants", [GRANT, [GRANT], (GRANT,), iter([GRANT])])
def test_one_grant_is_a_list_of_one(grants: Any) -> None:
    model = tw.TrustModel()
    model.grants = grants
    assert model.grants == (GRANT,) and model.policy == POLICY
    assert tw.TrustBuilder(grants=GRANT).model.grants == (GRANT,)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", 7, "the text is needed, not int"),
        ("text", None, "the text is needed, not None"),
        ("grants", "aws_service", r"a list of tw\.Grant is needed, not str"),
        ("grants", {"services": ()}, r"a list of tw\.Grant is needed, not dict"),
        ("grants", [{"services": ()}], r"each is a tw\.Grant, not dict"),
        ("account", None, "account: None is not an answer"),
        ("account", 7, "account: 7 is a number"),
        ("role_name", None, "role_name: None is not an answer"),
        ("path", ["/"], "path: .* is not a string"),
        ("home", "111122223333", r"home: a tw\.Home is needed, not str"),
        ("txt", "", "has no (attribute|argument) 'txt'; did you mean 'text'"),
        ("acount", "", "did you mean 'account'"),
        ("name", "", "did you mean 'role_name'"),
    ],
)
def test_anything_else_is_refused(name: str, value: Any, told: str) -> None:
    """When it begins, and later; the model stays as it was."""
    model = tw.TrustModel(POLICY)
    with pytest.raises((TypeError, AttributeError), match=told):
        setattr(model, name, value)
    assert model.policy == POLICY and model.grants == (GRANT,)
    with pytest.raises((TypeError, AttributeError), match=told):
        tw.TrustModel(**{name: value})


def test_a_text_and_grants_do_not_drop_each_other() -> None:
    """Grants replace the statements of a text; each may be set after the other."""
    other = tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})
    for make in (
        lambda: tw.TrustModel(POLICY, grants=other),
        lambda: tw.TrustModel(text="{", grants=other),
    ):
        with pytest.raises(
            TypeError,
            match="TrustModel takes a text or grants",
        ):
            make()
    model = tw.TrustModel(POLICY)
    model.grants = (*model.grants, other)
    assert len(model.policy.statements) == 2


def test_what_follows_cannot_be_misspelt_either() -> None:
    with pytest.raises(AttributeError, match="did you mean 'findings'"):
        _ = tw.TrustModel().finding
    with pytest.raises(AttributeError, match="did you mean 'problems'"):
        _ = tw.TrustModel().errors


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_grant_that_is_not_there_is_not_changed(index: int) -> None:
    model = tw.TrustModel(grants=GRANT)
    with pytest.raises(IndexError, match=f"there is no grant {index}: the model has 1"):
        model.change_grant(index, None)
    assert model.grants == (GRANT,)
