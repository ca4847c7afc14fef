"""An external ID required from an AWS service: few services send one."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.service_calls import sends_external_id
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.absent_keys import keys_never_had
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import asked, callers
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    told = {place for _, place, _ in keys_never_had(policy)}
    for each in asked(policy):
        if each.key != "sts:externalid" or each.place in told:
            continue
        named = callers(each.path, each.statement)
        services = [caller.text for caller in named if caller.kind == "service"]
        if services and not any(sends_external_id(service) for service in services):
            yield Hit(
                each.place,
                "An external ID is sent by third parties. Few AWS services send one, so this "
                "service may not be allowed. A service sends the resource it works for in "
                "aws:SourceArn and aws:SourceAccount. Use these keys instead.",
                assumptions=("Only the service's own page says whether it sends an external ID.",),
            )


_ID = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}

PITFALL = Pitfall(
    code="TP443",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An external ID required from a service",
    find=find,
    needs=condition_on("sts:ExternalId"),
    fine=(
        "When the service's own page says that it sends one, as those of Cognito user pools, VM"
        " Import/Export, Redshift and Data Firehose do."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    bad=(example({"Service": "glue.amazonaws.com"}, condition=_ID),),
    good=(
        example({"Service": "cognito-idp.amazonaws.com"}, condition=_ID),
        example({"Service": "redshift.amazonaws.com"}, condition=_ID),
        example({"AWS": "arn:aws:iam::999988887777:root"}, condition=_ID),
    ),
)
