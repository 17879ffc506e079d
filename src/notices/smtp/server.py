"""A real SMTP server (aiosmtpd) for tests: says its port, then each message that it took as a line of JSON.

    server.py MODE [CERTIFICATE KEY]

MODE is `take`, `starttls` and `smtps` (with a certificate), `refuse`, `defer`, `die` (hangs up in the middle
of the message), or `lose` (takes the message and hangs up before it says so).
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, syntax


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "refuse":
            return "550 5.1.1 <" + address + "> is nobody here"
        if mode == "defer":
            return "451 4.7.1 come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        took = {
            "helo": session.host_name,
            "encrypted": session.ssl is not None or mode == "smtps",
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "message": envelope.content.decode(),
        }
        print(json.dumps(took), flush=True)
        if mode == "lose":
            server.transport.abort()
        return "250 OK"


class Dying(SMTP):
    @syntax("DATA")
    async def smtp_DATA(self, arg):
        await self.push("354 go on")
        await self._reader.read(64)
        self.transport.abort()


async def serve():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    early = mode == "smtps"
    kind = Dying if mode == "die" else SMTP
    late = {} if early or context is None else {"tls_context": context, "require_starttls": True}
    server = await asyncio.get_running_loop().create_server(
        lambda: kind(Handler(), **late), "127.0.0.1", 0, ssl=context if early else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with the test that started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


mode = sys.argv[1]
asyncio.run(serve())
