"""`tallystick serve`: the page on this machine, and nowhere else."""

import socket

from django.core.wsgi import get_wsgi_application
from waitress import create_server

from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, print_json, say

HOST = "127.0.0.1"
THREADS = 4


def serve_page(*, port: int, as_json: bool) -> None:
    """Serve until interrupted; on a free port where `port` is 0."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((HOST, port))
    address = f"http://{HOST}:{listening.getsockname()[1]}/"
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), "address": address})
    else:
        banner(rehearsal=is_rehearsal())
        say(f"The page is at {address} (stop with Ctrl-C)")
    server = create_server(get_wsgi_application(), sockets=[listening], threads=THREADS, ident="tallystick")
    try:
        server.run()
    finally:
        server.close()
        listening.close()
