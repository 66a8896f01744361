"""What a process does to the world outside while it cleans: `python -m tests.contained {clean,load} SECRET` prints each thing as JSON.

`clean`: after a first turn, in which everything is loaded, all sources and hostile pages are cleaned. `load`: modules are imported,
then rules and models are loaded by the first documents.
"""

import ast
import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from cleantext import Cleaner, Options
from tests.sources import HOSTILE, cleaners, record, sources

CODE = ("pickle.", "marshal.", "exec", "compile", "code.__new__", "ctypes.")
OUTSIDE = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.", "urllib.",
    "http.", "ftplib.", "smtplib.", "webbrowser.", "open", "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir",
    "os.truncate", "os.chmod", "os.chown", "os.utime", "os.putenv", "os.unsetenv", "os.listdir", "os.scandir", "shutil.", "tempfile.",
    "glob.", "sqlite3.", "mmap.", "signal.", "sys.settrace", "os.kill",
)  # fmt: skip


class Watch:
    """What was seen of the `kinds` of events that are watched."""

    def __init__(self) -> None:
        self.kinds: tuple[str, ...] = ()
        self.seen: list[tuple[str, str]] = []

    def see(self, event: str, given: tuple[Any, ...]) -> None:
        if event.startswith(self.kinds) and not self._is_literal(event, given):
            self.seen.append((event, " ".join(str(one)[:200] for one in given)))

    def _is_literal(self, event: str, given: tuple[Any, ...]) -> bool:
        """Is it numpy reading an array's header, with `ast.literal_eval`? That compiles to a tree, and runs nothing."""
        if event != "compile" or given[1] != "<unknown>":
            return False
        header = given[0].decode("latin-1") if isinstance(given[0], bytes) else given[0]
        kinds, self.kinds = self.kinds, ()
        ast.literal_eval(header.strip())
        self.kinds = kinds
        return True


watch = Watch()


def clean_all(given: list[str | bytes], named: str = "/nowhere") -> None:
    hostile = [page.replace("{secret}", named) for page in HOSTILE]
    for cleaner in (*cleaners(), Cleaner(Options(extractor="none", kind="html"))):
        for source in (*given, *hostile, *(page.encode("utf-16") for page in hostile)):
            record(cleaner, source)


def main(what: str, given: str) -> None:
    sys.addaudithook(watch.see)
    texts = sources()
    if what == "load":
        for module in json.loads(given):
            with suppress(ImportError):  # some are made up by compiled ones
                import_module(module)
        watch.kinds = CODE
        clean_all(texts)
    else:
        clean_all(texts)
        watch.kinds = OUTSIDE
        clean_all(texts, given)
    watch.kinds = ()
    sys.stdout.write(json.dumps({"seen": watch.seen, "modules": sorted(sys.modules)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
