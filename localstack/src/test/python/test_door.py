"""Which requests an emulator answers. Run by OtherSitesIT."""

import asyncio
import unittest

from billstep_door import Door, problem

PORT = ("Host", "127.0.0.1:4566")


class DoorTest(unittest.TestCase):
    def test_programs_of_this_machine_are_answered(self):
        for host in ("127.0.0.1:4566", "localhost", "[::1]:4566", "bucket.s3.localhost:4566"):
            self.assertIsNone(problem([("Host", host), ("User-Agent", "aws-sdk-java")]))
        self.assertIsNone(problem([("host", "localhost.localstack.cloud:4566")]))

    def test_calls_from_within_name_no_host(self):
        self.assertIsNone(problem([("X-Amz-Target", "x")]))

    def test_a_host_of_anothers_choice_is_refused(self):
        for host in ("example.com", "127.0.0.1.example.com:4566", "evil-localhost", "localhost.example.com"):
            self.assertIn("its address", problem([("host", host)]))

    def test_pages_of_other_sites_are_refused(self):
        for header in (
            ("Origin", "http://example.com"),
            ("Origin", "null"),
            ("Origin", "http://127.0.0.1:8080"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ):
            self.assertIn("Another site", problem([PORT, header]))

    def test_what_the_server_shows_itself_may_ask_it(self):
        self.assertIsNone(problem([PORT, ("Origin", "http://127.0.0.1:4566"), ("Sec-Fetch-Site", "same-origin")]))

    def test_a_refused_request_never_reaches_the_application(self):
        for kind, answer in (("http", "http.response.start"), ("websocket", "websocket.close")):
            sent = []

            async def send(message):
                sent.append(message)

            scope = {"type": kind, "headers": [(b"host", b"127.0.0.1"), (b"origin", b"http://example.com")]}
            asyncio.run(Door(self.fail)(scope, None, send))
            self.assertEqual(answer, sent[0]["type"])


if __name__ == "__main__":
    unittest.main()
