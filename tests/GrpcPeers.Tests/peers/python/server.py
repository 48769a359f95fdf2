"""A server made with grpcio: peer.proto on a free loopback port, which is printed."""
import concurrent.futures
import threading

import grpc

from wire import pack, unpack

seen = threading.Semaphore(0)
total = 0


def echo(request, context):
    context.set_trailing_metadata([(k, v) for k, v in context.invocation_metadata() if k.startswith("x-")])
    return request


def count(request, context):
    for i in range(request["count"]):
        yield {"text": request["text"], "count": i, "data": request["data"]}


def join(requests, context):
    texts = [r["text"] for r in requests]
    return {"count": len(texts), "text": ",".join(texts)}


def chat(requests, context):
    yield from requests


def fail(request, context):
    code = next(c for c in grpc.StatusCode if c.value[0] == request["count"])
    context.set_trailing_metadata((("x-reason", "because"), ("x-raw-bin", b"\x00\x01\x02\xff")))
    context.abort(code, request["text"])


def hang(request, context):
    over = threading.Event()
    context.add_callback(lambda: (seen.release(), over.set()))
    yield {"text": "hanging"}
    over.wait()


def saw(request, context):
    global total
    while total < request["count"] and context.is_active():
        if seen.acquire(timeout=0.1):
            total += 1
    return {"count": total}


H = dict(request_deserializer=unpack, response_serializer=lambda m: pack(**m))
handlers = grpc.method_handlers_generic_handler("dqn.test.peer.Peer", {
    "Echo": grpc.unary_unary_rpc_method_handler(echo, **H),
    "Count": grpc.unary_stream_rpc_method_handler(count, **H),
    "Join": grpc.stream_unary_rpc_method_handler(join, **H),
    "Chat": grpc.stream_stream_rpc_method_handler(chat, **H),
    "Fail": grpc.unary_unary_rpc_method_handler(fail, **H),
    "Hang": grpc.unary_stream_rpc_method_handler(hang, **H),
    "Seen": grpc.unary_unary_rpc_method_handler(saw, **H),
})
server = grpc.server(concurrent.futures.ThreadPoolExecutor(64), compression=grpc.Compression.Gzip)
server.add_generic_rpc_handlers((handlers,))
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(port, flush=True)
server.wait_for_termination()
