"""Settings of the whole suite: how hard Hypothesis tries (`--hypothesis-profile=nightly`), and the texts of `corpora/`."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CORPORA = Path(__file__).parent.parent / "corpora"
settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=60,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("nightly", settings.get_profile("ci"), derandomize=False, max_examples=5_000)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of labelled texts."""
    return CORPORA
