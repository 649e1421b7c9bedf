"""A throw-away PostgreSQL server: its own folder, a socket in it, no network; gone when the tests are over.

PostgreSQL refuses to run as root: there it is run by the user `postgres`, or by another one who owns nothing.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

SUPERUSER = "server_superuser"
SPEED = ("fsync=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB", "log_statement=all",
         "wal_level=minimal", "max_wal_senders=0", "wal_recycle=off", "wal_init_zero=off")  # fmt: skip
"""It need not outlive the machine. Whatever it is asked is logged, so that the log can be searched for words."""
ROOM = 1 << 30
"""Bytes free in memory that let it lie there: thousands of small files, made and removed."""
SECONDS_TO_START = 30


@dataclass
class Server:
    """A server that runs. `folder` has its data, its socket and its log."""

    folder: Path
    programs: Path
    password: str
    run_by: dict[str, Any]
    process: subprocess.Popen[Any] | None = None

    def url(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        """How to reach a database, as a user."""
        known = URL.create(
            "postgresql",
            username=user,
            password=self.password if password is None else password,
            database=database,
            query={"host": str(self.folder)},
        )
        return known.render_as_string(hide_password=False)

    def ask(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def dump(self, url: str, *options: str) -> bytes:
        """What `pg_dump` writes."""
        done = subprocess.run([str(self.programs / "pg_dump"), *options, url], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def load(self, dump: bytes, database: str) -> None:
        """Let `psql` read a dump."""
        command = [str(self.programs / "psql"), "--quiet", "--set=ON_ERROR_STOP=1", self.url(database)]
        done = subprocess.run(command, input=dump, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()

    def start(self, *settings: str) -> None:
        """Start it, and wait until it answers."""
        given = [word for setting in (*SPEED, *settings) for word in ("-c", setting)]
        folder = str(self.folder)
        command = [str(self.programs / "postgres"), "-D", f"{folder}/data", "-k", folder, "-h", "", *given]
        with (self.folder / "log").open("ab") as log:
            process = self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=folder,
                preexec_fn=_ends_with_its_parent,  # noqa: PLW1509 - it asks for no lock that a thread could hold
                **self.run_by,
            )
        until = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: at once and in order, or (SIGQUIT) as if the power had failed."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(SECONDS_TO_START)
        self.process = None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url()).close()
        except psycopg.OperationalError:
            return False
        return True


def programs() -> Path | None:
    """Where a server's programs are: the newest that Debian installed, or those beside what PATH finds."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(debian, key=lambda path: [int(n) for n in path.parts[-3].split(".") if n.isdigit()])
    found = str(newest[-1]) if newest else shutil.which("postgres")
    return Path(found).resolve().parent if found and (Path(found).resolve().parent / "initdb").exists() else None


def _ends_with_its_parent() -> None:
    """Where tests are killed, their server goes too (`prctl(PR_SET_PDEATHSIG, SIGQUIT)`; Linux alone has it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _memory() -> str | None:
    """A folder in memory, where there is one with room."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > ROOM else None


def _unprivileged() -> dict[str, Any]:
    """Who runs it, in the words of `subprocess`: oneself, unless one is root."""
    if os.geteuid():
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in ("postgres", "nobody", "daemon") if name in known)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def running() -> Iterator[Server]:
    """A server in a new folder, for as long as it is needed."""
    where = programs()
    assert where is not None
    folder = Path(tempfile.mkdtemp(prefix="poise-pg-", dir=_memory()))  # a socket's path is short
    run_by = _unprivileged()
    server = Server(folder, where, secrets.token_hex(12), run_by)
    try:
        if run_by:
            os.chown(folder, run_by["user"], run_by["group"])
            folder.chmod(0o755)
        _make(server)
        server.start()
        yield server
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def _make(server: Server) -> None:
    """Make the server's data: passwords are asked for on its socket too, and its words are in English."""
    secret = server.folder / "password"
    secret.write_text(server.password)
    if server.run_by:
        os.chown(secret, server.run_by["user"], server.run_by["group"])
    command = [f"{server.programs}/initdb", "-D", f"{server.folder}/data", "-U", SUPERUSER, f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--wal-segsize=1"]
    subprocess.run(command, check=True, capture_output=True, cwd=server.folder, **server.run_by)
    secret.unlink()
