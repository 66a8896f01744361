"""How often a property is tried: a number for every day, which grows with the profile."""

from hypothesis import settings

EVERY_DAY = 60
"""Examples of the profile `ci`."""


def tries(number: int) -> settings:
    """So many examples in the profile `ci`, and as many times more as another profile has more of them."""
    return settings(max_examples=max(number * settings().max_examples // EVERY_DAY, 1))
