"""Kinds of trust, one file each, named for who is trusted.

A member defines `PATTERN = Pattern(...)`. Its `statements` is an ordinary typed function, and its
form is made from that function's signature; `answers` reads statements back into the function's
arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from trust_widgets.aws.arns import ACCOUNT_ID, ACCOUNT_ID_FORM, account_id_of
from trust_widgets.aws.limits import ROLE_NAME
from trust_widgets.families import Registry
from trust_widgets.forms import (
    Field,
    Question,
    complaint_about_letters,
    complaints_about,
    described,
    expect_asked,
    fields_of,
    idle_answers,
    listed,
    read_answers,
    settle,
)
from trust_widgets.names import helps_with_names
from trust_widgets.patterns.companions import revoke as revoke
from trust_widgets.policy import Companion, Role, Statement, TrustPolicy

ROLE_ACCOUNT = Question(
    "AWS account of the role",
    "12-digit account ID",
    "111122223333",
    ACCOUNT_ID,
    f"{ACCOUNT_ID_FORM}, like 111122223333.",
    tidy=account_id_of,
)
_ROLE_NAME = Question(
    "Name of the role",
    example="example-role",
    rule=ROLE_NAME,
    message="1 to 64 letters, digits and + = , . @ - _, like deploy-app.",
)
_BUILD = "a pattern makes a role with build: tw.PATTERNS[...].build(account='111122223333', ...)"
_BY_NAME = (
    "build takes answers by name, like build({}=...). If you have a dict, write build(**answers)."
)
GROUPS = ("AWS itself", "AWS accounts", "Outside AWS", "Anything else")


def _no_complaints(answers: Mapping[str, Any]) -> dict[str, str]:
    return {}


def _never(answers: Mapping[str, Any]) -> bool:
    return False


def _no_companions(role: Role, **answers: Any) -> tuple[Companion, ...]:
    return ()


def _no_guards(answers: Mapping[str, Any]) -> tuple[str, ...]:
    return ()


def _about_role(needs_account: bool) -> tuple[Field, ...]:
    """What `build` asks about the role itself."""
    account = replace(ROLE_ACCOUNT, optional=not needs_account)
    return (
        Field("account", account, "text", ""),
        Field("name", _ROLE_NAME, "text", "example-role"),
    )


def _letters(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers with characters that IAM takes in no policy."""
    texts = {
        name: (answer,) if isinstance(answer, str) else answer for name, answer in answers.items()
    }
    found = {
        name: complaint_about_letters(*each)
        for name, each in texts.items()
        if not isinstance(each, bool)
    }
    return {name: message for name, message in found.items() if message}


