"""Keeps pages of other sites, which a browser on this machine shows, out of an AWS emulator.

Emulators listen on a known port of loopback and take any credentials. MiniStack answers every
origin with Access-Control-Allow-Origin: *, whatever host it is asked by; its AUTH=true takes that
from S3 alone, and asks for signatures and IAM policies everywhere. LocalStack refuses foreign
origins but for S3, and answers to any host. As a program, this is MiniStack behind the door.
"""

import re

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


if __name__ == "__main__":
    from ministack import app as ministack

    ministack.app = Door(ministack.app)
    ministack.main()
