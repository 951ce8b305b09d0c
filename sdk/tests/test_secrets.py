from danube import NotInJob, RequestRefused, SecretNotFound, StepFailed, _calls, _job, secrets, step

from .support import JobTestCase


class Secrets(JobTestCase):
    def test_a_secret_is_asked_for_by_its_name(self):
        self.transport.secrets["TOKEN"] = "s3cret"
        self.assertEqual(secrets.get("TOKEN"), "s3cret")
        self.assertEqual(self.transport.requests, [{"job_id": self.job._id, "key": "TOKEN"}])

    def test_a_lost_answer_is_asked_for_again(self):
        self.transport.secrets["TOKEN"] = "s3cret"
        self.transport.errors.append(_calls.Lost("cut"))
        self.assertEqual(secrets.get("TOKEN"), "s3cret")

    def test_refusals_have_the_words_of_the_master(self):
        for code, kind in (("secret_not_found", SecretNotFound), ("secrets_withheld", RequestRefused)):
            self.transport.errors.append(RequestRefused(code, "words"))
            with self.assertRaises(RequestRefused) as caught:
                secrets.get("TOKEN")
            self.assertIs(type(caught.exception), kind)
            self.assertEqual((caught.exception.code, str(caught.exception)), (code, f"words ({code})"))

    def test_wrong_use_is_refused_before_anything_is_asked(self):
        with self.assertRaises(TypeError):
            secrets.get(b"TOKEN")
        self.assertEqual(self.transport.requests, [])

    def test_an_unread_failure_stops_it(self):
        step.run("exit 1")
        with self.assertRaises(StepFailed):
            secrets.get("TOKEN")

    def test_outside_of_a_job_it_says_how_to_start_one(self):
        _job._current = None
        with self.assertRaisesRegex(NotInJob, "danube run"):
            secrets.get("TOKEN")
