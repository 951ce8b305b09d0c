"""A master that answers from a table, and a danubefile.py run in a process of its own."""

import base64
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest

from danube import _job

SOURCES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")


def facts(exit_code=0, status=None, reason=""):
    return {
        "exit_code": exit_code,
        "status": status or ("failure" if exit_code else "success"),
        "reason": reason or (f"exit code {exit_code}" if exit_code else ""),
        "started_at_ms": 1000,
        "finished_at_ms": 2500,
        "stdout_skipped": 0,
        "stderr_skipped": 0,
    }


class FakeTransport:
    """Stands in for danube._http: `exit N` ends with that code, `print X` writes X, anything else succeeds."""

    def __init__(self):
        self.requests = []
        self.errors = []
        self.secrets = {}

    def run_step(self, connection, request, receive):
        self.requests.append(request)
        if self.errors:
            raise self.errors.pop(0)
        verb, _, rest = request["command"].partition(" ")
        if verb == "print":
            receive("stdout", rest.encode())
        return facts(int(rest) if verb == "exit" else 0)

    def get_secret(self, connection, request):
        self.requests.append(request)
        if self.errors:
            raise self.errors.pop(0)
        return self.secrets[request["key"]]


class JobTestCase(unittest.TestCase):
    """Each test is the main thread of a job."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "connection.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"rpc_url": "http://127.0.0.1:1", "grpc_address": "", "token": "t"}, file)
        self.transport = FakeTransport()
        self.job = _job.Job(path)
        self.job._transport = self.transport
        _job._current = self.job
        self.addCleanup(setattr, _job, "_current", None)


class FakeMaster:
    """The JSON control plane with the same commands as FakeTransport. `reports` holds what was reported."""

    def __enter__(self):
        master = self
        self.reports = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()
                if self.path == "/rpc/report-status":
                    master.reports.append((body["status"], body["error_message"]))
                    return
                verb, _, rest = body["command"].partition(" ")
                if verb == "print":
                    self._send({"stdout": base64.b64encode(rest.encode()).decode()})
                self._send({"exit": facts(int(rest) if verb == "exit" else 0)})

            def _send(self, value):
                self.wfile.write(json.dumps(value).encode() + b"\n")

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"


def launch(source, master=None, arguments=(), by_path=False, **env):
    """Runs text as danubefile.py, within a job where there is a master. Returns the finished process."""
    with tempfile.TemporaryDirectory() as folder:
        if source is not None:
            with open(os.path.join(folder, "danubefile.py"), "w", encoding="utf-8") as file:
                file.write(source)
        variables = {"PATH": os.environ["PATH"], "PYTHONPATH": SOURCES, "DANUBE_TRANSPORT": "http", **env}
        if master:
            path = os.path.join(folder, "connection.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump({"rpc_url": master.url, "grpc_address": "", "token": "t"}, file)
            variables.update(DANUBE_CONNECTION_FILE=path, DANUBE_JOB_ID="job-1")
        program = [os.path.join(SOURCES, "danube", "__main__.py")] if by_path else ["-m", "danube"]
        process = subprocess.run(
            [sys.executable, *program, "danubefile.py", *arguments],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        # newer versions mark the place within a line of a traceback
        process.stderr = re.sub(r"(?m)^ +[~^]+\n", "", process.stderr)
        return process
