"""Texts that represent what is not known of a policy in a file.

A text that is not known gets its own word, which is put back to its expression in messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.operators import parse_operator
from trust_widgets.providers import common_subject
from trust_widgets.readers import FIRST_HOLE, Hole, Tree

OWN_ACCOUNT = "890123456789"  # represents the role's own account where it is not known
OWN_ORGANIZATION = "o-q1w2e3r4t5"
FOREIGN_ACCOUNT = 987654321098  # stands for the first account of others, the next for the second
_ACCOUNT_BEFORE = re.compile(r"arn:[^:]*:[\w-]*:[^:]*:$|^$")
_PARTITION_BEFORE = re.compile(r"arn:$")
_REGION_BEFORE = re.compile(r"arn:[^:]*:[\w-]*:$")
_VALUES_OF_TYPES = {
    "Bool": "true",
    "Null": "false",
    "Numeric": "3600",
    "Date": "2030-01-01T00:00:00Z",
    "IPAddress": "203.0.113.7/32",
}
_UNGUESSABLE = "k7Q2Vn4Rz9"


@dataclass
class StandIns:
    """What represents the holes of one policy.

    Args:
        foreign: whether what is not known is assumed as another's, where it may be.
        account: the role's own; a stand-in where it is not known.
        partition: that of the file's ARNs. organization: the role's own.
        is_saml: whether callers sign in by SAML where their provider is not known.
        words: for each word that was put in, the expression that it represents.
        foreign_accounts: the same for accounts of others.
    """

    foreign: bool
    account: str = OWN_ACCOUNT
    partition: str = "aws"
    organization: str = OWN_ORGANIZATION
    is_saml: bool = False
    words: dict[str, str] = field(default_factory=dict)
    foreign_accounts: dict[str, str] = field(default_factory=dict)

    def word(self, hole: Hole) -> str:
        """The word for what is not known."""
        for word, expression in self.words.items():
            if expression == hole.expression:
                return word
        begin = "other" if self.foreign else "unresolved"
        word = f"{begin}{len(self.words) + 1}x"
        self.words[word] = hole.expression
        return word

    def restored(self, text: str) -> str:
        """A message in which words are expressions again."""
        for word, expression in self.words.items():
            text = text.replace(word, f"${{{expression}}}")
        return text

    def own(self, hole: Hole) -> str:
        """What of the role's own a hole represents."""
        if hole.own == "account":
            return self._own_account(hole)
        if hole.own == "organization":
            if self.organization == OWN_ORGANIZATION:
                self.words.setdefault(OWN_ORGANIZATION, hole.expression)
            return self.organization
        suffix = "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com"
        known = {"partition": self.partition, "suffix": suffix, "region": self.region}
        return known.get(hole.own) or self.word(hole)

    @property
    def region(self) -> str:
        """A region of the partition."""
        regions = {"aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
        return regions.get(self.partition, "us-east-1")

    def text(self, tree: Tree, federated: bool = False) -> str:
        """A text with its holes filled in."""
        made = ""
        for char in str(tree.value):
            number = ord(char) - FIRST_HOLE
            if not 0 <= number < len(tree.holes):
                made += char
                continue
            hole = tree.holes[number]
            if hole.own:
                made += self.own(hole)
            else:
                made += self._guess(hole, made, federated)
        return made

    def _guess(self, hole: Hole, before: str, federated: bool) -> str:
        if _PARTITION_BEFORE.search(before):
            return self.partition
        if _REGION_BEFORE.search(before):
            return self.region
        if before and _ACCOUNT_BEFORE.search(before):
            if federated or not self.foreign:
                return self._own_account(hole)
            return self._foreign_account(hole)
        return self.word(hole)

    def _own_account(self, hole: Hole) -> str:
        if self.account == OWN_ACCOUNT:
            known = self.words.get(OWN_ACCOUNT, "").split(" or ")
            expressions = dict.fromkeys(filter(None, [*known, hole.expression]))
            self.words[OWN_ACCOUNT] = " or ".join(expressions)
        return self.account

    def _foreign_account(self, hole: Hole) -> str:
        number = FOREIGN_ACCOUNT + len(self.foreign_accounts)
        return self.foreign_accounts.setdefault(hole.expression, str(number))

    def caller(self, kind: str, tree: Tree) -> str:
        """A caller that raises no finding."""
        if tree.holes:
            hole = tree.holes[0]
        else:
            hole = Hole("?", tree.start, tree.end)
        if self.foreign:
            account = self._foreign_account(hole)
        else:
            account = self.account
        if kind == "Service":
            if self.foreign:
                return "lambda.amazonaws.com"
            return "ec2.amazonaws.com"
        if kind == "Federated":
            provider = f"arn:{self.partition}:iam::{self.account}"
            if self.is_saml:
                return f"{provider}:saml-provider/{self.word(hole)}"
            return f"{provider}:oidc-provider/{self.word(hole)}.example.com"
        return f"arn:{self.partition}:iam::{account}:role/{self.word(hole)}"

    def value(self, operator: str, key: str, tree: Tree, statement: Tree) -> str:
        """A value of a condition that raises no finding, as far as that is to be had."""
        parsed = parse_operator(operator)
        if parsed is not None and parsed.type in _VALUES_OF_TYPES:
            return _VALUES_OF_TYPES[parsed.type]
        if tree.holes:
            word = self.word(tree.holes[0])
        else:
            word = "unresolved"
        record = key_record(key)
        subject = self._subject(key, word)
        if subject:
            return subject
        example = record.example or ""
        if is_account_id(example):
            return self.account
        if example.startswith("arn:"):
            return self._arn(example, word, statement)
        if record.owned != "no" and not example.isalpha():
            return example
        return f"{word}-{_UNGUESSABLE}"

    def _subject(self, key: str, word: str) -> str:
        """A subject of the issuer of a key that is no external caller's; `""` for another key."""
        issuer, claim = claim_key(key)
        if claim == "aud":
            return "sts.amazonaws.com"
        if claim == "sub":
            return common_subject(issuer)
        return ""

    def _arn(self, example: str, word: str, statement: Tree) -> str:
        """An ARN of the own account: a role's, or what a service works for."""
        if ":iam:" in example:
            return f"arn:{self.partition}:iam::{self.account}:role/{word}"
        service = _first_service(statement)
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{word}"


def _first_service(statement: Tree) -> str:
    for item in _principals(statement, "Service"):
        if item.known_text:
            return item.known_text.partition(".")[0]
    return "s3"


def _principals(statement: Tree, kind: str) -> tuple[Tree, ...]:
    """The values of a kind of principals, and before them the list that holds them."""
    value = statement.at("Principal", kind)
    if value is None:
        return ()
    return (value, *value.items)


def issuers_of(statement: Tree) -> Iterator[str]:
    """The issuers of the OIDC providers that a statement names."""
    for item in _principals(statement, "Federated"):
        if not item.is_text:
            continue
        match = re.search(r"oidc-provider/([^/]+.*)", str(item.value))
        if match is not None:
            yield match[1]
