import json
import os
import subprocess
import sys
import unittest
from unittest import mock

import danube
from danube import NotInJob, _json, ctx

from .support import SOURCES


class Package(unittest.TestCase):
    def test_every_name_is_there_and_no_other(self):
        for name in danube.__all__:
            self.assertIsNotNone(getattr(danube, name))
        with self.assertRaises(AttributeError):
            danube.secret  # noqa: B018

    def test_a_step_loads_none_of_the_slow_modules(self):
        slow = {"asyncio", "grpc", "http.client", "inspect", "json", "re", "socket", "threading", "typing"}
        source = f"import sys; from danube import step, _http; print(sorted({slow!r} & set(sys.modules)))"
        found = subprocess.run(
            [sys.executable, "-S", "-c", source],
            env={"PYTHONPATH": SOURCES},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(found.stdout, "[]\n")

    def test_ctx_reads_the_facts_of_the_job(self):
        with mock.patch.dict(os.environ, {"DANUBE_JOB_ID": "j", "DANUBE_BRANCH": "main"}, clear=True):
            self.assertEqual((ctx.job_id, ctx.branch, ctx.trigger_ref), ("j", "main", ""))
            with self.assertRaises(AttributeError):
                ctx.brunch  # noqa: B018
        with mock.patch.dict(os.environ, clear=True), self.assertRaises(NotInJob):
            ctx.branch  # noqa: B018

    def test_json_is_as_the_standard_one(self):
        value = {"a": 'ü"\\\n\x00𝄞', "b": 12, "c": True, "d": {"e": ""}}
        for scanner in (_json._make_scanner, None):
            with mock.patch.object(_json, "_make_scanner", scanner):
                self.assertEqual(_json.decode(" " + json.dumps(value) + "\n"), value)
                for text in ("", "{", "{} x", '{"a":}'):
                    with self.assertRaises(ValueError):
                        _json.decode(text)
        self.assertEqual(json.loads(_json.encode(value)), value)
