"""The real server on a free port: what it answers, whom and what it refuses, and its page in a browser."""

import base64
import http.client
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleantext import Label, Options, analyze, clean
from cleantext.batch.workers import Bounds
from cleantext.cli.group import cli
from cleantext.cli.serve import HOST
from cleantext.options import PROFILES
from cleantext.serve.answer import CLEANED, answer
from cleantext.serve.question import OPTIONS, Question, RefusedError

pytest.importorskip("starlette", reason="Starlette is not installed (extra `serve`)")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra `serve`)")

METER = "You've read 3 of 4 free articles this month."
TEXT = f"The ferry to Skarv calls at the lighthouse again.\n\nThree people live there, and a seal.\n\n{METER}\n"
MEGABYTES = 3
LONG = "<body>" + "".join(f'<p>You could <a href="/{number}">subscribe to ferry {number}</a>.' for number in range(40_000))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server that answers two at once, each within a second."""
    command = f"-m cleantext serve --port 0 --deadline 1 --max-size {MEGABYTES}".split()
    with subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            address = server.stderr.readline()
            number = int(address.partition(f"http://{HOST}:")[2].partition("/")[0])
            assert ask(number, "/clean", {"source": ""})[0] == 200  # its models are loaded
            yield number
        finally:
            server.terminate()
            server.wait(30)


def ask(port: int, path: str, body: Any = None, method: str = "POST", **headers: str) -> tuple[int, Any]:
    """Status and JSON of an answer. A `body` of bytes goes as it is."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    named = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, data, named)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, json.loads(text) if response.headers["content-type"] == "application/json" else text


@pytest.mark.parametrize("source", [TEXT, "", "\ud800 \0 \u202e", "# Ferry\n\nIt sails.\n"])
def test_clean_and_analyze_answer_as_the_functions_do(port: int, source: str) -> None:
    status, said = ask(port, "/clean", {"source": source})
    assert (status, said["text"]) == (200, clean(source))
    assert set(said) == set(CLEANED)
    assert ask(port, "/analyze", {"source": source}) == (200, json.loads(json.dumps(analyze(source).to_dict())))


def test_bytes_of_another_encoding_are_read(port: int) -> None:
    data = base64.b64encode("<p>Die Fähre fährt über die Förde.</p>".encode("windows-1252")).decode()
    assert ask(port, "/clean", {"source_base64": data})[1]["text"] == "Die Fähre fährt über die Förde."


def test_options_are_heeded(port: int) -> None:
    asked = {"source": TEXT, "options": {"keep": ["paywall"], "profile": "strict"}, "url": None}
    assert ask(port, "/clean", asked)[1]["text"] == clean(
        TEXT, options=Options(keep=frozenset({Label.PAYWALL}), profile="strict")
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        ([], "JSON object"),
        ({}, "source"),
        ({"source": "a", "source_base64": "YQ=="}, "either"),
        ({"source": 1}, "source: must be a string"),
        ({"source_base64": "%"}, "source_base64"),
        ({"source": "a", "sauce": 1}, "sauce: there is no such field"),
        ({"source": "a", "options": {"profile": "lenient"}}, "choose one of careful, standard, strict"),
        ({"source": "a", "options": {"drop": "nav"}}, "options.drop: must be a list of strings"),
        ({"source": "a", "options": {"drop": ["nave"]}}, "nave"),
        ({"source": "a", "options": {"output": "json"}}, "options.output"),
        ({"source": "a", "options": {"site_rules": ["/etc/passwd"]}}, "options.site_rules: there is no such field"),
        ({"source": "a", "options": {"max_chars": 1}}, "options.max_chars: there is no such field"),
    ],
)
def test_a_question_that_is_none_is_told_what_to_mend(port: int, body: Any, said: str) -> None:
    status, answered = ask(port, "/analyze", body)
    assert status == answered["status"] == 400
    assert said in answered["error"]


def test_other_types_paths_and_methods_are_refused_in_json(port: int) -> None:
    for status, said in (
        ask(port, "/clean", {"source": "a"}, Content_Type="text/plain"),
        ask(port, "/clean", {"source": "a"}, Content_Type="application/x-www-form-urlencoded"),
    ):
        assert (status, said["status"]) == (415, 415)
    assert ask(port, "/nowhere", {})[1]["status"] == 404
    assert ask(port, "/clean", method="GET")[1]["status"] == 405


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(port: int) -> None:
    limit = MEGABYTES * 1_000_000
    assert ask(port, "/clean", None, Content_Length=str(limit + 1))[0] == 413
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("POST", "/clean", iter([b" " * limit, b" "]), {"Content-Type": "application/json"}, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_who_calls_it_by_a_foreign_name_or_from_a_foreign_page_is_refused(port: int) -> None:
    asked = {"source": "It rained."}
    for headers in (
        {"Host": f"evil.example:{port}"},
        {"Host": HOST},
        {"Host": f"{HOST}:{port}.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{HOST}:{port + 1}"},
    ):
        assert ask(port, "/clean", asked, **headers)[0] == 403, headers
    assert ask(port, "/", method="GET", Host=f"evil.example:{port}")[0] == 403
    for headers in ({"Host": f"localhost:{port}"}, {"Origin": f"http://{HOST}:{port}"}):
        assert ask(port, "/clean", asked, **headers)[0] == 200, headers


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of this machine")
def test_it_listens_on_one_address_only(port: int) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_what_takes_too_long_is_ended_while_others_are_answered(port: int) -> None:
    slow: list[tuple[int, Any]] = []
    thread = threading.Thread(target=lambda: slow.append(ask(port, "/analyze", {"source": LONG})))
    thread.start()
    assert ask(port, "/clean", {"source": TEXT})[0] == 200
    assert not slow
    thread.join(60)
    assert (slow[0][0], slow[0][1]["error"]) == (504, "timeout: not done after 1 seconds")
    assert ask(port, "/clean", {"source": TEXT})[0] == 200


def test_nobody_waits_longer_for_a_process_than_one_may_work(port: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: ask(port, "/analyze", {"source": LONG})[0], range(8)))
    assert set(said) == {503, 504}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_what_needs_too_much_memory_is_ended() -> None:
    with pytest.raises(RefusedError, match="out of memory") as refused:
        answer(Question("It rained.\n\n" * 1_000_000, Options()), "clean", Bounds(60, 20))
    assert refused.value.status == 413


