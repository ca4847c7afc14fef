"""What STS and its clients say of a call: the credentials, the token, the session.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

from __future__ import annotations

from trust_widgets.callers.other_refusals.text import OtherRefusal

_PROVIDER = "the identity provider in IAM, in the role's account"

# -- a token ---------------------------------------------------------------------------------------

_TOKENS = (
    OtherRefusal(
        "Incorrect token audience",
        f"The token's audience is not among the client IDs (audiences) of {_PROVIDER}. "
        "AWS rejects the token before it reads any trust policy. Add the audience "
        "there, or request the token with an audience that is registered.",
    ),
    OtherRefusal(
        r"No OpenIDConnect provider found in your account(?: for ([^\s=\"'<>]+))?",
        "The role's account has no OIDC identity provider for the token's issuer {0}. "
        "AWS rejects the token before it reads any trust policy. Create the provider in "
        "the role's account, with exactly this URL, its path included.",
    ),
    OtherRefusal(
        "Couldn.?t retrieve verification key from your identity provider",
        "AWS could not fetch the keys of the token's issuer. The trust policy is not the cause."
        " Make the issuer's discovery document and its jwks_uri public over HTTPS, and try again.",
    ),
    OtherRefusal(
        "certificate doesn.?t match (?:the )?configured thumbprint|Provided Thumbprint|"
        "thumbprint(?: is)? (?:not valid|invalid)",
        f"The thumbprint of {_PROVIDER} does not match the issuer's certificate. The trust policy"
        " is not the cause. Update the provider's thumbprint.",
    ),
    OtherRefusal(
        r"Token (?:is )?expired: |must be before the expiration|"
        r"ExpiredTokenException[^.]{0,60}AssumeRoleWith",
        "The token has expired. The trust policy is not the cause. Request a new token, and check"
        " the clock of the machine that requests it.",
    ),
    OtherRefusal(
        "ID Token provided is not a valid JWT|Provided token is not a JWT|not a valid JWT",
        "The text sent as a token is not a JWT. The trust policy is not the cause. Send the ID"
        " token itself, not an access token or the path of its file.",
    ),
    OtherRefusal(
        r"Missing a required claim: ?(\w+)?",
        "The token has no claim {0}, which AWS requires. The trust policy is not the cause. Have"
        " the issuer put the claim into the token.",
    ),
    OtherRefusal(
        "IDPRejectedClaim",
        "The identity provider rejected the token, or a claim of it is not valid. The trust policy"
        " is not the cause. Request a new token.",
    ),
    OtherRefusal(
        "IDPCommunicationError",
        "AWS could not reach the identity provider. The trust policy is not the cause. Try again,"
        " and make the issuer's discovery document public over HTTPS.",
    ),
    OtherRefusal(
        r"did you mean to set the `?id-token`? permission|ACTIONS_ID_TOKEN_REQUEST_URL|"
        "Unable to get OIDC token",
        "The GitHub Actions job could not request a token. No call has reached AWS. Write"
        " permissions: id-token: write (and contents: read) in the workflow or the job.",
    ),
    OtherRefusal(
        "Credentials could not be loaded|Could not load credentials from any providers|"
        "Unable to locate credentials|NoCredentialProviders|no EC2 IMDS role found",
        "The client found no credentials. No call has reached AWS, so the trust policy is not the"
        " cause. Give the client credentials, or let the job request a token.",
    ),
    OtherRefusal(
        "InvalidIdentityToken",
        "AWS could not use the token: its signature, issuer or audience does not fit "
        f"{_PROVIDER}. It rejects the token before it reads any trust policy. Compare "
        "the token's iss and aud with the provider's URL and client IDs.",
    ),
)

# -- SAML ------------------------------------------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html

_SAML = (
    OtherRefusal(
        "RoleSessionName is required in AuthnResponse",
        "The SAML response has no attribute RoleSessionName. The trust policy is not the cause."
        " Have the identity provider send https://aws.amazon.com/SAML/Attributes/RoleSessionName.",
    ),
    OtherRefusal(
        "RoleSessionName in AuthnResponse must match",
        "The SAML response's RoleSessionName is not 2 to 64 letters, digits and = , . @ - _. The"
        " trust policy is not the cause. Change the attribute at the identity provider.",
    ),
    OtherRefusal(
        "Response signature invalid|invalid SAML response|Invalid base64 SAMLResponse|"
        "Issuer not present in specified provider|Could not parse metadata",
        "The SAML response does not fit the metadata of the SAML provider in IAM. The trust policy"
        " is not the cause. Upload the identity provider's current metadata to the SAML provider.",
    ),
    OtherRefusal(
        "Specified provider doesn.?t exist",
        "The SAML provider that the response names is not in the role's account. The trust policy"
        " is not the cause. Correct the provider's ARN in the attribute Role.",
    ),
    OtherRefusal(
        "does not contain the required audience",
        "The SAML response has another audience than AWS requires. The trust policy is not the"
        " cause. Set the audience at the identity provider.",
    ),
)

# -- a session -------------------------------------------------------------------------------------
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

_SESSIONS = (
    OtherRefusal(
        r"Roles may not be assumed by root accounts",
        "The caller is the root user of an account. A root user cannot assume roles, "
        "whatever the trust policy says. Call as an IAM user or as a role's session.",
    ),
    OtherRefusal(
        r"1 hour session limit for roles assumed by role chaining",
        "The call requests more than one hour, and the caller is a role session (role "
        "chaining). With role chaining, a session lasts at most one hour (3600 "
        "seconds). Request 3600 seconds or less, or assume the role from a user or with "
        "a token.",
    ),
    OtherRefusal(
        "DurationSeconds exceeds the MaxSessionDuration",
        "The call requests a longer session than the role's maximum session duration. "
        "The trust policy is not the cause. Request less, or raise the role's "
        "MaxSessionDuration.",
    ),
    OtherRefusal(
        r"PackedPolicyTooLarge|Packed (?:size|policy)[^.]{0,80}(?:allotted space|consumes)",
        "The session policies and session tags of the call are too large together when AWS packs"
        " them. The trust policy is not the cause. Pass fewer or shorter tags and policies.",
    ),
    OtherRefusal(
        r"RegionDisabled|STS is not activated in this region",
        "AWS STS is not activated for the account in the Region that was called. The trust policy"
        " is not the cause. Activate the Region in the account settings of IAM, or call the STS"
        " endpoint of another Region.",
    ),
    OtherRefusal(
        "MultiFactorAuthentication failed|invalid MFA one time pass code",
        "The MFA code or the serial number of the device is wrong. AWS rejects the call "
        "before it reads any trust policy. Pass the device's ARN as SerialNumber and a "
        "new code.",
    ),
    OtherRefusal(
        r"security token included in the request is expired|ExpiredToken\b|RequestExpired",
        "The caller's own credentials have expired. The trust policy is not the cause. Sign in"
        " again, or request new credentials.",
    ),
    OtherRefusal(
        "security token included in the request is invalid|InvalidClientTokenId|"
        "UnrecognizedClientException|SignatureDoesNotMatch",
        "The caller's own credentials are not valid: a wrong key, or one of another partition. The"
        " trust policy is not the cause. Use credentials that work with aws sts"
        " get-caller-identity.",
    ),
    OtherRefusal(
        "Request ARN is invalid|at 'roleArn' failed to satisfy",
        "The ARN of the role in the call is not an ARN. No policy was read. Write the whole ARN,"
        " like arn:aws:iam::111122223333:role/app, without spaces or a mask.",
    ),
    OtherRefusal(
        "at '(roleSessionName|externalId|sourceIdentity|tags[^']{0,60})' failed to satisfy",
        "A parameter of the call, {0}, has a form that AWS does not accept. No policy "
        "was read. Correct the parameter in the call.",
    ),
)

OF_STS = (*_SESSIONS, *_TOKENS, *_SAML)
