"""One analysis: what is found in a trust policy, and who may assume the role.

It takes and gives plain values that go to another process.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from trust_widgets.access import CallerClass, who_gets_in
from trust_widgets.findings import (
    NOT_CHECKED,
    Finding,
    by_rank,
    internal_error,
    is_internal_error,
    read_policy,
)
from trust_widgets.inventory.normal_form import NormalForm
from trust_widgets.pitfalls import findings_of
from trust_widgets.policy import Home, Statement, TrustPolicy
from trust_widgets.readers import RoleRecord
from trust_widgets.reports import (
    home_of_completed,
    home_of_record,
    judged,
    policies_by_conditions,
)

YES, NO, NOT_DECIDED, NAMED = "yes", "no", "not decided", "named account"
ANALYSED, UNREADABLE, INCOMPLETE, FAILED = (
    "analyzed",
    "cannot be read",
    "not completely known",
    "internal error",
)


@dataclass(frozen=True, slots=True)
class RoleAnalysis:
    """What is known of the trust policy of one role, or of all roles with the same form.

    Args:
        status: `"analyzed"`, `"cannot be read"`, `"not known whole"` or `"internal error"`.
        findings: as `check` gives them. callers: as `who_gets_in` gives them.
        kinds: for each caller, its kind: `"aws"`, `"service"`, `"oidc"`, `"saml"` or `"any"`.
        access: for each caller, whether external callers are among them: `"yes"`, `"no"`,
            `"named account"` for an account that the policy names and that is not known as the
            reader's, or `"not decided"`.
        in_each_case: of a policy that depends on conditions of its template, whether there is
            external access, where that is the same whatever they are; else `""`.
    """

    status: str
    findings: tuple[Finding, ...] = ()
    callers: tuple[CallerClass, ...] = ()
    kinds: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    in_each_case: str = ""

    @property
    def summary(self) -> Summary:
        """The same in short."""
        counted = [finding for finding in self.findings if not finding.accepted]
        worst = min(counted, key=by_rank) if counted else None
        return Summary(
            self.status,
            "" if worst is None else str(worst.verdict),
            "" if worst is None else str(worst.severity),
            self.external,
            ", ".join(sorted(set(self.kinds))),
            len(counted),
            len(self.findings) - len(counted),
            len(self.callers),
        )

    @property
    def external(self) -> str:
        """Whether there is external access, as `access` says it of callers."""
        if self.status != ANALYSED:
            return self.in_each_case or NOT_DECIDED
        return next((answer for answer in (YES, NAMED, NOT_DECIDED) if answer in self.access), NO)


def _access_of(caller: CallerClass, home: Home) -> str:
    """Whether external callers are among some callers."""
    if caller.external == "vendor":
        return NO
    if caller.external == NOT_DECIDED and _is_of_organization(caller, home):
        return NO
    return caller.external


def _is_of_organization(caller: CallerClass, home: Home) -> bool:
    """Whether a call shows that the callers are of the reader's own organization."""
    if caller.witness is None or not home.organization:
        return False
    return caller.witness.keys.get("aws:principalorgid") == home.organization


def _index_of(caller: CallerClass) -> int:
    if len(caller.path) > 1:
        return int(caller.path[1])
    return 0


def _with_callers(
    status: str,
    findings: tuple[Finding, ...],
    callers: tuple[CallerClass, ...],
    policy: TrustPolicy,
    home: Home,
) -> RoleAnalysis:
    kinds = tuple(_kind_of(caller, policy) for caller in callers)
    access = tuple(_access_of(caller, home) for caller in callers)
    return RoleAnalysis(status, findings, callers, kinds, access)


class Summary(NamedTuple):
    """What the table of roles says of an analysis.

    Args:
        status: as of `RoleAnalysis`.
        verdict, severity: of the worst finding that is not accepted; `""` without one.
        external: whether there is external access, as `RoleAnalysis.access` says it of callers.
        kinds: of callers, with commas between them.
        findings, accepted, callers: how many; what is accepted counts as no finding.
    """

    status: str
    verdict: str
    severity: str
    external: str
    kinds: str
    findings: int
    accepted: int
    callers: int


