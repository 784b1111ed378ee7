"""Hands documents to running unoservers, one thread for each; run with the Python that unoserver is installed in.

Run as ``uno_client.py PORT...``: a line of JSON in, ``[[DOCX, PDF], ...]``, one out, the seconds it took.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time

from unoserver.client import UnoClient


def work(port: str, waiting: queue.Queue[list[str]], errors: list[str]) -> None:
    """Convert until nothing waits."""
    client = UnoClient(port=port)
    while True:
        try:
            source, target = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            client.convert(inpath=source, outpath=target, convert_to="pdf")
        except Exception as error:  # noqa: BLE001 - told to who asked, who stops
            errors.append(f"{source}: {error}")


for line in sys.stdin:
    waiting: queue.Queue[list[str]] = queue.Queue()
    errors: list[str] = []
    for pair in json.loads(line):
        waiting.put(pair)
    threads = [threading.Thread(target=work, args=(port, waiting, errors)) for port in sys.argv[1:]]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": time.perf_counter() - start, "errors": errors}), flush=True)
