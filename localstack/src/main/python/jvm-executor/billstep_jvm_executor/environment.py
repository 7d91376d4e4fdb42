"""One execution environment: a JVM with AWS's runtime interface client, and its Runtime API.

Knows nothing of LocalStack, so that it can be tested without. The API is that of the AWS Lambda
developer guide, "Using the Lambda runtime API for custom runtimes".
"""

import collections
import http.server
import json
import os
import queue
import re
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass

from billstep_door import problem

NEXT = "/2018-06-01/runtime/invocation/next"
INIT_ERROR = "/2018-06-01/runtime/init/error"
RESULT = re.compile(r"/2018-06-01/runtime/invocation/([^/]+)/(response|error)")

# Of the function's memory; the JVM's own needs are the rest.
HEAP_SHARE = 0.8
INIT_SECONDS = 60
STOP_SECONDS = 2
LOG_LINES = 2_000
PIPE_BYTES = 65_536

# A function that never stops talking is not waited for.
LOG_SECONDS = 2

# Starting is the expensive part: more JVMs at once than cores only make each slower.
STARTS = threading.BoundedSemaphore(2)


class Pool:
    """Caps the JVMs that are alive: the one that is idle for longest makes room for a new one.

    Where all are at work the cap gives way: how many may be is for the caller to limit.
    """

    def __init__(self, cap: int):
        self._cap = cap
        self._lock = threading.RLock()
        self._alive: collections.OrderedDict[Environment, None] = collections.OrderedDict()

    def enter(self, newcomer: "Environment") -> None:
        with self._lock:
            self._alive[newcomer] = None
            for each in list(self._alive):
                if len(self._alive) <= self._cap:
                    return
                if each is not newcomer:
                    each.retire()

    def used(self, environment: "Environment") -> None:
        with self._lock:
            if environment in self._alive:
                self._alive.move_to_end(environment)

    def leave(self, environment: "Environment") -> None:
        with self._lock:
            self._alive.pop(environment, None)

    def __len__(self) -> int:
        return len(self._alive)


@dataclass(frozen=True)
class JavaCommand:
    java: str
    class_path: str
    handler: str
    memory_mb: int

    def arguments(self, temporary: str) -> list[str]:
        return [
            self.java,
            f"-Djava.io.tmpdir={temporary}",
            f"-Xmx{int(self.memory_mb * HEAP_SHARE)}m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-classpath",
            self.class_path,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            self.handler,
        ]


@dataclass(frozen=True)
class Outcome:
    payload: bytes
    is_error: bool
    logs: str


class InitError(Exception):
    """The runtime did not come up; the payload is Lambda's error JSON."""

    def __init__(self, payload: bytes):
        super().__init__(payload.decode(errors="replace"))
        self.payload = payload


@dataclass(frozen=True)
class Invocation:
    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str
    deadline: float