def analysis_of(form: NormalForm, home: Home) -> RoleAnalysis:
    """Analyze the policy of a form. Never raises: an internal error is a finding.

    Args:
        form: the form. home: what is the reader's own.
    """
    try:
        return _analysed(form.text, form.home(home))
    except Exception as error:
        return failed(error)


def failed(error: Exception) -> RoleAnalysis:
    """The analysis of a policy for which it raised."""
    return RoleAnalysis(FAILED, (internal_error("The analysis of this role", error, NOT_CHECKED),))


def _analysed(text: str, home: Home) -> RoleAnalysis:
    policy, problems = read_policy(text)
    findings = tuple(findings_of(policy, problems, home))
    if policy is None or problems:
        return RoleAnalysis(UNREADABLE, findings)
    callers = tuple(who_gets_in(policy, home))
    status = FAILED if any(map(is_internal_error, findings)) else ANALYSED
    return _with_callers(status, findings, callers, policy, home)


def _kind_of(caller: CallerClass, policy: TrustPolicy) -> str:
    """The kind of callers that a statement allows."""
    if caller.witness is not None:
        return caller.witness.identity.kind
    return _kind_of_statement(policy.statements[_index_of(caller)])


def _kind_of_statement(statement: Statement) -> str:
    principal = statement.principal
    if principal is None or principal.star:
        return "any"
    if principal.service:
        return "service"
    federated = principal.federated or ()
    if any(":saml-provider/" in value for value in federated):
        return "saml"
    if federated:
        return "oidc"
    return "aws"


class PackedAnalysis(NamedTuple):
    """An analysis as bytes, which take a tenth of its memory.

    Args:
        summary: the same in short. data: the analysis.
    """

    summary: Summary
    data: bytes


Job = tuple[int, NormalForm]
Result = tuple[int, PackedAnalysis]


def analyse_packed(jobs: Sequence[Job], home: Home) -> list[Result]:
    """Analyze several forms, in this process or in another one.

    Args:
        jobs: forms with their numbers. home: what is the reader's own.
    """
    return [(number, packed(analysis_of(form, home))) for number, form in jobs]


def packed(analysis: RoleAnalysis) -> PackedAnalysis:
    """An analysis as bytes."""
    return PackedAnalysis(analysis.summary, pickle.dumps(analysis, pickle.HIGHEST_PROTOCOL))


def unpacked(analysis: PackedAnalysis) -> RoleAnalysis:
    """An analysis that `packed` made in this or in a worker process."""
    found: RoleAnalysis = pickle.loads(analysis.data)
    return found


def analysis_of_record(record: RoleRecord, home: Home) -> RoleAnalysis:
    """Analyze a role of a file of which something may not be known. Never raises."""
    try:
        findings = tuple(placed.finding for placed in judged(record, home))
        if record.trust is None:
            status = UNREADABLE if record.problems else INCOMPLETE
            return RoleAnalysis(status, findings, in_each_case=_in_each_case(record, home))
        own = home_of_record(record, home)
        callers = tuple(who_gets_in(record.trust, own))
        return _with_callers(ANALYSED, findings, callers, record.trust, own)
    except Exception as error:
        return failed(error)


def _in_each_case(record: RoleRecord, home: Home) -> str:
    """Whether there is external access whatever the conditions of a template are.

    `""` where that depends on them, and where a part of the policy is not known.
    """
    policies = policies_by_conditions(record)
    if not policies:
        return ""
    own = home_of_completed(record, home)
    answers = {
        _with_callers(ANALYSED, (), tuple(who_gets_in(policy, own)), policy, own).external
        for policy in policies.values()
    }
    return answers.pop() if len(answers) == 1 else ""
