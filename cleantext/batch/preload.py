"""Loads rules and models when it is imported: processes that are started from one that did so share its memory, and begin at once."""

from __future__ import annotations

from cleantext.columns import warm_up

warm_up()
