import os

from danube import MasterUnavailable, NotInJob, RequestRefused, _calls, _job, step

from .support import JobTestCase, facts


class Step(JobTestCase):
    def test_the_request_has_what_was_asked_for(self):
        step.run("make  all\nmake check", env={"A": "1"}, timeout=0.2, image="alpine", capture_limit=10)
        self.assertEqual(
            self.transport.requests,
            [
                {
                    "job_id": self.job._id,
                    "step_name": "make all",
                    "command": "make  all\nmake check",
                    "env": {"A": "1"},
                    "image": "alpine",
                    "timeout_seconds": 1,
                    "sequence": 1,
                    "follow": False,
                    "capture_limit_bytes": 10,
                }
            ],
        )

    def test_wrong_use_is_refused_before_anything_is_asked(self):
        for arguments in ({"command": ["ls"]}, {"command": "x", "env": {"A": 1}}):
            with self.assertRaises(TypeError):
                step.run(**arguments)
        for arguments in ({"command": "x", "timeout": 0}, {"command": "x", "capture_limit": -1}):
            with self.assertRaises(ValueError):
                step.run(**arguments)
        self.assertEqual(self.transport.requests, [])

    def test_a_lost_answer_is_asked_for_again_and_kept_once(self):
        answers = [_calls.Lost("cut"), None]

        def run_step(connection, request, receive):
            receive("stdout", b"half")
            problem = answers.pop(0)
            if problem:
                raise problem
            receive("stdout", b" whole")
            return facts()

        self.transport.run_step = run_step
        self.assertEqual(step.run("x").stdout, "half whole")

    def test_after_the_deadline_the_master_is_unavailable(self):
        self.transport.errors = [_calls.Lost("connection refused")]
        os.environ["DANUBE_DEADLINE"] = "1"
        self.addCleanup(os.environ.pop, "DANUBE_DEADLINE")
        with self.assertRaises(MasterUnavailable) as raised:
            step.run("x")
        self.assertIn("connection refused", str(raised.exception))

    def test_a_refusal_is_final(self):
        self.transport.errors = [RequestRefused("request_invalid", "command must be shorter")]
        with self.assertRaises(RequestRefused):
            step.run("x")
        self.assertEqual(len(self.transport.requests), 1)

    def test_other_processes_cannot_run_steps(self):
        self.job._process = -1
        with self.assertRaises(NotInJob):
            step.run("x")

    def test_without_a_job_it_says_what_to_do(self):
        _job._current = None
        with self.assertRaises(NotInJob) as raised:
            step.run("x")
        self.assertIn("danube run", str(raised.exception))

    def test_a_cut_beginning_is_cut_between_characters(self):
        def run_step(connection, request, receive):
            receive("stdout", "üü".encode()[1:])
            return {**facts(), "stdout_skipped": 1}

        self.transport.run_step = run_step
        result = step.run("x")
        self.assertEqual((result.stdout, result.stdout_truncated, result.stderr_truncated), ("ü", True, False))
