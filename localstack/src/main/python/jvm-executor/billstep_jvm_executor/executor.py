"""LocalStack's view of an execution environment: a JVM behind a Runtime API."""

import os
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import (
    LambdaRuntimeException,
    RuntimeExecutor,
)

from . import artifact
from .environment import Environment, InitError, JavaCommand, Pool

LOOPBACK = "127.0.0.1"

# Set by whoever starts LocalStack: the JDK, AWS's runtime interface client, and what a layer would
# add to every function's class path.
JAVA = os.environ.get("BILLSTEP_JAVA", "java")
RUNTIME_CLIENT = os.environ.get("BILLSTEP_RUNTIME_CLIENT", "")
LAYER = os.environ.get("BILLSTEP_LAYER", "")

# JVMs that may be alive at once, idle ones included, over all functions.
JVMS = Pool(int(os.environ.get("BILLSTEP_JVMS", "16")))


class JvmRuntimeExecutor(RuntimeExecutor):
    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id, function_version)
        self._environment: Environment | None = None

    def start(self, env_vars: dict[str, str]) -> None:
        function = self.function_version.config
        # Where it is needed, and not where a version is published: most functions never start here.
        code = artifact.jar(function.code)
        command = JavaCommand(
            java=JAVA,
            class_path=class_path(code),
            handler=function.handler,
            memory_mb=function.memory_size,
        )
        variables = {name: str(value) for name, value in env_vars.items() if value is not None}
        variables["LAMBDA_TASK_ROOT"] = str(code.parent)
        self._environment = Environment(command, variables, function.timeout, JVMS)
        try:
            self._environment.start()
        except InitError as failure:
            raise StatusErrorException("Environment startup failed", failure.payload) from failure

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        if self._environment is None:
            raise LambdaRuntimeException("The execution environment was not started")
        outcome = self._environment.invoke(
            payload["invoke-id"],
            payload["payload"].encode(),
            payload["invoked-function-arn"],
            payload["trace-id"],
        )
        return InvocationResult(
            payload["invoke-id"], outcome.payload, is_error=outcome.is_error, logs=outcome.logs
        )

    def stop(self) -> None:
        if self._environment is not None:
            self._environment.stop()

    def get_logs(self) -> str:
        return self._environment.logs() if self._environment is not None else ""

    def get_address(self) -> str:
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        return LOOPBACK

    def get_runtime_endpoint(self) -> str:
        return f"http://{LOOPBACK}:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Nothing: the artifact is fetched by the first environment that starts."""

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing: the artifact may be another function's, too."""


def class_path(code: Path) -> str:
    """As Lambda has it: the code, the runtime, and a layer's java/lib."""
    parts = [str(code), RUNTIME_CLIENT, LAYER]
    return os.pathsep.join(part for part in parts if part)
