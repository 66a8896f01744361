"""What detection concludes about a block, and what others may claim about it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleantext.document import Label, Reason

Where = Literal["head", "tail", "anywhere"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The label of a block, how certain it is (`score`, in [0, 1]), and why."""

    label: Label
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a site's own rules say of a block: the finding that it gets, if it stands where they expect it.

    `company`: only beside another unwanted block. A claim of `body` protects the block from all rules.
    """

    finding: Finding
    where: Where = "anywhere"
    company: bool = False
