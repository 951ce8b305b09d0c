import json
import os
import subprocess
import sys
import unittest

from danube import _read_triggers

from .support import SOURCES


def plain(node):
    """The value without its places."""
    value = node["value"]
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key["value"]: plain(item) for key, item in zip(value["keys"], value["values"])}
    return value


def read(source):
    return _read_triggers.read(source if isinstance(source, bytes) else source.encode())


def in_process(source):
    script = os.path.join(SOURCES, "danube", "_read_triggers.py")
    command = [sys.executable, "-I", "-S", "-B", "-W", "ignore", script]
    return subprocess.run(command, input=source.encode(), capture_output=True, env={}, cwd="/", timeout=60)


class ReadTriggers(unittest.TestCase):
    def assert_found(self, source, *expected):
        answer = read(source)
        self.assertEqual(answer["problems"], [])
        found = [(item["name"], item["triggers"] and plain(item["triggers"])) for item in answer["pipelines"]]
        self.assertEqual(found, list(expected))

    def assert_refused(self, source, line, column, message):
        problems = read(source)["problems"]
        self.assertEqual([(item["line"], item["column"]) for item in problems], [(line, column)], problems)
        self.assertIn(message, problems[0]["message"])

    def test_every_way_to_name_the_decorator(self):
        push = [{"type": "push"}]
        for imports, decorator in (
            ("from danube import pipeline", "pipeline"),
            ("from danube import step, pipeline as p", "p"),
            ("from danube import *", "pipeline"),
            ("import danube", "danube.pipeline"),
            ("import os, danube as d", "d.pipeline"),
            ("import danube.errors", "danube.pipeline"),
            ("try:\n  from danube import pipeline\nexcept ImportError:\n  raise", "pipeline"),
        ):
            with self.subTest(imports):
                source = f"{imports}\n@{decorator}(triggers=[{{'type': 'push'}}])\ndef f(): pass\n"
                self.assert_found(source, ("f", push))

    def test_what_is_no_pipeline_of_danube(self):
        for source in (
            "",
            "from danube import step\nstep.run('x')\n",
            "@pipeline\ndef f(): pass\n",
            "from other import pipeline\n@pipeline\ndef f(): pass\n",
            "from .danube import pipeline\n@pipeline\ndef f(): pass\n",
            "from danube import pipeline\npipeline = print\n@pipeline\ndef f(): pass\n",
            "from danube import pipeline\ndef pipeline(f): pass\n@pipeline\ndef f(): pass\n",
            "import danube\ndanube = 1\n@danube.pipeline\ndef f(): pass\n",
            "import danube as d\n@danube.pipeline\ndef f(): pass\n",
            "from danube import pipeline\ndef outer():\n  @pipeline\n  def f(): pass\n",
            "from danube import pipeline\nclass C:\n  @pipeline\n  def f(): pass\n",
        ):
            with self.subTest(source):
                self.assert_found(source)

    def test_several_pipelines_and_those_in_branches(self):
        self.assert_found(
            "from danube import pipeline\n"
            "@pipeline\ndef a(): pass\n"
            "@print\n@pipeline(name='second', triggers=({'type': 'cron', 'x': True, 'y': None},))\ndef b(): pass\n"
            "if True:\n  pass\nelse:\n  @pipeline(name=None, triggers=None)\n  def c(): pass\n",
            ("a", None),
            ("second", [{"type": "cron", "x": True, "y": None}]),
            ("c", None),
        )

    def test_places_count_characters_from_one(self):
        decorator = "@pipeline(name='é😀', triggers=[{'type': 'push'}])"
        answer = read(f"\ufefffrom danube import pipeline\r\n{decorator}\r\ndef f(): pass\r\n")
        [found] = answer["pipelines"]
        mapping = found["triggers"]["value"][0]
        self.assertEqual((mapping["line"], mapping["column"]), (2, 32))
        [key] = mapping["value"]["keys"]
        [value] = mapping["value"]["values"]
        self.assertEqual((key["column"], value["column"]), (33, 41))

    def test_what_is_no_literal(self):
        for argument, column, message in (
            ("triggers=NAMES", 20, "not a literal"),
            ("triggers=[{'type': kind()}]", 30, "not a literal"),
            ("triggers=[f'push']", 21, "not a literal"),
            ("triggers=['a' + 'b']", 21, "not a literal"),
            ("triggers=['a' * 10**9]", 21, "not a literal"),
            ("triggers=[10 ** 10 ** 10]", 21, "not a literal"),
            ("triggers=[1e999]", 21, "such a value is not accepted"),
            ("triggers=[b'push']", 21, "such a value is not accepted"),
            ("triggers=[*a]", 21, "not a literal"),
            ("triggers=[x for x in y]", 20, "not a literal"),
            ("triggers=[{**a}]", 21, "** is not read"),
            ("triggers=[{1: 2}]", 22, "a key must be text"),
            ("triggers=[99999999999999999]", 21, "too large"),
            ("triggers=" + "[" * 25 + "]" * 25, 41, "more than 20 levels"),
            ("triggers=[" + "1," * 10001 + "]", 20019, "or 10000 values"),
            ("**options", 13, "write them out"),
            ("'build'", 11, "have names"),
            ("trigger=[]", 19, 'no argument "trigger"; accepted: name, triggers'),
            ("name=5", 16, "the name of a pipeline is text"),
        ):
            with self.subTest(argument[:40]):
                source = f"from danube import pipeline\n@pipeline({argument})\ndef f(): pass\n"
                self.assert_refused(source, 2, column, message)

    def test_a_problem_of_one_pipeline_does_not_hide_another(self):
        answer = read("from danube import pipeline\n@pipeline(x=1)\ndef a(): pass\n@pipeline(y=1)\ndef b(): pass\n")
        self.assertEqual([item["line"] for item in answer["problems"]], [2, 4])

    def test_files_that_cannot_be_read(self):
        self.assert_refused("x = 1\ny = = 2\n", 2, 5, "invalid syntax (read with Python 3.")
        self.assert_refused("if True:\nx\n", 2, 1, "expected an indented block")
        self.assert_refused(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", 1, 1, "not UTF-8")
        self.assert_refused("x = '\0'\n", 1, 1, "null byte")
        # a declaration of another encoding is not obeyed: what the repository holds is UTF-8 or not read
        source = "# -*- coding: latin-1 -*-\nfrom danube import pipeline\n@pipeline(name='é')\ndef f(): pass\n"
        self.assert_found(source, ("é", None))

    def test_bombs_end_in_a_message_within_the_limits(self):
        for source in (
            "(" * 100_000,
            "x = " + "-" * 200_000 + "1",
            "x = a" + ".b" * 300_000,
            "x = a" + "()" * 100_000,
            "lambda: " * 60_000 + "1",
            "a=1\n" * 250_000,
            "x = [" + "1," * 500_000 + "]",
            "if a:\n pass\n" + "elif b:\n pass\n" * 60_000,
        ):
            with self.subTest(source[:10]):
                process = in_process(source)
                self.assertEqual((process.returncode, process.stderr), (0, b""))
                self.assertEqual(len(json.loads(process.stdout)["problems"]), 1)

    def test_the_process_runs_nothing_of_the_file(self):
        executed = "open('/dev/stderr', 'w').write('executed')"
        process = in_process(f"{executed}\nfrom danube import pipeline\n@pipeline\ndef f(): 1/0\n")
        self.assertEqual(process.stderr, b"")
        self.assertEqual([item["name"] for item in json.loads(process.stdout)["pipelines"]], ["f"])


if __name__ == "__main__":
    unittest.main()
