"""The systems by name: what has to be installed, what they read, how they are made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Final, Literal

from cleantext.errors import InputError
from cleantext.evaluate.benchmark import peers
from cleantext.evaluate.benchmark.peers import Extract

OURS: Final = "cleantext"


@dataclass(frozen=True, slots=True)
class System:
    """A system: its distribution and the module that it installs; `make` gives its function, in the process in which it is measured.

    `reads` says what it gets: `source` (pages and texts as they are), `bytes` (of pages), `text` (decoded pages; decoding is not in its
    time). Texts are made into bare pages for systems that read only pages.
    """

    name: str
    distribution: str
    module: str
    make: Callable[..., Extract]
    reads: Literal["source", "bytes", "text"] = "bytes"

    @property
    def how(self) -> str:
        """How it is called, in a sentence."""
        function = self.make.func if isinstance(self.make, partial) else self.make
        settings = self.make.keywords if isinstance(self.make, partial) else {}
        said = " ".join((function.__doc__ or "").split())
        chosen = ", ".join(f"{key}={value}" for key, value in settings.items() if value is not None)
        return f"{said} ({chosen})" if chosen else said

    @property
    def version(self) -> str:
        """The version that is installed; empty if none is."""
        try:
            return version(self.distribution) if self.name != OURS else _own_version()
        except PackageNotFoundError:
            return "unknown version" if find_spec(self.module) else ""

    @property
    def missing(self) -> str:
        """Why it can't be measured; empty if it can."""
        if self.module in sys.modules or find_spec(self.module):
            return ""
        return f"not installed: python -m pip install {self.distribution}"


SYSTEMS: Final[Mapping[str, System]] = {
    system.name: system
    for system in (
        System(OURS, "cleantext-articles", "cleantext", peers.cleantext, reads="source"),
        System("trafilatura", "trafilatura", "trafilatura", peers.trafilatura),
        System("trafilatura-fast", "trafilatura", "trafilatura", partial(peers.trafilatura, fast=True)),
        System("trafilatura-precision", "trafilatura", "trafilatura", partial(peers.trafilatura, precision=True)),
        System("trafilatura-recall", "trafilatura", "trafilatura", partial(peers.trafilatura, recall=True)),
        System("resiliparse", "resiliparse", "resiliparse", peers.resiliparse),
        System("readability-lxml", "readability-lxml", "readability", peers.readability, reads="text"),
        System("justext", "justext", "justext", peers.justext),
        System("newspaper4k", "newspaper4k", "newspaper", peers.newspaper, reads="text"),
        System("boilerpy3", "boilerpy3", "boilerpy3", peers.boilerpy, reads="text"),
        System("datatrove-c4", "datatrove", "datatrove", peers.c4, reads="source"),
    )
}


def choose(names: str | None, **own: Any) -> list[System]:
    """The systems named, parted by commas, or all; ours is made with the settings `own`.

    Raises:
        InputError: there is no system of that name.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()] if names else list(SYSTEMS)
    if unknown := [name for name in wanted if name not in SYSTEMS]:
        raise InputError(f"no system {', '.join(unknown)}: choose of {', '.join(SYSTEMS)}")
    settings = {key: value for key, value in own.items() if value is not None}
    chosen = [SYSTEMS[name] for name in dict.fromkeys(wanted)]
    return [
        replace(system, make=partial(system.make, **settings)) if settings and system.name == OURS else system
        for system in chosen
    ]


def _own_version() -> str:
    from cleantext import __version__

    return __version__