def test_the_description_names_what_there_is(port: int) -> None:
    status, said = ask(port, "/openapi.json", method="GET")
    schemas = said["components"]["schemas"]
    assert (status, said["openapi"], set(said["paths"])) == (200, "3.1.0", {"/clean", "/analyze"})
    assert set(schemas["Question"]["properties"]["options"]["properties"]) == set(OPTIONS) <= set(Options.names())
    assert schemas["Question"]["properties"]["options"]["properties"]["profile"]["enum"] == list(PROFILES)
    assert set(schemas["Document"]["properties"]) == set(analyze(TEXT).to_dict())
    for reference in str(said).split("'$ref': '#/components/schemas/")[1:]:
        assert reference.partition("'")[0] in schemas


def test_a_port_that_is_taken_is_said(port: int) -> None:
    command = f"-m cleantext serve --port {port}".split()
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"can't listen on port {port}" in done.stderr
    assert "http://" not in done.stderr


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.cli.serve.find_spec", lambda name: None)
    result = CliRunner().invoke(cli, ["serve"])
    assert result.exit_code == 1
    assert "pip install 'cleantext-articles[serve]'" in result.stderr


@pytest.fixture
def tab(chromium: Any, port: int) -> Iterator[Any]:
    """The page in a browser; a console error, a dialog or a request that goes elsewhere fails the test."""
    troubles: list[str] = []
    home = f"http://{HOST}:{port}/"
    tab = chromium.new_page(viewport={"width": 360, "height": 740})
    tab.on("console", lambda message: troubles.append(message.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("dialog", lambda dialog: troubles.append(dialog.message))
    tab.on("request", lambda request: request.url.startswith(home) or troubles.append(request.url))  # type: ignore[func-returns-value]
    tab.goto(home)
    yield tab
    tab.close()
    assert troubles == []


def test_what_is_pasted_is_shown_at_once_and_follows_the_choices(tab: Any) -> None:
    tab.fill("#source", TEXT)
    tab.wait_for_selector(".run[data-label=paywall]")
    assert tab.text_content(".clean .text") == clean(TEXT)
    tab.locator(".out").focus()
    assert "en.paywall.read-n-of-n" in tab.inner_text("#card")
    tab.keyboard.press("Escape")
    tab.click(".which summary")
    tab.uncheck('.boxes [value="paywall"]')
    tab.wait_for_selector("text=Nothing was removed.")
    assert tab.text_content(".clean .text") == TEXT
    tab.check('[name="profile"][value="careful"]')
    tab.wait_for_selector(".run[data-label=paywall]")
    assert tab.is_checked('.boxes [value="paywall"]')
    assert not tab.is_checked('.boxes [value="related"]')
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.fill("#source", "")
    tab.wait_for_selector("#result:empty", state="attached")


def test_a_hostile_page_that_is_pasted_runs_nothing(tab: Any) -> None:
    hostile = "</textarea></script><script>hit = 1</script><img src=//evil.example onerror=alert(1)><svg onload=alert(2)>"
    tab.fill("#source", f"{hostile}\n\n{TEXT}")
    tab.wait_for_selector(".source")
    assert tab.evaluate("typeof hit") == "undefined"
    assert tab.locator("#result :is(script, img, iframe, style, link)").count() == 0


def test_a_file_is_taken_and_given_back(tab: Any, tmp_path: Path) -> None:
    (tmp_path / "fähre.html").write_bytes("<title>Fähre</title><p>Die Fähre fährt über die Förde.</p>".encode("windows-1252"))
    tab.set_input_files("#pick", tmp_path / "fähre.html")
    tab.wait_for_selector(".source")
    assert "Die Fähre fährt" in tab.text_content(".clean .text")
    assert "fähre.html" in tab.inner_text("#file")
    tab.click("#file button")
    tab.wait_for_selector("#result:empty", state="attached")


def test_a_file_that_is_dropped_is_taken(tab: Any) -> None:
    drop = "text => { const all = new DataTransfer(); all.items.add(new File([text], 'a.txt')); return all; }"
    tab.dispatch_event("#source", "drop", {"dataTransfer": tab.evaluate_handle(drop, TEXT)})
    tab.wait_for_selector(".run[data-label=paywall]")
