"""What IAM says of a trust policy that it does not save, and services of a role they cannot use.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html
"""

from __future__ import annotations

from trust_widgets.callers.other_refusals.text import OtherRefusal

# -- saving a trust policy -------------------------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html

_SAVING = (
    OtherRefusal(
        r"statement with no principals|Missing required field Principal|Principal cannot be empty",
        "A statement has no principal, so IAM does not save the policy. Name who can "
        "assume the role.",
    ),
    OtherRefusal(
        r"Invalid principal in policy:? ?\"?(?:\"?(?:AWS|SERVICE|FEDERATED)\"?:)?\"?"
        r"([\w:/+=,.@*-]{0,400})",
        "IAM did not find the principal {0} when it saved the policy. A user or role "
        "must exist in the same partition. It may be deleted, not created yet, or "
        "misspelled, including its path. Create it first, or correct the ARN.",
    ),
    OtherRefusal(
        r"contained an invalid principal: \"?STAR",
        'IAM does not save "Principal": "*" in a trust policy. Name who can assume '
        'the role. For everyone with a condition, write {{"AWS": "*"}}.',
    ),
    OtherRefusal(
        r"Has prohibited field (?:Not)?Resource|must not contain resources",
        "The policy has a Resource, which a trust policy cannot have: it belongs to its role."
        " Remove Resource.",
    ),
    OtherRefusal(
        r"may only specify STS AssumeRole actions",
        "The policy allows an action that is not of STS. A trust policy can only allow "
        "sts:AssumeRole and similar actions. Put what the role can do into its "
        "permissions policy.",
    ),
    OtherRefusal(
        r"must be valid domain names or SAML metadata ARNs",
        "The value of Federated is neither the ARN of an identity provider nor a domain of AWS's"
        " own providers. Write the provider's ARN, without https:// in it.",
    ),
    OtherRefusal(
        r"condition block must be present for the Cognito provider",
        "The statement for Cognito has no condition. Add a condition on its key :aud, with the ID"
        " of the identity pool.",
    ),
    OtherRefusal(
        r"must not contain NotPrincipal|Has prohibited field NotPrincipal|"
        "Allow with NotPrincipal is not allowed",
        "The policy has NotPrincipal, which a trust policy cannot have. Name in "
        "Principal who can assume the role.",
    ),
    OtherRefusal(
        r"must evaluate, using [^:]{0,160}?\b([\w./-]{1,200}:\w{1,60})",
        "IAM rejects trust policies for this shared issuer that do not name the "
        "customer. Add a condition on {0} with a value that names your organization.",
    ),
    OtherRefusal(
        r"Cannot exceed quota for ACLSizePerRole(?:: ?(\d+))?",
        "The trust policy is longer than the account's quota of {0} characters. Shorten it, or"
        " raise the quota in Service Quotas, in the Region US East (N. Virginia).",
    ),
    OtherRefusal(
        r"Statement I[Dd]s? (?:\(SID\) )?in (?:a single|the) policy",
        "Two statements have the same Sid. Each Sid must be unique in its policy.",
    ),
    OtherRefusal(
        r"Missing required field (Action|Effect|Statement|Version)|"
        r"must contain a valid version string",
        "The policy lacks a required element, {0}. Add it.",
    ),
    OtherRefusal(
        r"invalid Json|Syntax errors? in policy|not in the valid JSON format|"
        r"JSON strings must not have leading spaces",
        "IAM could not read the policy as JSON. Paste the policy into the editor, which shows each"
        " mistake with its line.",
    ),
    OtherRefusal(
        r"UnmodifiableEntity|service-linked role[^.]{0,60}cannot be (?:modified|updated)",
        "The role is a service-linked role, so its trust policy cannot be changed.",
    ),
    OtherRefusal(
        r"role with name (\S{1,64}) cannot be found",
        (
            "There is no role named {0} in the account that was called. Check the account "
            "and the name."
        ),
    ),
    OtherRefusal(
        r"ConcurrentModification",
        "Two changes of the role were made at the same time, and IAM saved only one of "
        "them. Read the role's trust policy again, and save it once more.",
    ),
    OtherRefusal(
        r"Policy document should not specify a principal",
        "The policy was saved as a permissions policy, but it has a Principal, which "
        "only a trust policy can have. Save it with aws iam update-assume-role-policy, "
        "or as the role's assume_role_policy.",
    ),
    OtherRefusal(
        "MalformedPolicyDocument",
        "IAM did not save the policy, and the text does not say why. Paste the policy into the"
        " editor, which shows each mistake with its line.",
    ),
)

# -- a service that cannot assume its role ---------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html

_OF_ONE_SERVICE = (
    (r"role defined for the function cannot be assumed by Lambda", "lambda.amazonaws.com"),
    (r"ECS was unable to assume the role", "ecs-tasks.amazonaws.com"),
    (r"Firehose is unable to assume role", "firehose.amazonaws.com"),
    (r"must allow AWS Step Functions to assume the role", "states.amazonaws.com"),
)
_SERVICES = (
    *(
        OtherRefusal(
            pattern,
            f"The service {principal} cannot assume the role. Allow sts:AssumeRole in "
            f'the trust policy for the principal {principal}, and try "AWS service" as '
            "the caller.",
        )
        for pattern, principal in _OF_ONE_SERVICE
    ),
    OtherRefusal(
        r"EKS does not have permissions to assume the associated role",
        "EKS Pod Identity cannot assume the role. Allow sts:AssumeRole in the trust "
        "policy and sts:TagSession for the principal pods.eks.amazonaws.com, and try "
        '"EKS Pod Identity" as the caller.',
    ),
    OtherRefusal(
        r"is not authorized to perform:? iam:PassRole|not authorized to pass (?:this )?role|"
        r"Cross-account pass role is not allowed",
        "The caller is not allowed to pass the role to a service (iam:PassRole). This "
        "is a permission of the caller, not a part of the trust policy. Allow "
        "iam:PassRole on the role, in its own account, in the caller's policy.",
    ),
    OtherRefusal(
        r"(?<![\w/:.@*-])(\w{2,30}) is not authorized to perform:? sts:AssumeRole on|"
        r"must allow (\w[\w ]{1,40}?) to assume the role|"
        r"cannot be assumed by (?:the )?(?:principal )?'?([\w.-]+\.amazonaws\.com)|"
        r"Please verify that the role being passed has the proper trust relationship|"
        r"trust relationship[^.]{0,60}allow[^.]{0,40}service|"
        r"service principal ([\w.-]+\.amazonaws\.com)",
        "A service cannot assume the role: {0}. Allow sts:AssumeRole in the trust "
        'policy for the service\'s principal, and try "AWS service" as the caller.',
    ),
    OtherRefusal(
        r"IAM Role \(?(arn:\S+?)\)? cannot be assumed|Cannot assume IAM Role|"
        r"unable to assume (?:the )?role",
        "The role {0} could not be assumed, and the text does not say who called or "
        'why. Paste the whole message, with "User: arn:... is not authorized to '
        'perform: ...".',
    ),
)

OF_IAM = (*_SAVING, *_SERVICES)
