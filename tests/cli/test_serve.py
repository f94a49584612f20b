"""`paicha serve` as a process: it says when it is there, answers, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAICHA = Path(sys.executable).with_name("paicha")
SHORT, LONG, OTHER = "长长的密码一二三四", "长长的密码 2023", "长长的密码 2024"
ANSWERS = "\n".join(
    ("中共测试学院委员会", "没有的市", "武汉市", "admin", "张三", "短", SHORT, LONG, OTHER, LONG, LONG, "")
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The command as a process, and the file of its output; killed with all it began where a test failed."""
    told = data.with_name("told.txt")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    with told.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [PAICHA, "serve", "--port", str(port)],
            env=environment | {"PAICHA_DATA": str(data)},
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    try:
        assert process.stdin is not None
        process.stdin.write(ANSWERS)
        process.stdin.close()
        yield process, told
    finally:
        if running(process):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def running(process: subprocess.Popen[str]) -> bool:
    """Whether anything of the process's session lives: the server is a child of the command."""
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(words: str, told: Path, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while words not in told.read_text(encoding="utf-8"):
        assert process.poll() is None, told.read_text(encoding="utf-8")
        assert time.monotonic() < until, told.read_text(encoding="utf-8")
        time.sleep(0.05)


def stopped(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGINT)
    return process.wait(timeout=30)


def test_the_first_start_asks_again_what_was_wrong_and_the_second_asks_nothing(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    with serving(data, port) as (process, told):
        wait_for("网站已启动", told, process)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
            assert answer.status == 200
        words = told.read_text(encoding="utf-8")
        assert words.count("错误：") == 4  # the city, two short passwords, one that was not repeated
        assert "两次输入的密码不一样" in words
        assert stopped(process) == 0
        assert not running(process)
    with serving(data, port) as (process, told):
        wait_for("网站已启动", told, process)
        assert "党委全称" not in told.read_text(encoding="utf-8")
        assert stopped(process) == 0  # at once, before anything was asked of it
        assert not running(process)


@pytest.mark.parametrize(
    ("host", "words"),
    [("127.0.0.1", "已被占用"), ("198.51.100.7", "不是本机的地址"), ("没有.invalid", "不是本机的地址")],
)
def test_an_address_that_cannot_be_listened_to_is_told_with_what_to_do(tmp_path: Path, host: str, words: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        asked = [PAICHA, "serve", "--host", host, "--port", str(taken.getsockname()[1])]
        done = subprocess.run(
            asked,
            env=os.environ | {"PAICHA_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert words in done.stderr
