"""Policies of which something is not known, completed in more than one way.

A finding counts only if each completion has it: what depends on what is not known is not guessed.
A text that is not known gets a word of its own, which is put back to its expression in messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.keys.records import key_record, records
from trust_widgets.aws.operators import parse_operator
from trust_widgets.providers import common_subject
from trust_widgets.readers import FIRST_HOLE, Entry, Hole, Tree, unknown_holes

OWN_ACCOUNT = "890123456789"  # stands for the role's own account where it is not known
OWN_ORGANIZATION = "o-q1w2e3r4t5"
FOREIGN_ACCOUNT = "987654321098"
MOST_VARIANTS = 64
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
# Operators for conditions that may be there; one that the statement does not have is taken.
_STRICT = (
    "StringEquals",
    "StringLike",
    "StringEqualsIgnoreCase",
    "ForAnyValue:StringEquals",
    "StringNotEqualsIgnoreCase",
)
_UNGUESSABLE = "k7Q2Vn4Rz9"


@dataclass
class Completion:
    """A policy without holes.

    Args:
        foreign: whether what is not known is taken for another's, where it may be.
        account: the role's own; a stand-in where it is not known.
        partition: that of the file's ARNs. organization: the role's own.
        words: for each word that was put in, the expression that it stands for.
        vague: the statements of which too much is not known to judge how they work.
        numbers: for each statement that is left, its number in the file.
    """

    foreign: bool
    account: str = OWN_ACCOUNT
    partition: str = "aws"
    organization: str = OWN_ORGANIZATION
    words: dict[str, str] = field(default_factory=dict)
    vague: set[int] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)

    # -- texts

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
        """What of the role's own a hole stands for."""
        if hole.own == "account":
            if self.account == OWN_ACCOUNT:
                self.words.setdefault(OWN_ACCOUNT, hole.expression)
            return self.account
        if hole.own == "organization":
            if self.organization == OWN_ORGANIZATION:
                self.words.setdefault(OWN_ORGANIZATION, hole.expression)
            return self.organization
        if self.partition == "aws-cn":
            suffix = "amazonaws.com.cn"
        else:
            suffix = "amazonaws.com"
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
            made += self.own(hole) if hole.own else self._guess(hole, made, federated)
        return made

    def _guess(self, hole: Hole, before: str, federated: bool) -> str:
        if _PARTITION_BEFORE.search(before):
            return self.partition
        if _REGION_BEFORE.search(before):
            return self.region
        if before and _ACCOUNT_BEFORE.search(before):
            if federated or not self.foreign:
                return self.account
            return FOREIGN_ACCOUNT
        return self.word(hole)

    # -- policies

    def policy(self, tree: Tree) -> Tree:
        """A policy without holes."""
        members = []
        for key, value in tree.members:
            if key.known_text == "Statement":
                members.append(Entry(key, self._statements(value)))
            elif value.kind == "unknown":
                known = "2012-10-17" if key.known_text == "Version" else None
                if known:
                    members.append(
                        Entry(
                            key,
                            replace(value, kind="scalar", value=known, holes=()),
                        )
                    )
            elif value.kind != "absent" and not key.holes:
                members.append(Entry(key, self._filled(value)))
        return replace(tree, members=tuple(members), holes=())

    def _statements(self, tree: Tree) -> Tree:
        if tree.kind == "object":
            self.numbers.append(0)
            return self._statement(tree, 0)
        if tree.kind != "list":
            return self._filled(tree)
        kept = []
        for number, item in enumerate(tree.items):
            if item.kind in ("unknown", "absent"):
                continue
            self.numbers.append(number)
            kept.append(self._statement(item, number))
        return replace(tree, items=tuple(kept), holes=())

    def _statement(self, tree: Tree, number: int) -> Tree:
        if tree.kind != "object":
            return self._filled(tree)
        if tree.holes:
            self.vague.add(number)
        members = []
        for key, value in tree.members:
            made = self._element(key.known_text, value, number, tree)
            if made is not None and not key.holes:
                members.append(Entry(key, made))
        if tree.holes and tree.member("Condition") is None:
            strict = self._strict(tree, tree)
            members += [Entry(_name("Condition", tree), strict)] if strict is not None else []
        return replace(tree, members=tuple(members), holes=())

    def _element(
        self,
        name: str,
        value: Tree,
        number: int,
        statement: Tree,
    ) -> Tree | None:
        if value.kind == "absent":
            return None
        if name in ("Principal", "NotPrincipal"):
            return self._principal(value, number, statement)
        if name == "Condition":
            return self._condition(value, number, statement)
        if name in ("Action", "NotAction", "Effect") and unknown_holes(value):
            return self._element_not_known(name, value, number, statement)
        if name == "Sid" and (value.kind == "unknown" or value.holes):
            return None
        return self._filled(value)

    def _element_not_known(
        self, name: str, value: Tree, number: int, statement: Tree
    ) -> Tree | None:
        known = [item for item in value.items if not unknown_holes(item)]
        if known:
            return replace(self._filled(replace(value, items=tuple(known))), holes=())
        self.vague.add(number)
        made = "Allow" if name == "Effect" else _usual_action(statement)
        return replace(value, kind="scalar", value=made, holes=(), items=())

    def _principal(self, tree: Tree, number: int, statement: Tree) -> Tree | None:
        if tree.kind == "unknown":
            self.vague.add(number)
            members = (
                Entry(
                    _name("AWS", tree),
                    _text(self._caller("AWS", tree), tree),
                ),
            )
            return Tree(tree.start, tree.end, "object", members=members)
        if tree.kind != "object":
            return self._filled(tree)
        if tree.holes:
            self.vague.add(number)
        members_made = []
        for key, value in tree.members:
            kind = key.known_text
            if key.holes or not kind:
                self.vague.add(number)
            elif value.kind != "absent":
                if not _has_known(value):
                    self.vague.add(number)
                members_made.append(Entry(key, self._callers(kind, value)))
        if not members_made:
            members_made = [
                Entry(
                    _name("AWS", tree),
                    _text(self._caller("AWS", tree), tree),
                )
            ]
        return replace(tree, members=tuple(members_made), holes=())

    def _callers(self, kind: str, value: Tree) -> Tree:
        if value.kind == "list":
            items = [item for item in value.items if item.kind != "absent"]
            known = [item for item in items if item.kind != "unknown"]
            if self.foreign and known:
                items = known
            if not items:
                return _text(self._caller(kind, value), value)
            made = tuple(self._callers(kind, item) for item in items)
            return replace(value, items=made, holes=())
        if value.kind == "unknown":
            return _text(self._caller(kind, value), value)
        if value.is_text and value.holes:
            return self._partial_caller(kind, value)
        return self._filled(value)

    def _partial_caller(self, kind: str, value: Tree) -> Tree:
        if kind == "Service" and unknown_holes(value):
            return _text(self._caller(kind, value), value)
        text = self.text(value, federated=kind == "Federated")
        if kind == "AWS" and text in self.words and unknown_holes(value):
            text = self._caller(kind, value)
        return _text(text, value)

    def _caller(self, kind: str, tree: Tree) -> str:
        """A caller that raises no finding."""
        hole = tree.holes[0] if tree.holes else Hole("?", tree.start, tree.end)
        account = FOREIGN_ACCOUNT if self.foreign else self.account
        if kind == "Service":
            if self.foreign:
                return "lambda.amazonaws.com"
            return "ec2.amazonaws.com"
        if kind == "Federated":
            word = self.word(hole)
            return f"arn:{self.partition}:iam::{self.account}:oidc-provider/{word}.example.com"
        return f"arn:{self.partition}:iam::{account}:role/{self.word(hole)}"

    # -- conditions

    def _condition(self, tree: Tree, number: int, statement: Tree) -> Tree | None:
        if tree.kind == "unknown":
            self.vague.add(number)
            return self._strict(tree, statement)
        if tree.kind != "object":
            return self._filled(tree)
        if tree.holes:
            self.vague.add(number)
        operators = []
        for key, keys in tree.members:
            if keys.kind == "absent":
                continue
            if key.holes or keys.kind != "object" or keys.holes:
                self.vague.add(number)
                if key.holes or keys.kind == "unknown":
                    continue
            made = self._keys(key.known_text, keys, number, statement)
            if made.members or not keys.members:
                operators.append(Entry(key, made))
        if number in self.vague:
            strict = self._strict(tree, statement)
        else:
            strict = None
        operators += strict.members if strict is not None else ()
        if operators:
            return replace(tree, members=tuple(operators), holes=())
        return None

    def _strict(self, tree: Tree, statement: Tree) -> Tree | None:
        """Conditions that may stand where some are not known: none, or what rules ask for."""
        if not self.foreign:
            return None
        keys = [record.name for record in records() if record.owned != "no" or record.secret]
        keys += ["SAML:aud"]
        for issuer in _issuers(statement):
            keys += [f"{issuer}:sub", f"{issuer}:aud"]
        hole = Hole("condition", tree.start, tree.end)
        at = Tree(tree.start, tree.end, "unknown", holes=(hole,))
        members = []
        for key in keys:
            value = self._value("StringEquals", key, at, statement)
            members.append(Entry(_name(key, tree), _text(value, tree)))
        block = Tree(tree.start, tree.end, "object", members=tuple(members))
        used = {member.key.known_text for member in tree.members}
        free = next((name for name in _STRICT if name not in used), _STRICT[0])
        operator = Entry(_name(free, tree), block)
        return Tree(tree.start, tree.end, "object", members=(operator,))

    def _keys(self, operator: str, tree: Tree, number: int, statement: Tree) -> Tree:
        if tree.kind != "object":
            return self._filled(tree)
        members = []
        for key, value in tree.members:
            if unknown_holes(key):
                self.vague.add(number)
                continue
            if value.kind == "absent":
                continue
            if key.holes:
                name = replace(
                    key,
                    value=self.text(key),
                    holes=(),
                )
            else:
                name = key
            made = self._values(operator, str(name.value), value, statement)
            members.append(Entry(name, made))
        return replace(tree, members=tuple(members), holes=())

    def _values(self, operator: str, key: str, value: Tree, statement: Tree) -> Tree:
        if value.kind == "list":
            items = [item for item in value.items if item.kind != "absent"]
            if not items and value.holes:
                return _text(self._value(operator, key, value, statement), value)
            made = tuple(self._values(operator, key, item, statement) for item in items)
            return replace(value, items=made, holes=())
        if value.kind == "unknown":
            return _text(self._value(operator, key, value, statement), value)
        return self._filled(value)

    def _value(self, operator: str, key: str, tree: Tree, statement: Tree) -> str:
        """A value of a condition that raises no finding, as far as that is to be had."""
        parsed = parse_operator(operator)
        if parsed is not None:
            of_type = _VALUES_OF_TYPES.get(parsed.type)
        else:
            of_type = None
        if of_type is not None:
            return of_type
        word = self.word(tree.holes[0]) if tree.holes else "unresolved"
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
        """A subject of the issuer of a key that is no stranger's; `""` for another key."""
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

    def _filled(self, tree: Tree) -> Tree:
        """Any other value without holes."""
        if tree.kind == "unknown":
            return _text(self.word(tree.holes[0]), tree)
        if tree.is_text:
            if tree.holes:
                return replace(tree, value=self.text(tree), holes=())
            return tree
        return replace(
            tree,
            items=tuple(self._filled(item) for item in tree.items if item.kind != "absent"),
            members=tuple(
                Entry(replace(m.key, value=self.text(m.key), holes=()), self._filled(m.value))
                for m in tree.members
                if m.value.kind != "absent"
            ),
            holes=(),
        )


