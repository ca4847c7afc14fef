"""A service principal with the domain of a partition, `ec2.amazonaws.com.cn`: the older way to
write it.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import services
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import SERVICE_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, example, principals

_USUAL = ".amazonaws.com"
_OLDER = tuple(f".{p.dns_suffix}" for p in PARTITIONS if f".{p.dns_suffix}" != _USUAL)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Service"):
        older = next((suffix for suffix in _OLDER if value.endswith(suffix)), None)
        if older is not None and services.is_known(value):
            plain = value.removesuffix(older) + _USUAL
            yield Hit(
                path,
                f'"{value}" is an older form. "{plain}" may work in every partition: newer '
                "guides use it.",
                assumptions=(
                    (
                        "AWS has no list of the services that still need the domain of their "
                        "partition."
                    ),
                ),
            )


PITFALL = Pitfall(
    code="TP415",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A service principal with an older domain",
    find=find,
    needs=SERVICE_PRINCIPAL,
    fine="When it works: older roles contain it, and some tools still write it for EC2 in China.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(example({"Service": "ec2.amazonaws.com.cn"}),),
    good=(
        example({"Service": "ec2.amazonaws.com"}),
        example({"Service": "lambda.af-south-1.amazonaws.com"}),
    ),
)
