"""A server of a built folder for tests, and raw HTTP to it."""

import http.client
import socket
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = "0123456789abcdef0123456789abcdef"


class Client:
    """Raw HTTP to one port."""

    def __init__(self, port, headers=None):
        self.port, self.headers = port, headers or {}

    def __call__(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def query(self, query, **headers):
        return self("GET", f"/sparql?query={quote(query)}", headers=headers)

    def update(self, update, **headers):
        kind = {"Content-Type": "application/sparql-update"}
        return self("POST", "/sparql", update.encode(), {**kind, **headers})


@contextmanager
def serving(application, port=None):
    """The port that an application is served at."""
    import uvicorn

    if port is None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(10)
