"""parliament as a library: `analyze_policy_string`, with its community auditors."""

import parliament
from serving import serve


def check(text):
    """All findings, with their severity as its command line gives it.

    It knows resource policies, in which a Resource has to stand; that a trust policy has none is
    not held against it.
    """
    policy = parliament.analyze_policy_string(text, include_community_auditors=True)
    found = [parliament.enhance_finding(finding) for finding in policy.findings]
    told = [
        (finding.issue, finding.severity, f"{finding.title}: {finding.detail}") for finding in found
    ]
    return [
        finding for finding in told if not finding[2].endswith("neither Resource nor NotResource")
    ]


serve(check)