class Environment:
    """Serves one invocation at a time; a JVM that died is started again at the next one."""

    def __init__(
        self, command: JavaCommand, variables: dict[str, str], timeout_seconds: int, pool: Pool
    ):
        self._pool = pool
        self._at_work = threading.Lock()
        self._command = command
        self._variables = variables
        self._timeout = timeout_seconds
        self._lines = collections.deque(maxlen=LOG_LINES)
        self._reading = threading.Lock()
        self._invocations: queue.Queue[Invocation] = queue.Queue()
        self._results: queue.Queue[tuple[str, str, bytes]] = queue.Queue()
        self._polled = threading.Event()
        self._init_error: bytes | None = None
        self._process: subprocess.Popen | None = None
        self._temporary: tempfile.TemporaryDirectory | None = None
        self._server: http.server.ThreadingHTTPServer | None = None
        self._stopped = False

    def start(self) -> None:
        with self._at_work:
            self._start_in_turn()

    def _start_in_turn(self) -> None:
        self._pool.enter(self)
        with STARTS:
            self._start()

    def _start(self) -> None:
        self._polled.clear()
        self._init_error = None
        self._invocations = queue.Queue()
        self._results = queue.Queue()
        self._server = QuietServer(("127.0.0.1", 0), self._handler_class())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        variables = dict(self._variables)
        variables["AWS_LAMBDA_RUNTIME_API"] = f"127.0.0.1:{self._server.server_address[1]}"
        self._temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            self._command.arguments(self._temporary.name),
            env=variables,
            cwd=variables.get("LAMBDA_TASK_ROOT"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        threading.Thread(target=self._read_output, args=(self._process,), daemon=True).start()
        self._await_first_poll()

    def _await_first_poll(self) -> None:
        limit = time.monotonic() + INIT_SECONDS
        while not self._polled.wait(0.02):
            if self._init_error is not None:
                self._end()
                raise InitError(self._init_error)
            code = self._process.poll()
            if code is not None:
                self._end()
                raise InitError(error("Runtime.ExitError", exit_message("", code)))
            if time.monotonic() > limit:
                self._end()
                raise InitError(error("Sandbox.Timedout", f"Init took longer than {INIT_SECONDS} s"))

    def invoke(self, request_id: str, payload: bytes, function_arn: str, trace_id: str) -> Outcome:
        with self._at_work:
            self._pool.used(self)
            return self._invoke(request_id, payload, function_arn, trace_id)

    def _invoke(self, request_id: str, payload: bytes, function_arn: str, trace_id: str) -> Outcome:
        self._lines.clear()
        if self._process is None or self._process.poll() is not None:
            try:
                self._start_in_turn()
            except InitError as failure:
                return Outcome(failure.payload, True, self.logs())
        deadline = time.time() + self._timeout
        self._invocations.put(Invocation(request_id, payload, function_arn, trace_id, deadline))
        while True:
            try:
                answered, kind, body = self._results.get(timeout=0.02)
                if answered == request_id:
                    self._await_what_was_said()
                    return Outcome(body, kind == "error", self.logs())
            except queue.Empty:
                failure = self._failure(request_id, deadline)
                if failure is not None:
                    self._end()
                    return Outcome(failure, True, self.logs())

    def _await_what_was_said(self) -> None:
        """
        What the function wrote before its answer is in the pipe, but may not have been read: the next
        invocation would take it for its own, or nobody would.
        """
        limit = time.monotonic() + LOG_SECONDS
        while self._has_more_said() and time.monotonic() < limit:
            time.sleep(0.001)

    def _has_more_said(self) -> bool:
        with self._reading:
            output = self._process.stdout
            return not output.closed and bool(select.select([output], [], [], 0)[0])

    def _failure(self, request_id: str, deadline: float) -> bytes | None:
        """What Lambda says of a runtime that died, or that is at work for too long."""
        code = self._process.poll()
        if code is not None and self._results.empty():
            return error("Runtime.ExitError", exit_message(request_id, code))
        if time.time() > deadline:
            message = f"RequestId: {request_id} Error: Task timed out after {self._timeout}.00 seconds"
            return error("Sandbox.Timedout", message)
        return None

    def logs(self) -> str:
        return "\n".join(self._lines)

    def retire(self) -> None:
        """Ends the JVM, unless it is at work; the next invocation starts another."""
        if self._at_work.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._at_work.release()

    def stop(self) -> None:
        self._stopped = True
        self._end()

    def _end(self) -> None:
        self._pool.leave(self)
        process, self._process = self._process, None
        server, self._server = self._server, None
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._temporary is not None:
            self._temporary.cleanup()
        if server is not None:
            server.shutdown()
            server.server_close()

    def _read_output(self, process: subprocess.Popen) -> None:
        with process.stdout as output:
            unended = b""
            while True:
                select.select([output], [], [])
                # Whoever holds this finds all that was taken out of the pipe among the lines.
                with self._reading:
                    read = os.read(output.fileno(), PIPE_BYTES)
                    *lines, unended = (unended + read).split(b"\n")
                    if not read and unended:
                        lines = [*lines, unended]
                    self._lines.extend(line.decode(errors="replace") for line in lines)
                if not read:
                    return

    def _handler_class(self):
        environment = self
        invocations, results = self._invocations, self._results

        class RuntimeApi(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                """The function's log is what the function prints."""

            def parse_request(self):
                """No page of a browser takes or ends an invocation."""
                if not super().parse_request():
                    return False
                if problem(self.headers.items()) is not None:
                    self.close_connection = True
                    self._respond(403)
                    return False
                return True

            def do_GET(self):
                if self.path != NEXT:
                    self._respond(404)
                    return
                environment._polled.set()
                try:
                    invocation = self._next()
                except EnvironmentEnded:
                    # The runtime client crashes on an answer that is no invocation: its JVM is being
                    # ended, so it gets none.
                    time.sleep(STOP_SECONDS)
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", invocation.request_id)
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int(invocation.deadline * 1000)))
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn)
                self.send_header("Lambda-Runtime-Trace-Id", invocation.trace_id)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(invocation.payload)))
                self.end_headers()
                self.wfile.write(invocation.payload)

            def _next(self) -> Invocation:
                while True:
                    try:
                        return invocations.get(timeout=0.5)
                    except queue.Empty:
                        if environment._stopped or environment._invocations is not invocations:
                            raise EnvironmentEnded() from None

            def do_POST(self):
                body = self._body()
                if self.path == INIT_ERROR:
                    environment._init_error = body
                    self._respond(202)
                    return
                match = RESULT.fullmatch(self.path)
                if match is None:
                    self._respond(404)
                    return
                results.put((match.group(1), match.group(2), body))
                self._respond(202)

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                chunks = []
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    chunks.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(chunks)

            def _respond(self, status: int):
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

        return RuntimeApi


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A JVM that ends drops its connections: that is no error of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class EnvironmentEnded(Exception):
    """The JVM that polls belongs to an environment that was stopped."""


def error(error_type: str, message: str) -> bytes:
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()


def exit_message(request_id: str, code: int) -> str:
    reason = f"signal: {signal.Signals(-code).name.removeprefix('SIG').lower()}" if code < 0 else (
        f"exit status {code}"
    )
    return f"RequestId: {request_id} Error: Runtime exited with error: {reason}"
