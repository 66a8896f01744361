"""Leave out of the collection of doctests what imports a package that is not installed, and keep the hosts from reporting on their users.

Rules and models that aren't those of the package's list end the run before it begins: no test would mean what it says.
"""

import ast
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleantext.packaged import COMMAND, LISTING, digests
from cleantext.packaged.__main__ import present

PACKAGE = Path(__file__).parent / "cleantext"
HOSTS = PACKAGE / "integrations"
WITH_EXTRAS = [*HOSTS.glob("*.py"), *(PACKAGE / "serve").glob("*.py")]


def imported(file: Path) -> set[str]:
    """The packages that a module imports when it is loaded."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    names = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


for switch, off in {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}.items():
    os.environ[switch] = off  # the tests of this package open no connection

collect_ignore = [str(file) for file in WITH_EXTRAS if not all(map(find_spec, imported(file)))]
if not shutil.which("java"):
    collect_ignore.append(str(HOSTS / "spark.py"))


def pytest_configure() -> None:
    """Say what to do after a change of rules or models."""
    if unlisted := present().items() ^ digests().items():
        names = ", ".join(f"cleantext/{path}" for path in sorted({path for path, _ in unlisted}))
        raise pytest.UsageError(
            f"{names}: not as cleantext/{LISTING} has it. If you changed it yourself, run `{COMMAND}`, then the tests again"
        )
