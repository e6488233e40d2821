#!/usr/bin/env python3
"""Runs the wire tests: the bot against real servers, with clients that are not ours.

    run.py [--libstrophe FOLDER] PROGRAM [WORD...]

Every `async def test_…(world)` of every test_*.py beside this file, or those whose names hold one
of the words, each in a world of its own. Prints TAP; exit status 1 when any fails. With
--libstrophe the bot runs with the library in that folder in place of the installed one.
"""

import argparse
import asyncio
import glob
import importlib
import os
import sys
import time
import traceback

from world import World

TEST_TIMEOUT = 90


def tests(words):
    for path in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "test_*.py"))):
        module = importlib.import_module(os.path.basename(path)[:-3])
        for name, test in vars(module).items():
            full_name = f"{module.__name__[5:]}: {name[5:].replace('_', ' ')}"
            if name.startswith("test_") and (not words or any(w in full_name for w in words)):
                yield full_name, test


async def run(test, program, libstrophe):
    """Runs one test. Returns what was wrong, or None."""
    with World(program, libstrophe) as world:
        try:
            await asyncio.wait_for(test(world), TEST_TIMEOUT)
            assert not (complaints := list(world.complaints())), complaints
        except Exception:  # whatever it is, the other tests go on
            return traceback.format_exc() + world.logs()
        finally:
            await world.leave()


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--libstrophe")
    parser.add_argument("program")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()

    chosen = list(tests(options.words))
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, (name, test) in enumerate(chosen, 1):
        began = time.monotonic()
        wrong = asyncio.run(run(test, options.program, options.libstrophe))
        verdict = "not ok" if wrong else "ok"
        print(f"{verdict} {number} - {name} ({time.monotonic() - began:.1f} s)")
        if wrong:
            failed += 1
            print("".join(f"# {line[:300]}\n" for line in wrong.splitlines()), end="")
        sys.stdout.flush()
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
