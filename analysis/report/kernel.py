"""The kernel a report runs in: this Python, alone, quiet, the same every time - and gone afterwards.

Not for JupyterLab, which keeps its own kernels. Nothing installed on the machine is consulted: no kernel
specification, no IPython profile of the user, no start-up script.
"""

import os
import shutil
import site
import subprocess
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# What a kernel may know of the machine: where programs, libraries and caches are. No user, host, home or secret.
_PASSED = (
    "PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR",
    "COMSPEC", "PATHEXT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "NUMBA_CACHE_DIR", "NUMBA_CPU_NAME", "OPENBLAS_CORETYPE", "VIRTUAL_ENV",
)  # fmt: skip
_FIXED = {
    "IPY_TEST_SIMPLE_PROMPT": "1",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
    # Frozen modules make the debugger warn on every start.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


@contextmanager
def private_kernels(extra: Mapping[str, str]) -> Iterator[type]:
    """Give a class of kernel managers for nbclient; every kernel it started is dead when the block ends."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    home = Path(tempfile.mkdtemp(prefix="analysis-kernel-"))
    environment = _environment(home, extra)
    started: list[Any] = []

    class PrivateKernelManager(AsyncKernelManager):
        """Starts `sys.executable -m ipykernel_launcher` over local sockets: no port is opened."""

        def __init__(self, **options: Any) -> None:
            specs = KernelSpecManager(kernel_dirs=[], ensure_native_kernel=True)
            if os.name == "posix":
                options |= {"transport": "ipc", "ip": str(home / "socket")}
            super().__init__(
                **options, kernel_spec_manager=specs, connection_file=str(home / "connection.json")
            )
            self.client_class = "jupyter_client.asynchronous.AsyncKernelClient"

        async def start_kernel(self, *arguments: Any, **options: Any) -> None:  # type: ignore[override]
            """Start with our environment, and remember the process."""
            options["env"] = environment
            options["stderr"] = subprocess.DEVNULL  # its own log; what a cell says comes over the socket
            await super().start_kernel(*arguments, **options)
            started.append(getattr(self.provisioner, "process", None))

    try:
        yield PrivateKernelManager
    finally:
        for process in started:
            _end(process)
        shutil.rmtree(home, ignore_errors=True)


def _environment(home: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """The few variables a kernel needs, what decides bytes fixed, and the way to this very package."""
    kept = {name: os.environ[name] for name in _PASSED if name in os.environ}
    environment = {
        **kept,
        **_FIXED,
        **_caches(),
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        **extra,
    }
    package = str(Path(__file__).resolve().parents[2])
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    if package not in installed:
        known = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = package + (os.pathsep + known if known else "")
    return environment


def _caches() -> dict[str, str]:
    """Caches stay where they are: without them every kernel would look for fonts and compile anew."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    fonts = os.environ.get("MPLCONFIGDIR") or str(Path(base) / "matplotlib")
    numba = os.environ.get("NUMBA_CACHE_DIR")
    return {"XDG_CACHE_HOME": base, "MPLCONFIGDIR": fonts} | ({"NUMBA_CACHE_DIR": numba} if numba else {})


def _end(process: Any, patience: float = 5.0) -> None:
    """Make sure one process is over."""
    if process is None or process.poll() is not None:
        return
    process.kill()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:  # pragma: no cover - a process stuck in the system
        return


def cell_hook(notify: Callable[[int], None]) -> Callable[..., None]:
    """Turn a function of a cell's index into nbclient's hook."""

    def started(*, cell: Any = None, cell_index: int, **_rest: Any) -> None:
        del cell
        notify(cell_index)

    return started
