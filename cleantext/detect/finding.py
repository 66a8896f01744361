"""What detection concludes about a block."""

from __future__ import annotations

from dataclasses import dataclass

from cleantext.document import Label, Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """The label of a block, how certain it is (`score`, in [0, 1]), and why. `cuts`: the text stops at this wall."""

    label: Label
    score: float
    reasons: tuple[Reason, ...]
    cuts: bool = False
