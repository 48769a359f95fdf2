"""Unary calls of 100 bytes with grpcio: a server in a process of its own, a client with N calls in flight; prints calls/s."""
import concurrent.futures
import multiprocessing
import statistics
import sys
import threading
import time

import grpc

calls, in_flight = int(sys.argv[1]), int(sys.argv[2])


def serve(port):
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
    handler = grpc.unary_unary_rpc_method_handler(lambda request, context: request)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bench.Wire", {"Echo": handler}),))
    port.put(server.add_insecure_port("127.0.0.1:0"))
    server.start()
    server.wait_for_termination()


def round_of(echo):
    done, free = threading.Event(), threading.Semaphore(in_flight)
    left = [calls]

    def finished(_):
        free.release()
        left[0] -= 1
        if left[0] == 0:
            done.set()

    started = time.perf_counter()
    for _ in range(calls):
        free.acquire()
        echo.future(bytes(100)).add_done_callback(finished)
    done.wait()
    return calls / (time.perf_counter() - started)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    port = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    with grpc.insecure_channel("127.0.0.1:%d" % port.get()) as channel:
        echo = channel.unary_unary("/bench.Wire/Echo")
        round_of(echo)
        print(statistics.median(round_of(echo) for _ in range(3)))
    server.terminate()
