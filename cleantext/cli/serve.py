"""`cleantext serve`: a page to try it on, and an endpoint, for this machine only."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import click

from cleantext.errors import InputError

HOST = "127.0.0.1"
CONNECTIONS = 64


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port to listen on (0: any that is free).",
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="MB",
    help="The largest request, in megabytes.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    metavar="SECONDS",
    help="End what takes longer.",
)
@click.option(
    "--memory", type=click.IntRange(min=100), default=2000, show_default=True, metavar="MB", help="End what needs more (Linux)."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), default=2, show_default=True, metavar="N", help="Answer N requests at once."
)
@click.help_option("-h", "--help")
def serve(port: int, max_size: int, deadline: float, memory: int, jobs: int) -> None:
    """Open a page to try it on: paste a page or a text, or drop a file, and see what goes and why.

    For callers that are not Python: POST /clean and POST /analyze, with {"source": "...", "options": {"profile": "strict"}}
    as JSON; /openapi.json describes both. It listens on this machine only, and keeps nothing.
    """
    for package in ("starlette", "uvicorn"):
        if find_spec(package) is None:
            raise InputError(f"serving needs the package {package}: python -m pip install 'cleantext-articles[serve]'")
    import uvicorn

    from cleantext.serve.app import Limits, app

    settings: dict[str, Any] = {
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "ws": "none",
    }
    application = app(Limits(max_size * 1_000_000, deadline, memory, jobs))
    config = uvicorn.Config(application, host=HOST, port=port, limit_concurrency=CONNECTIONS, **settings)
    try:
        listening = config.bind_socket()
    except SystemExit:  # uvicorn has said why
        raise click.ClickException(f"can't listen on port {port}: name another with --port") from None
    listening.listen()  # whoever comes from now on waits until it serves
    click.echo(f"cleantext: http://{HOST}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
    uvicorn.Server(config).run(sockets=[listening])
