"""Pages from several processes: gunicorn, told nothing but what it needs, and seeing to it that the workers are there as well."""

import os
import socket
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from tallystick.ops.workers import Workers

THREADS = 4
SECONDS_TO_END = 10
NOT_BOOTED = 3  # what gunicorn takes for a process that could not begin, and does not start for ever


class Pages(BaseApplication):  # type: ignore[misc]
    """The pages. They are loaded once, before the processes part: each has the keyring in its memory, and none is told a passphrase."""

    def __init__(self, listening: socket.socket, *, count: int) -> None:
        self._settings: dict[str, Any] = {
            "bind": f"fd://{listening.fileno()}",
            "workers": count,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "graceful_timeout": SECONDS_TO_END,
            "control_socket_disable": True,
            "umask": 0o077,
            "errorlog": os.devnull,  # its own log quotes what it was sent; Tallystick's does not
            "loglevel": "critical",
            "worker_exit": _leave,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


class Overseer(Arbiter):  # type: ignore[misc]
    """Looks after the workers whenever it looks after the pages, in the one process that started both."""

    def __init__(self, pages: Pages, workers: Workers) -> None:
        self._workers = workers
        self._look_after_pages = super().manage_workers
        self.manage_workers = self._look_after_all  # the name that gunicorn calls it by, every moment
        super().__init__(pages)

    def _look_after_all(self) -> None:
        self._workers.keep()
        self._look_after_pages()


def run_team(listening: socket.socket, workers: Workers, *, count: int) -> None:
    """Serve until told to end; then this process exits."""
    Overseer(Pages(listening, count=count), workers).run()


def _leave(overseer: Arbiter, page: Any) -> None:
    """A page process ends here and now: behind it on the stack stands what only the process that started it may put away."""
    if os.getpid() != overseer.pid:
        os._exit(0 if page.booted else NOT_BOOTED)