@helps_with_names(role="build", questions="fields", name="title")
@dataclass(frozen=True, repr=False)
class Pattern:
    """One kind of trust; printed, it says what `build` takes.

    Args:
        title: who is trusted, `"GitHub Actions"`.
        group: one of `GROUPS`, for the picker.
        about: one sentence for someone who has to choose.
        callers: what kinds of caller it allows (`aws`, `service`, `saml`, `oidc`): which conditions
            make sense.
        example: answers that are right, used by tests and as a starting point in documents.
        statements: typed function from answers to statements. A parameter called `account` without
            a `Question` is the account the role lives in, which belongs to the role and not to the
            form.
        answers: statements back into arguments (with `account`, if `statements` takes it), or
            `None` when they are not of this kind. Conditions it does not know it may ignore: they
            become `guards`.
        label: a few words for a chip, from the answers as typed, however unfinished.
        companions: what belongs with it.
        recommends: names of `GUARD_KINDS` whose keys these callers are known to send, from the
            answers as typed; the form offers them first.
        keys: further condition keys of these callers, from the answers as typed, that the form
            offers.
        of_another: the answer that names another account than the role's own, if there is one.
        tells_account: false where statements may as well be about another caller's account: then
            `answers` counts only for the account that the role is known to live in.
        complaints: what is wrong with answers taken together, by question; each by itself has its
            rule.
        general: true for a pattern that fits nearly anything; every other pattern wins over it.
        questions: its questions, from answers: where one of them decides which others are shown.
        decided_by: the question with that answer.
        without_account: whether the statements of answers name no account.
        doubts: answers that a form may hold, where their finding is shown, and that `build` does
            not take, by question: a message that shows a right answer.
    """

    title: str
    group: str
    about: str
    callers: frozenset[str]
    example: Mapping[str, Any]
    statements: Callable[..., tuple[Statement, ...]]
    answers: Callable[[tuple[Statement, ...]], dict[str, Any] | None]
    label: Callable[[Mapping[str, Any]], str]
    companions: Callable[..., tuple[Companion, ...]] = field(default=_no_companions)
    recommends: Callable[[Mapping[str, Any]], tuple[str, ...]] = field(default=_no_guards)
    keys: Callable[[Mapping[str, Any]], tuple[str, ...]] = field(default=_no_guards)
    tells_account: bool = True
    of_another: str = ""
    complaints: Callable[[Mapping[str, Any]], dict[str, str]] = field(default=_no_complaints)
    general: bool = False
    doubts: Callable[[Mapping[str, Any]], dict[str, str]] = field(default=_no_complaints)
    questions: Callable[[Mapping[str, Any]], tuple[Field, ...]] | None = None
    decided_by: str = ""
    without_account: Callable[[Mapping[str, Any]], bool] = field(default=_never)

    def __repr__(self) -> str:
        account = (
            f"account: the role's own; {'12 digits' if self.needs_account else 'may be left out'}"
        )
        name = "name: the role's; may be left out"
        asked = described(self.fields).replace("\n", "\n  ")
        return f"{self.title}: {self.about}\n  {asked}\n  {account}\n  {name}"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of its form, as long as nothing is answered."""
        return self.fields_for({})

    def fields_for(self, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """The questions of its form next to these answers.

        Example:
            >>> import trust_widgets as tw
            >>> asked = tw.PATTERNS["oidc_service"].fields_for({"issuer": "scalr"})
            >>> [field.name for field in asked][1:5]
            ['kind', 'scalr_account', 'environment', 'workspace']
        """
        if self.questions is None:
            return fields_of(self.statements)
        return self.questions(answers)

    @property
    def needs_account(self) -> bool:
        """Whether its statements name the account that the role lives in."""
        return "account" in self.statements.__annotations__

    def needs_account_for(self, answers: Mapping[str, Any]) -> bool:
        """Whether the statements of these answers name the account that the role lives in."""
        return self.needs_account and not self.without_account(answers)

    def build(
        self, *given: Any, account: str = "", name: str = "example-role", **answers: Any
    ) -> Role:
        """A role that trusts exactly this.

        Args:
            account: the account the role lives in, 12 digits.
            name: the role's name.
            answers: as `statements` takes them. One string represents a list of one, and digits may
                be a number.

        Raises:
            ValueError: when an answer is missing, breaks its rule, is of another kind than its
                question, or would not be used; every complaint is in the message.
            TypeError: for an answer that this pattern does not ask for.

        Example:
            >>> import trust_widgets as tw
            >>> role = tw.PATTERNS["github_oidc"].build(
            ...     account="111122223333", owner="octo-org", repository="app", branch="main"
            ... )
            >>> role.trust.statements[0].action
            ('sts:AssumeRoleWithWebIdentity',)
        """
        if given:
            raise TypeError(_BY_NAME.format(self.fields[0].name))
        fields = self.fields_for(answers)
        expect_asked(fields, answers, self.title, ("account", "name"))
        about = _about_role(self.needs_account_for(answers))
        read, unread = read_answers(
            (*about, *fields), {"account": account, "name": name, **answers}
        )
        about_role = {question: read.pop(question, "") for question in ("account", "name")}
        wrong = complaints_about(about, about_role) | self._wrong(fields, read) | unread
        if wrong:
            raise ValueError(listed(wrong))
        settled = settle(about, about_role)
        return self._role(str(settled["account"]), str(settled["name"]), read)

    def _wrong(self, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, str]:
        """What keeps answers from making a role: a message for each question."""
        return {
            **self.complaints_about(answers),
            **self.doubts(settle(fields, answers)),
            **idle_answers(fields, answers),
        }

    def _role(self, account: str, name: str, answers: Mapping[str, Any]) -> Role:
        """The role of answers that have no complaints."""
        role = Role(name, TrustPolicy(self.make(account, answers)), account)
        return replace(role, companions=(*self.companions_of(role, answers), *revoke(role)))

    def complaints_about(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """What keeps answers from becoming statements, by question: a message that shows a right
        answer.
        """
        fields = self.fields_for(answers)
        settled = settle(fields, answers)
        return {
            **_letters(settled),
            **self.complaints(settled),
            **complaints_about(fields, answers),
        }

    def __call__(self, *given: Any, **answers: Any) -> NoReturn:
        """A pattern is no function: it says what to write."""
        raise TypeError(_BUILD)

    def make(
        self, account: str = "", answers: Mapping[str, Any] | None = None, **named: Any
    ) -> tuple[Statement, ...]:
        """The statements for answers that have no complaints.

        Raises:
            TypeError: for answers by name, which `build` takes.
        """
        if named or answers is None:
            raise TypeError(_BUILD)
        return self.statements(**self._arguments(account, answers))

    def companions_of(self, role: Role, answers: Mapping[str, Any]) -> tuple[Companion, ...]:
        """The `companions` for answers that have no complaints."""
        return self.companions(role, **settle(self.fields_for(answers), answers))

    def _arguments(self, account: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        settled: dict[str, Any] = settle(self.fields_for(answers), answers)
        if self.needs_account:
            return settled | {"account": account}
        return settled


PATTERNS: Registry[Pattern] = Registry("trust_widgets.patterns.kinds", "PATTERN")
