"""How LocalStack finds the executor, LAMBDA_RUNTIME_EXECUTOR=jvm, and what is done at its start."""

import os
import tempfile

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class JvmRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "jvm"

    def load(self, *args, **kwargs):
        from .executor import JvmRuntimeExecutor

        return JvmRuntimeExecutor


@hooks.on_infra_start()
def keep_objects_in_the_temporary_folder():
    """S3 has /tmp wired in, where its folders stay behind and are shared by all who run it."""
    from localstack.services.s3 import provider

    provider.DEFAULT_S3_TMP_DIR = os.path.join(tempfile.gettempdir(), "s3")
