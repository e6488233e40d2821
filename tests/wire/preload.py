"""Pieces of C that are put before the libraries of a program, to change what the system tells it."""

import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def environment(sandbox, name):
    """Compiles name.c. Returns what a program needs in its environment to run with it."""
    library = sandbox.path(f"{name}.so")
    source = os.path.join(HERE, f"{name}.c")
    compiler = os.environ.get("CC", "cc")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    return {"LD_PRELOAD": library, "ASAN_OPTIONS": "verify_asan_link_order=0"}
