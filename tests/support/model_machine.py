"""Random operations on a `TrustModel`, and what has to hold after each of them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import trust_widgets as tw
from trust_widgets.model.grants import statements_of
from trust_widgets.model.placement import said

ACCOUNTS = ("", "1", "12", "111122223333", "444455556666", "99998888777x")
GUARDS = (
    tw.Guard("aws:PrincipalOrgID", "StringEquals", ("o-a1b2c3d4e5",)),
    tw.Guard(" sts:ExternalId ", "StringEquals", ("octo-1234",)),
    tw.Guard("aws:PrincipalTag/team", "StringLike", ("octo-*",)),
    tw.Guard("aws:PrincipalTag/team", "StringEquals", ()),
)
GRANTS = (
    tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)}),
    tw.Grant("aws_service", {"services": ("ec2.amazonaws.com", "lambda.amazonaws.com")}),
    tw.Grant("aws_service"),
    tw.Grant("own_account_mfa"),
    tw.Grant("vendor", {"vendor": "444455556666", "external_id": "abcdefgh"}),
    tw.Grant("vendor", {"vendor": "4444"}),
    tw.Grant("github_oidc", {"organization": "octo-org", "repository": "app"}),
)
PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"


def _statement(principal: Any, action: str = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, **more}


STATEMENTS: tuple[dict[str, Any], ...] = (
    _statement({"Service": "ec2.amazonaws.com"}),
    _statement({"Service": ["ecs-tasks.amazonaws.com"]}, Sid="Tasks"),
    _statement({"AWS": "*"}),
    _statement({"AWS": "arn:aws:iam::999988887777:role/deploy"}),
    _statement(
        {"AWS": "arn:aws:iam::444455556666:root"},
        Condition={"StringEquals": {"sts:ExternalId": "octo-9876"}},
    ),
    _statement(
        {"AWS": "arn:aws:iam::111122223333:root"},
        Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    ),
    _statement(
        {"Federated": "arn:aws:iam::111122223333:saml-provider/Okta"},
        "sts:AssumeRoleWithSAML",
        Condition={"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
    ),
    _statement(
        {"Federated": PROVIDER},
        "sts:AssumeRoleWithWebIdentity",
        Condition={
            "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
            "StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/*"},
        },
    ),
    {**_statement({"AWS": "*"}), "Effect": "Deny"},
    _statement({"AWS": "111122223333"}, Effect="allow"),
)


@st.composite
def policies(draw: st.DrawFn) -> str:
    """Texts of policies, some broken, some a whole role as the AWS CLI prints it."""
    statements = draw(st.lists(st.sampled_from(STATEMENTS), max_size=4))
    document: dict[str, Any] = {"Version": "2012-10-17", "Statement": statements}
    how = draw(st.sampled_from(("good", "good", "good", "cut", "comma", "role")))
    if how == "role":
        document = {"Role": {"RoleName": "octo", "AssumeRolePolicyDocument": document}}
    text = json.dumps(document, indent=draw(st.sampled_from((None, 2, 4))))
    if how == "cut":
        return text[: draw(st.integers(0, len(text)))]
    return text[:-1] + ",}" if how == "comma" else text


class ModelMachine(RuleBasedStateMachine):
    """A reader who does anything at all to a model."""

    @initialize(text=st.one_of(st.none(), policies()))
    def begin(self, text: str | None) -> None:
        """Open a model, empty or with a text."""
        self.now = 0.0
        self.model = tw.TrustModel() if text is None else tw.TrustModel(text=text)
        self.model._clock = lambda: self.now

    # -- what a reader does ------------------------------------------------------------------------

    @rule(seconds=st.sampled_from((0.1, 5.0)))
    def wait(self, seconds: float) -> None:
        """Let time go by, so that the next change is a step of its own or not."""
        self.now += seconds

    @rule(grant=st.sampled_from(GRANTS))
    def add(self, grant: tw.Grant) -> None:
        """Add a grant."""
        with Untouched(self.model, range(len(self.model.grants))):
            self.model.add_grant(grant)

    @precondition(lambda self: self.model.grants)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Take a grant away."""
        index = data.draw(st.integers(0, len(self.model.grants) - 1))
        others = [other for other in range(len(self.model.grants)) if other != index]
        with Untouched(self.model, others):
            self.model.change_grant(index, None)

    @precondition(lambda self: self.model.grants)
    @rule(data=st.data(), grant=st.sampled_from(GRANTS))
    def change(self, data: st.DataObject, grant: tw.Grant) -> None:
        """Put another grant in a grant's place, of its own pattern or not."""
        index = data.draw(st.integers(0, len(self.model.grants) - 1))
        others = [other for other in range(len(self.model.grants)) if other != index]
        with Untouched(self.model, others):
            self.model.change_grant(index, grant)

    @precondition(lambda self: self.model.grants)
    @rule(data=st.data(), guards=st.lists(st.sampled_from(GUARDS), max_size=2))
    def guard(self, data: st.DataObject, guards: list[tw.Guard]) -> None:
        """Put guards on a grant that a pattern made."""
        index = data.draw(st.integers(0, len(self.model.grants) - 1))
        old = self.model.grants[index]
        if not old.by_hand:
            self.model.change_grant(index, tw.Grant(old.pattern, old.answers, tuple(guards)))

    @rule(data=st.data())
    def select(self, data: st.DataObject) -> None:
        """Open a grant's form, or none."""
        self.model.selected = data.draw(st.integers(-1, len(self.model.grants) - 1))

    @rule(text=policies())
    def paste(self, text: str) -> None:
        """Paste a text over all of it."""
        self.model.text = text

    @rule(data=st.data(), typed=st.sampled_from(('"', "}", "x", ", ", "ec2", '"Sid": "A", ', "")))
    def type(self, data: st.DataObject, typed: str) -> None:
        """Type at a place, key by key, or delete a character."""
        text = self.model.text
        at = data.draw(st.integers(0, len(text)))
        if not typed:
            self.model.text = text[:at] + text[at + 1 :]
        for end in range(1, len(typed) + 1):
            self.model.text = text[:at] + typed[:end] + text[at:]

    @rule()
    def discard(self) -> None:
        """Give up a broken text."""
        self.model.discard()

    @rule(account=st.sampled_from(ACCOUNTS))
    def say_account(self, account: str) -> None:
        """Type the account, whole or not."""
        self.model.account = account

    @rule(path=st.sampled_from(("/", "ci", "/ci/", "")))
    def say_path(self, path: str) -> None:
        """Type the path, whole or not."""
        self.model.path = path

    @rule(name=st.sampled_from(("example-role", "", "a b", "deploy")))
    def say_name(self, name: str) -> None:
        """Type the role's name, good or not."""
        self.model.role_name = name

    @rule(accounts=st.sampled_from(((), ("999988887777",), ("444455556666", "999988887777"))))
    def say_home(self, accounts: tuple[str, ...]) -> None:
        """Say which accounts are the reader's own."""
        self.model.home = tw.Home(accounts=accounts)

    @precondition(lambda self: any(each.fix for each in self.model.findings))
    @rule(data=st.data())
    def fix(self, data: st.DataObject) -> None:
        """Apply the fix of one finding."""
        fixable = [each for each in self.model.findings if each.fix]
        self.model.apply(fixable[data.draw(st.integers(0, len(fixable) - 1))])

    @precondition(lambda self: self.model.findings)
    @rule(data=st.data())
    def fix_all(self, data: st.DataObject) -> None:
        """Apply the fixes of all findings of one code."""
        codes = sorted({each.code for each in self.model.findings})
        self.model.apply_all(data.draw(st.sampled_from(codes)))

    @precondition(lambda self: self.model.can_undo)
    @rule()
    def undo_and_redo(self) -> None:
        """Undo and redo are inverse."""
        here = state(self.model)
        self.model.undo()
        self.check_laws()
        self.model.redo()
        assert state(self.model) == here

    @rule()
    def undo(self) -> None:
        """Take the last change back."""
        self.model.undo()

    @rule()
    def redo(self) -> None:
        """Make it again."""
        self.model.redo()

    # -- what holds --------------------------------------------------------------------------------

    @invariant()
    def check_laws(self) -> None:
        """Check all laws."""
        if hasattr(self, "model"):
            check_model(self.model)


