"""ARNs that follow from a resource's name, and what names it in Terraform and CloudFormation.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from typing import NamedTuple

from trust_widgets.readers._tree import Tree, own, scalar


class NamedResource(NamedTuple):
    """A kind of resource.

    Args:
        service: as ARNs have it. before: what comes before the name in the last part.
        terraform: its type there, and the attribute with its name.
        cloudformation: the same, with the property.
        ref: what `Ref` gives in CloudFormation: `"name"`, `"arn"`, or `""` for something else.
        is_global: whether its ARN has neither region nor account.
    """

    service: str
    before: str
    terraform: tuple[str, str]
    cloudformation: tuple[str, str]
    ref: str = "name"
    is_global: bool = False


_RESOURCES = (
    NamedResource("s3", "", ("aws_s3_bucket", "bucket"), ("AWS::S3::Bucket", "BucketName"),
                  is_global=True),
    NamedResource("sns", "", ("aws_sns_topic", "name"), ("AWS::SNS::Topic", "TopicName"), "arn"),
    NamedResource("sqs", "", ("aws_sqs_queue", "name"), ("AWS::SQS::Queue", "QueueName"), ""),
    NamedResource("lambda", "function:", ("aws_lambda_function", "function_name"),
                  ("AWS::Lambda::Function", "FunctionName")),
    NamedResource("lambda", "function:", ("", ""),
                  ("AWS::Serverless::Function", "FunctionName")),
    NamedResource("dynamodb", "table/", ("aws_dynamodb_table", "name"),
                  ("AWS::DynamoDB::Table", "TableName")),
    NamedResource("ecs", "cluster/", ("aws_ecs_cluster", "name"),
                  ("AWS::ECS::Cluster", "ClusterName")),
    NamedResource("eks", "cluster/", ("aws_eks_cluster", "name"), ("AWS::EKS::Cluster", "Name")),
    NamedResource("states", "stateMachine:", ("aws_sfn_state_machine", "name"),
                  ("AWS::StepFunctions::StateMachine", "StateMachineName"), "arn"),
    NamedResource("codebuild", "project/", ("aws_codebuild_project", "name"),
                  ("AWS::CodeBuild::Project", "Name")),
    NamedResource("codepipeline", "", ("aws_codepipeline", "name"),
                  ("AWS::CodePipeline::Pipeline", "Name")),
    NamedResource("cloudtrail", "trail/", ("aws_cloudtrail", "name"),
                  ("AWS::CloudTrail::Trail", "TrailName")),
    NamedResource("scheduler", "schedule-group/", ("aws_scheduler_schedule_group", "name"),
                  ("AWS::Scheduler::ScheduleGroup", "Name")),
)  # fmt: skip
OF_TERRAFORM = {one.terraform[0]: one for one in _RESOURCES if one.terraform[0]}
OF_CLOUDFORMATION = {one.cloudformation[0]: one for one in _RESOURCES}


def arn_parts(kind: NamedResource, name: Tree, account: Tree, at: tuple[int, int]) -> list[Tree]:
    """The parts of a resource's ARN.

    Args:
        kind: of the resource. name: its name. account: the account that it is in.
        at: the place where the ARN is used.
    """
    begin = [
        scalar("arn:", *at),
        own("partition", "partition", *at),
    ]
    if kind.is_global:
        last = scalar(f":{kind.service}:::{kind.before}", *at)
        return [*begin, last, name]
    where = [
        scalar(f":{kind.service}:", *at),
        own("region", "region", *at),
        scalar(":", *at),
        account,
        scalar(f":{kind.before}", *at),
    ]
    return [*begin, *where, name]
