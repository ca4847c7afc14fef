"""A caller is tried against a role whose account, path or name is not typed whole yet."""

from __future__ import annotations

import pytest

import trust_widgets as tw

USER = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
    ' "Principal": {"AWS": "arn:aws:iam::444455556666:user/ops"}}]}'
)


@pytest.mark.parametrize(
    "role",
    [*({"account": "111122223333"[:end]} for end in range(13)), {"path": "ci"}, {"path": "/ci"}],
)
def test_no_view_shows_an_exception(role: dict[str, str]) -> None:
    """Neither while it is typed nor when a builder begins with it."""
    builder = tw.TrustBuilder("vendor", vendor="444455556666", external_id="abcdefgh")
    for name, value in role.items():
        setattr(builder.model, name, value)
    for each in (builder, tw.TrustBuilder(text=USER, **role)):
        states = {name: part.state for name, part in each.parts.items() if hasattr(part, "state")}
        assert not [name for name, state in states.items() if state.get("fault")]


def test_a_whole_role_is_asked_for_as_it_is() -> None:
    """Stand-ins take the place of nothing that is right."""
    model = tw.TrustModel(text=USER, account="999988887777", path="/ci/", role_name="deploy")
    request = tw.SimulatorView(model).request
    assert request is not None and request.role == "arn:aws:iam::999988887777:role/ci/deploy"
    model.account = "9999"
    request = tw.SimulatorView(model).request
    assert request is not None and request.role == "arn:aws:iam::111122223333:role/ci/deploy"
