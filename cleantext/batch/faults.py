"""Faults on demand, so that tests can show what happens when a document hangs, crashes or eats the memory of its process."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import Final

SWITCH: Final = "CLEANTEXT_TEST_FAULTS"
"""The environment variable that lets documents ask for a fault. Without it, nothing here does anything."""

_FAULT: Final = re.compile(r"<!--cleantext-fault:(hang|kill|exit|oom|raise)-->")


def fault(source: str | bytes) -> None:
    """Do what a document asks for, if the environment allows it."""
    if not os.environ.get(SWITCH):
        return
    text = source if isinstance(source, str) else source.decode("latin-1")
    asked = _FAULT.search(text)
    if not asked:
        return
    if asked[1] == "hang":
        time.sleep(3600)
    elif asked[1] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif asked[1] == "exit":
        os._exit(0)
    elif asked[1] == "oom":
        _eat()
    else:
        raise RuntimeError("a fault was asked for")


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(2**24))
