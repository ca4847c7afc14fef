"""Random policies, and small changes of them, as plain JSON documents."""

from __future__ import annotations

import copy
import random
from typing import Any

from support.brute_force import callers as world
from support.brute_force.callers import GITHUB, GITLAB, OWN, THIRD, VENDOR
from support.brute_force.decision import as_list
from support.brute_force.language import (
    ACTIONS,
    ACTIONS_WITH_TAGS,
    EVERY_OPERATOR,
    FAMILIES,
    FAMILIES_OF_MIXED,
    KEYS,
    KEYS_OF_FAMILY,
    MISFIT_SHARE,
    MULTIVALUED,
    values_of_operator,
)

Statement = dict[str, Any]


class PolicyMaker:
    """Draws policies about one family of callers, and changes them.

    Args:
        seed: the same seed gives the same policies.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.family = self.chance.choice(FAMILIES)

    def pair(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return a policy and what one or two small changes made of it."""
        old = self.policy()
        new = old
        while new == old:
            new = self.changed(old)
            if self.chance.random() < 0.3:
                new = self.changed(new)
        return old, new

    def policy(self) -> dict[str, Any]:
        """Return a policy of one to three Allow statements and up to two Deny statements."""
        effects = ["Allow"] * self.chance.choice((1, 1, 1, 2, 3)) + ["Deny"] * self.chance.choice(
            (0, 0, 0, 1, 2)
        )
        version = "2012-10-17" if self.chance.random() < 0.9 else "2008-10-17"
        return {"Version": version, "Statement": [self.statement(effect) for effect in effects]}

    def _one_family(self) -> str:
        return self.chance.choice(FAMILIES_OF_MIXED) if self.family == "mixed" else self.family

    def statement(self, effect: str) -> Statement:
        """Return a statement about one kind of caller."""
        family = self._one_family()
        found: Statement = {
            "Effect": effect,
            "Principal": self.principal(family),
            **self.action(family),
        }
        for key in self.chance.sample(
            KEYS_OF_FAMILY[family], self.chance.choice((0, 1, 1, 2, 2, 3))
        ):
            self._add_condition(found, key)
        return found

    def principal(self, family: str) -> Any:
        """Return the principal of a statement."""
        if family == "service":
            return {"Service": self.chance.sample(world.SERVICES, self.chance.choice((1, 2)))}
        if family in ("github", "gitlab"):
            return {"Federated": world.oidc_provider(GITHUB if family == "github" else GITLAB)}
        if family == "saml":
            return {"Federated": world.SAML_PROVIDER}
        if self.chance.random() < 0.03:
            return "*"
        account = self.chance.choice((OWN, VENDOR, VENDOR, THIRD))
        names = (
            "*", "*", account, f"arn:aws:iam::{account}:root", f"arn:aws:iam::{account}:role/app",
            f"arn:aws:iam::{account}:user/ops", f"arn:aws:iam::{VENDOR}:role/team/app2",
            f"arn:aws:sts::{VENDOR}:assumed-role/app/run",
        )  # fmt: skip
        chosen = list(dict.fromkeys(self.chance.sample(names, self.chance.choice((1, 1, 2)))))
        return {"AWS": chosen if len(chosen) > 1 else chosen[0]}

    def action(self, family: str) -> dict[str, Any]:
        """Return the `Action` or `NotAction` of a statement."""
        if family == "tags":
            return {"Action": self.chance.choice(ACTIONS_WITH_TAGS)}
        if self.chance.random() < 0.03:
            return {
                "NotAction": self.chance.choice(("sts:TagSession", "iam:*", "sts:AssumeRoleWith*"))
            }
        kind = {"service": "aws", "github": "oidc", "gitlab": "oidc"}.get(family, family)
        return {"Action": self.chance.choice(ACTIONS[kind])}

    def condition(self, key: str) -> tuple[str, list[str]]:
        """Return an operator and values for a key."""
        language = KEYS[key]
        is_misfit = self.chance.random() < MISFIT_SHARE and key not in MULTIVALUED
        operator = self.chance.choice(EVERY_OPERATOR if is_misfit else language.operators)
        if operator == "Null":
            return operator, [self.chance.choice(("true", "false"))]
        values = [language.value(self.chance) for _ in range(self.chance.choice((1, 1, 2, 3)))]
        if is_misfit:
            suiting = values_of_operator(operator)
            values = [self.chance.choice((self.chance.choice(suiting), value)) for value in values]
        if ":" not in operator and self.chance.random() < 0.08:
            operator = self.chance.choice(("ForAnyValue:", "ForAllValues:")) + operator
        if self.chance.random() < 0.15:
            operator += "IfExists"
        return operator, list(dict.fromkeys(values))

    def _add_condition(self, statement: Statement, key: str) -> None:
        operator, values = self.condition(key)
        written = values if len(values) > 1 or self.chance.random() < 0.5 else values[0]
        statement.setdefault("Condition", {}).setdefault(operator, {})[self._spelled(key)] = written

    def _spelled(self, key: str) -> str:
        """The name of a condition key has no case."""
        return key.lower() if self.chance.random() < 0.05 else key

    def changed(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a document after one small change."""
        found = copy.deepcopy(document)
        statement = self.chance.choice(found["Statement"])
        change = self.chance.choices(_CHANGES, _WEIGHTS)[0]
        change(self, found, statement)
        return found

    def _add_statement(self, document: dict[str, Any], statement: Statement) -> None:
        document["Statement"].append(self.statement(self.chance.choice(("Allow", "Deny"))))

    def _remove_statement(self, document: dict[str, Any], statement: Statement) -> None:
        if len(document["Statement"]) > 1:
            document["Statement"].remove(statement)

    def _change_principal(self, document: dict[str, Any], statement: Statement) -> None:
        statement["Principal"] = self.principal(self._one_family())

    def _change_action(self, document: dict[str, Any], statement: Statement) -> None:
        statement.pop("Action", None)
        statement.pop("NotAction", None)
        statement |= self.action(self._one_family())

    def _shuffle_statements(self, document: dict[str, Any], statement: Statement) -> None:
        self.chance.shuffle(document["Statement"])

    def _add_one_condition(self, document: dict[str, Any], statement: Statement) -> None:
        self._add_condition(statement, self.chance.choice(KEYS_OF_FAMILY[self._one_family()]))

    def _remove_condition(self, document: dict[str, Any], statement: Statement) -> None:
        if statement.get("Condition"):
            self._take_condition(statement)

    def _redraw_condition(self, document: dict[str, Any], statement: Statement) -> None:
        if statement.get("Condition"):
            key, _ = self._take_condition(statement)
            self._add_condition(statement, _KEY_BY_LOWER_CASE[key.lower()])

    def _change_value(self, document: dict[str, Any], statement: Statement) -> None:
        conditions = statement.get("Condition")
        if not conditions:
            return
        operator = self.chance.choice(list(conditions))
        key = self.chance.choice(list(conditions[operator]))
        if operator == "Null":
            return
        values = list(as_list(conditions[operator][key]))
        place = self.chance.randrange(len(values))
        another = KEYS[_KEY_BY_LOWER_CASE[key.lower()]].value(self.chance)
        value = values[place]
        # Whether the "T" and "Z" of a date may be in lower case, AWS does not say.
        other_case = value if "Date" in operator else value.swapcase()
        values[place] = self.chance.choice(
            (f"{value}*", value[:-1] or "a", other_case, another, another)
        )
        conditions[operator][key] = list(dict.fromkeys(values))

    def _take_condition(self, statement: Statement) -> tuple[str, Any]:
        conditions = statement["Condition"]
        operator = self.chance.choice(list(conditions))
        key = self.chance.choice(list(conditions[operator]))
        values = conditions[operator].pop(key)
        if not conditions[operator]:
            del conditions[operator]
        if not conditions:
            del statement["Condition"]
        return key, values


_KEY_BY_LOWER_CASE = {key.lower(): key for key in KEYS}
_CHANGES_AND_WEIGHTS = {
    PolicyMaker._add_statement: 10,
    PolicyMaker._remove_statement: 5,
    PolicyMaker._change_principal: 9,
    PolicyMaker._change_action: 4,
    PolicyMaker._shuffle_statements: 4,
    PolicyMaker._add_one_condition: 15,
    PolicyMaker._remove_condition: 14,
    PolicyMaker._redraw_condition: 12,
    PolicyMaker._change_value: 27,
}
_CHANGES = tuple(_CHANGES_AND_WEIGHTS)
_WEIGHTS = tuple(_CHANGES_AND_WEIGHTS.values())
