"""How LocalStack finds the executor: LAMBDA_RUNTIME_EXECUTOR=jvm."""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class JvmRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "jvm"

    def load(self, *args, **kwargs):
        from .executor import JvmRuntimeExecutor

        return JvmRuntimeExecutor
