"""Values to try for a key that a policy variable names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.atoms import ABSENT, Found
from trust_widgets.access.caller import ALWAYS, NEVER
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.key_solver import Constraint
from trust_widgets.access.realistic_subjects import Model


def values_of_variable(
    environment: RequestEnvironment, key: str, model: Model, wanted: Iterable[Constraint]
) -> Iterator[Found]:
    """Yield the values to try: the present one, likely ones, and what other keys have to be.

    Args:
        environment: the caller and its session mode.
        key: the key that a variable names.
        model: the values of other keys.
        wanted: the constraints that contain variables.
    """
    fixed = environment.caller.fixed.get(key)
    presence = environment.presence(key)
    if fixed is not None:
        yield fixed
        return
    if presence == NEVER:
        yield ABSENT
        return
    if any(projection[0] == key for projection in environment.projections):
        yield ABSENT  # it follows from the ARN
        return
    if key in model:
        yield model[key]
    domain = environment.domain(key)
    yield from domain.examples[:2]
    for constraint in wanted:
        for pattern in constraint.atom.patterns[:4]:
            text = "".join(part if isinstance(part, str) else "x" for part in pattern)
            if domain.has(text):
                yield text
    if presence != ALWAYS:
        yield ABSENT
