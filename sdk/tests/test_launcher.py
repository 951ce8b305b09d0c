import unittest

from .support import FakeMaster, launch


class Launcher(unittest.TestCase):
    def assert_ended(self, process, code, stdout="", stderr=""):
        self.assertEqual((process.returncode, process.stdout, process.stderr), (code, stdout, stderr))

    def test_a_file_runs_from_top_to_bottom_as_main(self):
        source = "import os, sys\nprint(__name__, sys.argv, os.path.basename(__file__), sys.path[0] == os.getcwd())\n"
        for by_path in (False, True):
            self.assert_ended(
                launch(source, arguments=["a"], by_path=by_path),
                0,
                "__main__ ['danubefile.py', 'a'] danubefile.py True\n",
            )

    def test_marked_functions_run_at_the_end_in_order(self):
        source = (
            "from danube import pipeline\n"
            "@pipeline\ndef b(): print('b')\n"
            "@pipeline(name='first', triggers=[{'type': 'push'}])\ndef a(): print('a')\n"
            "print('top')\n"
        )
        self.assert_ended(launch(source), 0, "top\nb\na\n")

    def test_an_asynchronous_pipeline_is_refused(self):
        process = launch("from danube import pipeline\n@pipeline\nasync def a(): pass\n")
        self.assertEqual(process.returncode, 1)
        self.assertIn("TypeError: @pipeline marks a plain function", process.stderr)

    def test_a_traceback_shows_the_users_lines_only(self):
        source = "import os\nos.chdir('/')\ndef build():\n    raise ValueError('broken')\nbuild()\n"
        with FakeMaster() as master:
            self.assert_ended(
                launch(source, master),
                1,
                "",
                "Traceback (most recent call last):\n"
                '  File "danubefile.py", line 5, in <module>\n'
                "    build()\n"
                '  File "danubefile.py", line 4, in build\n'
                "    raise ValueError('broken')\n"
                "ValueError: broken\n",
            )
            self.assertEqual(master.reports, [("failure", "danubefile.py line 4: ValueError: broken")])

    def test_an_error_of_the_sdk_points_at_the_call(self):
        process = launch("from danube import step\n\nstep.run('x')\n")
        self.assertEqual(process.returncode, 1)
        lines = process.stderr.splitlines()
        self.assertEqual(lines[1:3], ['  File "danubefile.py", line 3, in <module>', "    step.run('x')"])
        self.assertTrue(lines[3].startswith("danube.NotInJob: there is no job here"), lines[3])
        self.assertEqual(len(lines), 4)

    def test_a_syntax_error_points_at_its_line(self):
        with FakeMaster() as master:
            process = launch("x = 1\ny = = 2\n", master)
            self.assertEqual(process.returncode, 1)
            self.assertTrue(process.stderr.startswith('  File "danubefile.py", line 2\n'), process.stderr)
            self.assertEqual(master.reports, [("failure", "danubefile.py line 2: SyntaxError: invalid syntax")])

    def test_a_missing_file_is_told_in_words(self):
        with FakeMaster() as master:
            process = launch(None, master)
            self.assertEqual(process.returncode, 1)
            self.assertIn("danube: danubefile.py cannot be read: No such file or directory", process.stderr)
            self.assertEqual(len(master.reports), 1)

    def test_system_exit_is_honoured(self):
        self.assert_ended(launch("raise SystemExit(3)"), 3)
        self.assert_ended(launch("raise SystemExit"), 0)
        self.assert_ended(launch("raise SystemExit('no way')"), 1, "", "no way\n")

    def test_the_reason_of_an_exit_names_the_steps_that_failed(self):
        source = "from danube import step\nif not step.run('exit 4', name='t').ok: raise SystemExit(1)\n"
        with FakeMaster() as master:
            self.assert_ended(launch(source, master), 1)
            self.assertEqual(
                master.reports,
                [("failure", 'danubefile.py ended with exit code 1; step "t" failed with exit code 4')],
            )

    def test_an_unread_failure_fails_the_job_even_after_exit_0(self):
        source = "from danube import step\nstep.run('exit 4', name='t')\nraise SystemExit(0)\n"
        with FakeMaster() as master:
            self.assert_ended(launch(source, master), 1, "", 'danube: step "t" failed with exit code 4\n')
            self.assertEqual(master.reports, [("failure", 'step "t" failed with exit code 4')])

    def test_success_reports_nothing(self):
        with FakeMaster() as master:
            self.assert_ended(launch("from danube import step\nstep.run('true')\n", master), 0)
            self.assertEqual(master.reports, [])

    def test_threads_are_waited_for_and_their_errors_count(self):
        source = (
            "import threading\nfrom danube import step\n"
            "threading.Thread(target=step.run, args=('exit 5',), kwargs={'check': True}).start()\n"
        )
        with FakeMaster() as master:
            process = launch(source, master)
            self.assertEqual(process.returncode, 1)
            self.assertEqual(master.reports, [("failure", 'step "exit 5" failed with exit code 5')])

    def test_a_printed_line_is_there_before_the_next_step_is_asked_for(self):
        source = "import os\nprint('gr\\u00fc\\u00dfe')\nos._exit(0)\n"
        self.assert_ended(launch(source, LC_ALL="C"), 0, "grüße\n")

    def test_echo_writes_the_output_of_steps(self):
        source = "from danube import step\nprint('before')\nstep.run('print hello')\nprint()\n"
        with FakeMaster() as master:
            self.assert_ended(launch(source, master, DANUBE_ECHO="1"), 0, "before\nhello\n")
            self.assert_ended(launch(source, master), 0, "before\n\n")