def state(model: tw.TrustModel) -> tuple[Any, ...]:
    """What a reader sees of a model."""
    names = ("text", "grants", "account", "role_name", "path", "home", "policy", "problems")
    following = ("findings", "callers", "complaints", "summary", "role")
    return tuple(getattr(model, name) for name in (*names, *following))


def check_model(model: tw.TrustModel) -> None:
    """Check that a model agrees with its text."""
    assert not any(finding.code == "TP000" for finding in model.findings), model.findings
    placed = [statement for each in model._placed for statement in each]
    assert len(model._placed) == len(model.grants)
    good = tw.parse(model._good_text).statements
    assert list(map(_meaning, placed)) == list(map(_meaning, good))
    complained = {complaint.grant for complaint in model.complaints}
    for index, (grant, statements) in enumerate(zip(model.grants, model._placed, strict=True)):
        if index not in complained:
            assert said(statements) == said(statements_of(grant, model.account))
    if model.is_good:
        assert model._good_text == model.text
        assert model.policy == tw.parse(model.text)
    else:
        assert model.policy == tw.parse(model._good_text)
    if model.text != EMPTY:
        assert list(model.findings) == list(tw.check(model.text, home=model.whole_home))
    assert -1 <= model.selected < max(1, len(model.grants))


EMPTY = tw.TrustModel().text


def _meaning(statement: tw.Statement) -> str:
    """A statement as the package writes it, whatever the order of its values."""
    document = json.loads(str(tw.TrustPolicy((statement,))))
    return json.dumps(_sorted(document), sort_keys=True)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=json.dumps)
    return value


class Untouched:
    """Check that the statements of some grants keep their characters."""

    def __init__(self, model: tw.TrustModel, indexes: Any) -> None:
        self.model = model
        self.before = _written(model, indexes)

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, *_: object) -> None:
        if kind is None:
            after = _written(self.model, range(len(self.model.grants)))
            assert all(each in after for each in self.before if each), (self.before, after)


def _written(model: tw.TrustModel, indexes: Any) -> list[str]:
    """The characters of each statement of some grants in the last good text."""
    text, written = model._good_text, []
    starts = [0]
    for statements in model._placed:
        starts.append(starts[-1] + len(statements))
    places = _characters(text)
    for index in indexes:
        written += places[starts[index] : starts[index + 1]]
    return written


def _characters(text: str) -> list[str]:
    """The characters of each element of the last array called `Statement`."""
    at = text.find('"Statement"')
    start = text.find("[", at)
    if at < 0 or start < 0 or text[at + 11 : start].strip() != ":":
        return []
    found, decoder = [], json.JSONDecoder()
    start += 1
    while (start := _next(text, start)) < len(text) and text[start] == "{":
        _, end = decoder.raw_decode(text, start)
        found.append(text[start:end])
        start = end
    return found


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \r\n\t,":
        at += 1
    return at
