"""Keep or remove: the policy, and the guards that protect the body."""

from __future__ import annotations

from cleantext.document import Label
from cleantext.options import MARKED_APART, Options


def keeps(label: Label, options: Options, *, marked: bool = False, outside: bool = False) -> bool:
    """Does a block with this label stay in the output?

    `marked` says that the label is the markup's own word (HTML), so that title, byline, dateline and caption are shown only on
    request; `outside`, that the block stands outside a page's main content: whatever the profile, only `options.keep` keeps it.
    """
    if outside:
        return label in options.keep
    if label in options.removed_labels:
        return False
    if marked and label in MARKED_APART:
        return label in options.include
    return True
