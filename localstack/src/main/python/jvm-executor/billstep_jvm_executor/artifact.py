"""A function's artifact on disk, as it was uploaded: one jar for all functions that share it.

Not unpacked, as Lambda does it: that takes seconds for each function, and the JVM reads a jar faster
than thousands of files.
"""

import base64
import tempfile
import threading
from pathlib import Path

from localstack.services.lambda_.invocation.lambda_models import ArchiveCode

_LOCK = threading.Lock()


def jar(code: ArchiveCode) -> Path:
    """The artifact's jar; downloaded by the first environment that starts."""
    name = base64.b64decode(code.code_sha256).hex()
    path = Path(tempfile.gettempdir(), "artifacts", name, "function.jar")
    with _LOCK:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            with part.open("wb") as file:
                code._download_archive_to_file(file)
            part.rename(path)
    return path
