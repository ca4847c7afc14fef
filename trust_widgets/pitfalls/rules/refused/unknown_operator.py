"""A condition operator that IAM does not know, or `IfExists` where it cannot be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import Fix, Home, Rename, TrustPolicy, example, nearest_name, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        written = dict.fromkeys(
            [*(c.operator for c in statement.conditions), *statement.bare_operators]
        )
        for operator in written:
            if operators.is_operator(operator):
                continue
            place = (*path, "Condition", operator)
            under = [c for c in statement.conditions if c.operator == operator]
            meant = _meant(operator, [condition.key for condition in under])
            guess, fix = ' Usual operators are "StringEquals" and "StringLike".', None
            if meant:
                guess = f' Did you mean "{meant}"?'
            if meant and meant not in written:
                fix = Fix(f'Rename to "{meant}"', (Rename(place, meant),))
            yield Hit(place, f'"{operator}" is not a condition operator.{guess}', fix=fix)


def _meant(operator: str, keys: Iterable[str]) -> str | None:
    """The operator that was most likely meant, with its set operator and `IfExists`.

    Args:
        operator: as written. keys: the condition keys under it.
    """
    quantifier, colon, name = operators.split_quantifier(operator)
    if_exists = "IfExists" if name.lower().endswith("ifexists") else ""
    base = _base(name[: len(name) - len(if_exists)], keys)
    if quantifier:
        quantifier = nearest_name(quantifier, operators.QUANTIFIERS) or ""
    if base is None or (colon and not quantifier):
        return None
    meant = f"{quantifier}{colon}{base}"
    if operators.is_operator(f"{meant}{if_exists}"):
        return f"{meant}{if_exists}"
    return meant


_KINDS = {"String": "String", "ARN": "Arn", "Numeric": "Numeric", "Date": "Date"}


def _base(name: str, keys: Iterable[str]) -> str | None:
    """The known operator that is nearest; of a name without a kind, as `Equals`, that of the
    keys.
    """
    nearest = nearest_name(name, operators.BASES)
    if nearest is not None and name[:3].lower() == nearest[:3].lower():
        return nearest
    types = {known.type for key in keys if (known := key_named(key)) is not None}
    if len(types) != 1:
        return None
    kind = _KINDS.get(types.pop(), "")
    wanted = f"{kind}{name}".lower()
    return next((base for base in operators.BASES if kind and base.lower() == wanted), None)


PITFALL = Pitfall(
    code="TP122",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An unknown condition operator",
    find=find,
    needs=CONDITIONS,
    fine="Never: IAM accepts only the operators it knows.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example({"AWS": "444455556666"}, condition={"StringEqual": {"sts:ExternalId": "b2f6c3de"}}),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/a"},
            condition={"NullIfExists": {"aws:PrincipalTag/a": "true"}},
        ),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/a"},
            condition={"Matches": {"aws:PrincipalTag/a": "b"}},
        ),
    ),
    good=(
        example(
            {"AWS": "444455556666"},
            condition={
                "ForAnyValue:StringLikeIfExists": {"aws:TagKeys": "a"},
                "StringEquals": {"sts:ExternalId": "b2f6c3de"},
            },
        ),
    ),
)
