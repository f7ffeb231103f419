"""TLS in front of a server on the loopback address: decrypts, and passes on.

  tls_front.py CERTIFICATE KEY PORT      prints its own port
"""
import asyncio
import ssl
import sys


async def pass_on(reader, writer):
    try:
        while data := await reader.read(16384):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def main():
    certificate, key, port = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def serve(reader, writer):
        try:
            back = await asyncio.open_connection("127.0.0.1", int(port))
        except OSError:
            writer.close()
            return
        await asyncio.gather(pass_on(reader, back[1]), pass_on(back[0], writer))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, backlog=4096, limit=16384)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
