"""A client made with grpcio: runs every scenario against a server and prints "NAME ok" or "NAME FAIL why"."""
import sys
import threading

import grpc

from wire import pack, unpack

address = sys.argv[1]
BIG = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
channel = grpc.insecure_channel(address, options=BIG)
SERVICE = "/dqn.test.peer.Peer/"
T = 20


def unary(name, where=channel):
    return where.unary_unary(SERVICE + name, request_serializer=lambda m: pack(**m), response_deserializer=unpack)


def server_stream(name):
    return channel.unary_stream(SERVICE + name, request_serializer=lambda m: pack(**m), response_deserializer=unpack)


def client_stream(name):
    return channel.stream_unary(SERVICE + name, request_serializer=lambda m: pack(**m), response_deserializer=unpack)


def bidirectional_stream(name):
    return channel.stream_stream(SERVICE + name, request_serializer=lambda m: pack(**m), response_deserializer=unpack)


def failing(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call did not fail")


def s_unary():
    value = unary("Echo")({"text": "grüß", "count": 7, "data": b"\x00\xff"}, timeout=T)
    assert value == {"text": "grüß", "count": 7, "data": b"\x00\xff"}, value


def s_metadata():
    _, call = unary("Echo").with_call({}, timeout=T, metadata=(("x-word", "hello"), ("x-raw-bin", b"\x00\x01\x02\xff")))
    trailers = dict(call.trailing_metadata())
    assert trailers["x-word"] == "hello" and trailers["x-raw-bin"] == b"\x00\x01\x02\xff", trailers


def s_server_stream():
    values = list(server_stream("Count")({"count": 100}, timeout=T))
    assert [v["count"] for v in values] == list(range(100))


def s_client_stream():
    value = client_stream("Join")(({"text": str(i)} for i in range(50)), timeout=T)
    assert value["count"] == 50 and value["text"].endswith("48,49"), value


def s_bidirectional():
    values = list(bidirectional_stream("Chat")(({"count": i} for i in range(50)), timeout=T))
    assert [v["count"] for v in values] == list(range(50))


def s_every_status():
    for code in grpc.StatusCode:
        number = code.value[0]
        if number == 0:
            continue
        error = failing(lambda: unary("Fail")({"count": number, "text": "ändere %d%%\n" % number}, timeout=T))
        assert error.code() == code, (error.code(), code)
        assert error.details() == "ändere %d%%\n" % number, error.details()
        trailers = dict(error.trailing_metadata())
        assert trailers["x-reason"] == "because" and trailers["x-raw-bin"] == b"\x00\x01\x02\xff", trailers


def s_deadline():
    error = failing(lambda: list(server_stream("Hang")({}, timeout=0.2)))
    assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error.code()


def s_cancel():
    before = unary("Seen")({}, timeout=T)["count"]
    call = server_stream("Hang")({}, timeout=T)
    next(call)
    call.cancel()
    error = failing(lambda: next(call))
    assert error.code() == grpc.StatusCode.CANCELLED, error.code()
    assert unary("Seen")({"count": before + 1}, timeout=T)["count"] > before


def s_oversized():
    error = failing(lambda: unary("Echo")({"data": bytes(5 << 20)}, timeout=T))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error.code()
    assert unary("Echo")({"text": "still there"}, timeout=T)["text"] == "still there"


def s_gzip():
    with grpc.insecure_channel(address, options=BIG, compression=grpc.Compression.Gzip) as zipped:
        data = b"abc" * 30000
        assert unary("Echo", zipped)({"data": data}, timeout=T)["data"] == data


def s_thousand_calls():
    echo = unary("Echo")
    calls = [echo.future({"count": i + 1}, timeout=T) for i in range(1000)]
    assert [c.result()["count"] for c in calls] == list(range(1, 1001))


def s_unimplemented():
    assert failing(lambda: unary("Nothing")({}, timeout=T)).code() == grpc.StatusCode.UNIMPLEMENTED


def s_threads():
    errors = []

    def work():
        try:
            for i in range(1, 50):
                assert unary("Echo")({"count": i}, timeout=T)["count"] == i
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert not errors, errors


for key, run in list(globals().items()):
    if key.startswith("s_"):
        try:
            run()
            print(key[2:], "ok", flush=True)
        except Exception as error:  # noqa: BLE001 - the report is the point
            print(key[2:], "FAIL", " ".join(repr(error).split()), flush=True)
