"""What an execution environment does with functions that behave and misbehave.

Run by JvmExecutorIT, which says where Java, the runtime client and the functions are.
"""

import json
import os
import threading
import time
import unittest
import urllib.error
import urllib.request

from billstep_jvm_executor.environment import NEXT, Environment, InitError, JavaCommand, Pool

ARN = "arn:aws:lambda:ap-south-1:000000000000:function:test"
TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"


class EnvironmentTest(unittest.TestCase):
    def environment(self, function, timeout=20, memory_mb=256, pool=None):
        command = JavaCommand(
            java=os.environ["BILLSTEP_JAVA"],
            class_path=os.environ["BILLSTEP_TEST_CLASS_PATH"],
            handler="dev.billstep.functions." + function,
            memory_mb=memory_mb,
        )
        environment = Environment(command, {"WHO": "me", "_HANDLER": command.handler}, timeout, Pool(4) if pool is None else pool)
        self.addCleanup(environment.stop)
        return environment

    def started(self, function, **limits):
        environment = self.environment(function, **limits)
        environment.start()
        return environment

    def invoke(self, environment, payload=b'{"n": 1}', request_id="r-1"):
        return environment.invoke(request_id, payload, ARN, TRACE)

    def said(self, environment):
        """A busy machine hands on what a function has said after its answer."""
        deadline = time.time() + 30
        while not environment.logs() and time.time() < deadline:
            time.sleep(0.05)
        return environment.logs()

    def failure(self, outcome):
        self.assertTrue(outcome.is_error)
        return json.loads(outcome.payload)

    def test_an_environment_is_reused_and_keeps_its_process(self):
        environment = self.started("Echo")
        first = self.invoke(environment)
        first_said = self.said(environment)
        second = self.invoke(environment, b'{"n": 2}', "r-2")
        self.assertEqual((first.is_error, first.payload), (False, b'{"n": 1}'))
        self.assertEqual(second.payload, b'{"n": 2}')
        self.assertRegex(first_said, r"echo in \d+ as me")
        self.assertEqual(first_said, self.said(environment))

    def test_the_jvm_that_is_idle_for_longest_makes_room_and_comes_back_when_it_is_asked(self):
        pool = Pool(2)
        first, second = (self.started("Echo", pool=pool) for _ in range(2))
        self.invoke(first)
        third = self.started("Echo", pool=pool)
        self.assertEqual(len(pool), 2)
        self.assertIsNotNone(first._process)
        self.assertIsNone(second._process)
        self.assertEqual(self.invoke(second).payload, b'{"n": 1}')
        self.assertEqual(len(pool), 2)
        self.assertIsNone(first._process)
        self.assertIsNotNone(third._process)

    def test_a_jvm_at_work_is_not_retired(self):
        pool = Pool(1)
        busy = self.started("Sleeper", timeout=2, pool=pool)
        outcomes = []
        work = threading.Thread(target=lambda: outcomes.append(self.invoke(busy)))
        work.start()
        self.assertEqual(self.invoke(self.started("Echo", pool=pool)).payload, b'{"n": 1}')
        work.join()
        self.assertEqual(self.failure(outcomes[0])["errorType"], "Sandbox.Timedout")

    def test_a_large_payload_arrives_whole(self):
        payload = json.dumps({"text": "x" * 5_000_000}).encode()
        self.assertEqual(self.invoke(self.started("Echo"), payload).payload, payload)

    def test_a_handlers_error_keeps_its_type_message_and_stack_trace(self):
        environment = self.started("Thrower")
        failure = self.failure(self.invoke(environment))
        self.assertEqual(failure["errorType"], "dev.billstep.functions.Thrower$Refused")
        self.assertEqual(failure["errorMessage"], "no, for a reason")
        self.assertIn("Thrower.handleRequest", failure["stackTrace"][0])

    def test_a_function_that_takes_longer_than_it_may_is_stopped(self):
        environment = self.started("Sleeper", timeout=1)
        failure = self.failure(self.invoke(environment))
        self.assertEqual(failure["errorType"], "Sandbox.Timedout")
        self.assertIn("Task timed out after 1.00 seconds", failure["errorMessage"])

    def test_a_function_that_exits_is_named_with_its_status(self):
        failure = self.failure(self.invoke(self.started("Exiter")))
        self.assertEqual(failure["errorType"], "Runtime.ExitError")
        self.assertIn("exit status 7", failure["errorMessage"])

    def test_a_function_that_is_killed_is_named_with_its_signal(self):
        environment = self.started("Sleeper")
        killer = threading.Timer(0.5, environment._process.kill)
        killer.start()
        failure = self.failure(self.invoke(environment))
        self.assertEqual(failure["errorType"], "Runtime.ExitError")
        self.assertIn("signal: kill", failure["errorMessage"])

    def test_a_function_that_exceeds_its_memory_fails_for_that(self):
        failure = self.failure(self.invoke(self.started("MemoryHog", memory_mb=128)))
        self.assertEqual(failure["errorType"], "java.lang.OutOfMemoryError")

    def test_a_dead_environment_serves_the_next_invocation_anew(self):
        environment = self.started("Exiter")
        self.invoke(environment)
        failure = self.failure(self.invoke(environment, request_id="r-2"))
        self.assertIn("RequestId: r-2", failure["errorMessage"])

    def test_a_function_that_can_not_be_made_fails_its_start(self):
        with self.assertRaises(InitError) as failure:
            self.started("Unborn")
        error = json.loads(failure.exception.payload)
        self.assertIn("no settings here", json.dumps(error))

    def test_a_handler_that_is_not_there_fails_its_invocation(self):
        failure = self.failure(self.invoke(self.started("Nobody")))
        self.assertEqual(failure["errorType"], "java.lang.ClassNotFoundException")
        self.assertIn("Nobody", failure["errorMessage"])

    def test_a_page_of_a_browser_takes_no_invocation(self):
        port = self.started("Echo")._server.server_address[1]
        request = urllib.request.Request(f"http://127.0.0.1:{port}{NEXT}", headers={"Origin": "http://example.com"})
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request, timeout=5)
        self.assertEqual(403, refusal.exception.code)

    def test_nothing_is_left_after_a_stop(self):
        environment = self.started("Echo")
        process = environment._process
        environment.stop()
        self.assertIsNotNone(process.poll())


if __name__ == "__main__":
    unittest.main(verbosity=2)
