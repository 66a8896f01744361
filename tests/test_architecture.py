"""What holds the package together: imports that point one way, a light start, small modules, nothing that runs a page's code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cleantext"
MODULES = sorted(PACKAGE.rglob("*.py"))

ORDER = (
    "document",
    "errors",
    "packaged",
    "ingest.labels",  # options name encodings
    "options",
    "ingest",
    "segment",
    "learned",
    "detect.finding",  # what every finder of unwanted blocks gives back
    "extract",
    "detect",
    "packaged.__main__",  # works out what packs require
    "sites",
    "decide",
    "completeness",
    "render",
    "reading",
    "cleaner",
    "",  # `from cleantext import ...`, the public names
    "sites.observe",  # learning looks at documents as they are cleaned
    "sites.sketch",
    "sites.store",
    "sites.candidate",
    "sites.choose",
    "sites.learn",
    "sites.reading",
    "evaluate",
    "train",
    "batch.workers",
    "columns",
    "batch",
    "columns",
    "report",
    "serve",
    "integrations",
    "evaluate.hosts",  # measures them
    "evaluate.benchmark",  # knows whose fold a page was in
    "cli",
    "evaluate.torture",  # asks the command line, too
    "__main__",
)
"""A module imports its own package, and what stands before it here."""

HEAVY = ("lxml", "trafilatura", "numpy", "selectolax", "charset_normalizer", "chardet", "resiliparse")
FORBIDDEN_IMPORTS = {"pickle", "marshal", "shelve", "dill", "socket", "subprocess", "urllib.request", "http.client", "requests"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.fork"}

MODULE_LINES = 350
FUNCTION_LINES = 60


def name_of(file: Path) -> str:
    """`detect.rules` of cleantext/detect/rules.py."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rank(module: str) -> int:
    """The place of a module in ORDER, by the longest entry that it is or lies in."""
    entries = [entry for entry in ORDER if module == entry or module.startswith(f"{entry}.")]
    assert entries, f"cleantext.{module} has no place in ORDER of {Path(__file__).name}: give it one"
    return ORDER.index(max(entries, key=len))


def imported(tree: ast.AST) -> set[str]:
    """The full names that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole package"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def own(names: set[str]) -> set[str]:
    """Which modules of this package those names are or lie in."""
    known = {name_of(file) for file in MODULES}
    inside = {name.removeprefix("cleantext").removeprefix(".") for name in names if name.split(".")[0] == "cleantext"}
    return {name if name in known else name.rpartition(".")[0] for name in inside} & known


def trees() -> list[tuple[str, ast.Module]]:
    return [(name_of(file), ast.parse(file.read_text(encoding="utf-8"))) for file in MODULES]


def test_modules_are_found() -> None:
    assert len(MODULES) >= 20


def test_imports_point_one_way() -> None:
    for module, tree in trees():
        if module == "":
            continue
        for target in own(imported(tree)) - {""}:
            same = target.split(".")[0] == module.split(".")[0]
            assert same or rank(target) < rank(module), f"cleantext.{module} imports cleantext.{target}, which comes later"


def test_no_module_imports_itself_in_a_circle() -> None:
    needs = {module: own(imported(tree)) - {module, ""} for module, tree in trees()}
    while needs:
        free = {module for module, targets in needs.items() if not targets & needs.keys()}
        assert free, f"imports in a circle among {sorted(needs)}"
        needs = {module: targets for module, targets in needs.items() if module not in free}


@pytest.mark.parametrize(
    "code",
    [
        "import cleantext",
        "import cleantext; cleantext.clean('It rained.\\n\\nYou have read 3 of 5 free articles. Subscribe to continue.')",
        "import cleantext; cleantext.clean('# Rain\\n\\nIt *rained* on [Monday](https://example.org).\\n\\n- much\\n- long\\n')",
        "import cleantext; cleantext.clean('Ça a plu.'.encode('utf-8'))",
    ],
    ids=["import", "text", "markdown", "bytes"],
)
def test_text_loads_nothing_heavy(code: str) -> None:
    report = f"{code}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}} & set({HEAVY!r})))"
    result = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == []


def test_one_module_imports_trafilatura() -> None:
    importers = {module for module, tree in trees() if any(name.split(".")[0] == "trafilatura" for name in imported(tree))}
    assert importers == {"extract.second_opinion", "evaluate.speed", "evaluate.benchmark.peers"}  # these two measure it


def test_nothing_runs_code_or_opens_a_connection() -> None:
    for module, tree in trees():
        assert not imported(tree) & FORBIDDEN_IMPORTS, module
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not calls & FORBIDDEN_CALLS, module


def test_errors_are_caught_by_name() -> None:
    for module, tree in trees():
        handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
        broad = [h for h in handlers if h.type is None or ast.unparse(h.type) in ("Exception", "BaseException")]
        assert not broad or module.startswith(("batch", "evaluate.benchmark.process", "evaluate.torture.run")), (
            f"cleantext.{module}, line {broad[0].lineno}"
        )


def test_modules_and_functions_are_small() -> None:
    for file, (module, tree) in zip(MODULES, trees(), strict=True):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES, file.name
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, f"cleantext.{module}.{node.name}"


def test_public_names_exist_and_have_docstrings() -> None:
    import cleantext

    for name in cleantext.__all__:
        assert (getattr(cleantext, name).__doc__ or "").strip(), name


def test_the_map_in_the_readme_is_whole() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README yet")
    text = readme.read_text(encoding="utf-8")
    top = {file.stem if file.is_file() else file.name for file in PACKAGE.iterdir() if file.suffix == ".py" or file.is_dir()}
    missing = {name for name in top if not name.startswith("__") and not re.search(rf"\b{name}\b", text)}
    assert not missing, f"the README's map does not name {', '.join(sorted(missing))}"
