"""How LocalStack finds the executor, LAMBDA_RUNTIME_EXECUTOR=jvm, and what is done at its start."""

import os
import tempfile

from billstep_door import problem
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


@hooks.on_infra_start()
def answer_no_page_of_another_site():
    """Before anything looks at a request: LocalStack's own check lets S3 and every host through."""
    from localstack.aws.handlers import preprocess_request

    preprocess_request.append(refuse_other_sites)


def refuse_other_sites(chain, context, response):
    sentence = problem(context.request.headers)
    if sentence is not None:
        response.status_code = 403
        response.data = sentence
        chain.terminate()
