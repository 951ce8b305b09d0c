import gc
import threading
from concurrent.futures import ThreadPoolExecutor

from danube import StepFailed, step

from .support import JobTestCase


class UnreadFailures(JobTestCase):
    def commands(self):
        return [request["command"] for request in self.transport.requests]

    def test_a_failure_that_nobody_reads_stops_the_next_step(self):
        result = step.run("exit 3", name="unit")
        with self.assertRaises(StepFailed) as raised:
            step.run("deploy")
        self.assertEqual(str(raised.exception), 'step "unit" failed with exit code 3')
        self.assertEqual(raised.exception.results, [result])
        self.assertEqual(self.commands(), ["exit 3"])

    def test_reading_is_handling(self):
        for read in (
            lambda result: result.exit_code,
            lambda result: result.ok,
            lambda result: result.status,
            lambda result: result.reason,
            bool,
        ):
            result = step.run("exit 1")
            read(result)
            step.run("true")
        self.assertEqual(self.job.unread(), [])

    def test_output_duration_and_repr_handle_nothing(self):
        result = step.run("exit 1")
        self.assertEqual((result.stdout, result.stderr, result.duration, result.name), ("", "", 1.5, "exit 1"))
        repr(result)
        with self.assertRaises(StepFailed):
            step.run("true")

    def test_the_end_of_the_file_finds_it(self):
        step.run("exit 1", name="a")
        self.assertEqual([failure.summary for failure in self.job.unread()], ['step "a" failed with exit code 1'])

    def test_a_caught_error_has_been_taken_notice_of(self):
        step.run("exit 1")
        with self.assertRaises(StepFailed):
            step.run("true")
        step.run("true")
        self.assertEqual(self.job.unread(), [])

    def test_check_true_raises_at_once(self):
        with self.assertRaises(StepFailed) as raised:
            step.run("exit 2", check=True)
        self.assertEqual(raised.exception.results[0].exit_code, 2)
        step.run("true", check=True)

    def test_check_false_never_raises(self):
        step.run("exit 2", check=False)
        step.run("true")
        self.assertEqual(self.job.unread(), [])

    def test_a_pool_can_hand_its_results_to_the_main_thread(self):
        with ThreadPoolExecutor(1) as pool:
            results = list(pool.map(step.run, ["exit 1", "true", "exit 2"]))
        self.assertEqual([result.exit_code for result in results], [1, 0, 2])

    def test_a_result_that_a_thread_throws_away_stops_the_next_step(self):
        def work():
            step.run("exit 1", name="lost")
            gc.collect()
            with self.assertRaises(StepFailed) as raised:
                step.run("true")
            self.assertEqual(str(raised.exception), 'step "lost" failed with exit code 1')

        with ThreadPoolExecutor(1) as pool:
            pool.submit(work).result()

    def test_sequences_are_unique_over_threads(self):
        threads = [threading.Thread(target=step.run, args=("true",)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(request["sequence"] for request in self.transport.requests), list(range(1, 21)))
