"""Keeps pages of other sites, which a browser on this machine shows, out of an AWS emulator.

Emulators listen on a known port of loopback and take any credentials. MiniStack answers every
origin with Access-Control-Allow-Origin: *, whatever host it is asked by; its AUTH=true takes that
from S3 alone, and asks for signatures and IAM policies everywhere. LocalStack refuses foreign
origins but for S3, and answers to any host. As a program, this is MiniStack behind the door.
"""

import os
import re
import shutil
import sys
import threading

# Of everything in the emulator.
ACCOUNT = "000000000000"

# Buckets with what is deployed, which is published anew each time (AWS CDK, "Bootstrapping").
ASSETS = "cdk-"

# LocalStack calls itself by a name of its own, which leads to loopback.
HOST = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9._-]+\.)?localhost(\.localstack\.cloud)?)(:\d+)?")
OWN_SITE = ("none", "same-origin")


def problem(headers):
    """Why a request is not answered; None where it may be.

    Headers are pairs of a name and a value. Browsers send a host with every request; what has none
    comes from within the emulator.
    """
    sent = [(name.lower(), value) for name, value in headers]
    hosts = [value for name, value in sent if name == "host"]
    if any(not HOST.fullmatch(host.lower()) for host in hosts):
        # A name that leads here, of another site's choice, would make its pages ours (DNS rebinding).
        return "This server is asked by its address on this machine alone."
    for name, value in sent:
        of_another_origin = name == "origin" and value not in ["http://" + host for host in hosts]
        of_another_site = name == "sec-fetch-site" and value not in OWN_SITE
        if of_another_origin or of_another_site:
            return "Another site's page can't ask this server."
    return None


class Door:
    """An ASGI application in front of another one."""

    def __init__(self, application):
        self._application = application

    async def __call__(self, scope, receive, send):
        sentence = None
        if scope["type"] in ("http", "websocket"):
            sentence = problem(
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
            )
        if sentence is None:
            await self._application(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refuse(send, sentence.encode())


async def refuse(send, sentence):
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(sentence)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})


def keep_objects(folder):
    """Has what is put into buckets kept in a folder, and found there by a stack that is made anew.

    MiniStack reads its kept objects when it is loaded, and makes buckets for them: a stack that
    declares one of these would fail, because it is there. So they are read when the stack makes it.
    """
    from ministack.services import s3
    from ministack.services.cloudformation import provisioners

    s3.DATA_DIR = folder
    kept = os.path.join(folder, ACCOUNT)
    for name in os.listdir(kept) if os.path.isdir(kept) else []:
        if name.startswith(ASSETS):
            shutil.rmtree(os.path.join(kept, name))

    bucket = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    create = bucket["create"]

    def create_with_objects(logical_id, properties, stack_name):
        always = provisioners._physical_name(stack_name, logical_id, lowercase=True, max_len=63)
        named = {"BucketName": always, **properties}
        name, attributes = create(logical_id, named, stack_name)
        if os.path.isdir(os.path.join(kept, name)):
            s3._load_persisted_bucket(ACCOUNT, name, os.path.join(kept, name))
        return name, attributes

    bucket["create"] = create_with_objects


def heed_concurrency():
    """Has a map run as many items at once as its MaxConcurrencyPath says, which MiniStack passes over."""
    from ministack.services import stepfunctions

    run = stepfunctions._run_map_items

    def run_as_many_at_once(state, raw_input, execution, context):
        path = state.get("MaxConcurrencyPath")
        if path is not None:
            effective = stepfunctions._apply_input_path(state, raw_input, context)
            most = stepfunctions._resolve_path_or_ctx(path, effective, context)
            state = {**state, "MaxConcurrency": most}
        return run(state, raw_input, execution, context)

    stepfunctions._run_map_items = run_as_many_at_once


def end_with(stream):
    """Ends this process when a stream ends that whoever has started it holds open."""

    def wait():
        while stream.read(4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    from ministack import app as ministack

    end_with(sys.stdin.buffer)
    keep_objects(os.environ["BILLSTEP_OBJECTS"])
    heed_concurrency()
    ministack.app = Door(ministack.app)
    ministack.main()
