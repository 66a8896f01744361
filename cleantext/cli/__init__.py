"""The command line. Nothing heavy is imported before it is known what was asked for."""

from __future__ import annotations


def main() -> None:
    """The command `cleantext`."""
    import signal

    from cleantext.cli.group import cli

    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _stop)
    cli(prog_name="cleantext")


def _stop(signal_number: int, frame: object) -> None:
    """End by an exception, so that half-written files are taken away."""
    raise SystemExit(128 + signal_number)
