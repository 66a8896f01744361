"""Claims of a site's own rules, heeded among the rounds: what rules say comes first, then these, then the rules again."""

from __future__ import annotations

from collections.abc import Mapping

from cleantext.detect.finding import Claim
from cleantext.detect.walk import Walk
from cleantext.document import Label


def heed_protection(walk: Walk, claims: Mapping[int, Claim]) -> None:
    """Blocks that a site's file says to keep: no rule speaks about them any more."""
    for i, claim in claims.items():
        line = walk.lines[i]
        if claim.finding.label is Label.BODY:
            line.finding, line.hits = claim.finding, ()


def take_claims(walk: Walk, claims: Mapping[int, Claim]) -> bool:
    """Give blocks the findings that were claimed for them; says whether there were any.

    Forwards, then backwards: a run of short lines is accompanied from its first line on, or from its last.
    """
    taken = False
    order = list(claims)
    for i in (*order, *reversed(order)):
        claim, line = claims[i], walk.lines[i]
        if line.finding is None and walk.stands(i, claim.where) and (not claim.company or _accompanied(walk, i)):
            line.finding = claim.finding
            taken = True
    return taken


def _accompanied(walk: Walk, i: int) -> bool:
    """Is one of the blocks beside block `i` unwanted?"""
    return any(walk.lines[j].unwanted for j in (i - 1, i + 1) if 0 <= j < len(walk.lines))
