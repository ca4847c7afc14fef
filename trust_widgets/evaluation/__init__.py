"""One call against one trust policy: the decision, and why.

`Request` is the call, `evaluate` decides it, `Decision` holds the outcome and the tree of reason codes; all text is
rendered from the codes. Nothing here was tried against a live AWS: each rule rests on the page it names, and what
AWS leaves open is one of `ASSUMPTIONS`.
"""

from trust_widgets.evaluation.assumptions import ASSUMPTIONS, Assumption
from trust_widgets.evaluation.deciding import evaluate
from trust_widgets.evaluation.decision import Decision
from trust_widgets.evaluation.reasons import Node, Outcome, Reason
from trust_widgets.evaluation.request import Request

__all__ = ["ASSUMPTIONS", "Assumption", "Decision", "Node", "Outcome", "Reason", "Request", "evaluate"]