def _text(text: str, at: Tree) -> Tree:
    return Tree(at.start, at.end, value=text)


def _name(name: str, at: Tree) -> Tree:
    return Tree(at.start, at.start, value=name)


def _has_known(value: Tree) -> bool:
    """Whether a caller of a kind is known, at least in part."""
    if value.kind == "list":
        return any(map(_has_known, value.items))
    return value.kind != "unknown"


def _usual_action(statement: Tree) -> str:
    principal = statement.member("Principal")
    federated = principal is not None and principal.member("Federated") is not None
    if federated:
        return "sts:AssumeRoleWithWebIdentity"
    return "sts:AssumeRole"


def _first_service(statement: Tree) -> str:
    value = statement.at("Principal", "Service")
    for item in (value, *value.items) if value is not None else ():
        if item.known_text:
            return item.known_text.partition(".")[0]
    return "s3"


def _issuers(statement: Tree) -> Iterator[str]:
    """The issuers of the OIDC providers that a statement names."""
    value = statement.at("Principal", "Federated")
    for item in (value, *value.items) if value is not None else ():
        if item.is_text:
            found = re.search(r"oidc-provider/([^/]+.*)", str(item.value))
        else:
            found = None
        if found is not None:
            yield found[1]


# -- choices


def variants(tree: Tree) -> Iterator[tuple[frozenset[str], Tree]]:
    """A tree for each way in which the conditions of its file may come out.

    Yields:
        The conditions that were taken, in words, and the tree without choices.
    """
    choices = list(dict.fromkeys(_choices(tree)))
    count = 1
    kept = []
    for labels in choices:
        count *= len(labels)
        if count > MOST_VARIANTS:
            break
        kept.append(labels)
    for taken in product(*kept):
        chosen = dict(zip(kept, taken, strict=True))
        yield frozenset(taken), _chosen(tree, chosen)


def _choices(tree: Tree) -> Iterator[tuple[str, ...]]:
    if tree.kind == "choice":
        yield tree.labels
    for item in tree.items:
        yield from _choices(item)
    for member in tree.members:
        yield from _choices(member.value)


def _chosen(tree: Tree, chosen: Mapping[tuple[str, ...], str]) -> Tree:
    if tree.kind == "choice":
        label = chosen.get(tree.labels, tree.labels[0])
        return _chosen(tree.items[tree.labels.index(label)], chosen)
    if not tree.items and not tree.members:
        return tree
    return replace(
        tree,
        items=tuple(_chosen(item, chosen) for item in tree.items),
        members=tuple(Entry(m.key, _chosen(m.value, chosen)) for m in tree.members),
    )
