#!/usr/bin/env python3
"""Runs the wire tests: the bot against real servers, with clients that are not ours.

    run.py [--server prosody|ejabberd] [--libstrophe FOLDER] PROGRAM [WORD...]

Every `async def test_…(world)` of every test_*.py beside this file, or those whose names hold one
of the words, each in a world of its own. Prints TAP; exit status 1 when any fails. With
--libstrophe the bot runs with the library in that folder in place of the installed one.
"""

import argparse
import asyncio
import concurrent.futures
import glob
import importlib
import os
import sys
import time
import traceback

import servers
from world import Skip, World

TEST_TIMEOUT = 180
AT_ONCE = 4  # most of a test is waiting


def tests(words):
    for path in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "test_*.py"))):
        module = importlib.import_module(os.path.basename(path)[:-3])
        for name, test in vars(module).items():
            full_name = f"{module.__name__[5:]}: {name[5:].replace('_', ' ')}"
            if name.startswith("test_") and (not words or any(w in full_name for w in words)):
                yield full_name, test


def run(test, options):
    """Runs one test. Returns its verdict, a word on it, and what was wrong."""
    began = time.monotonic()
    verdict, word, wrong = asyncio.run(run_in_world(test, options))
    return verdict, f"({time.monotonic() - began:.1f} s){word}", wrong


async def run_in_world(test, options):
    with World(options.program, options.server, options.libstrophe, options.npm) as world:
        try:
            await asyncio.wait_for(test(world), getattr(test, "timeout", TEST_TIMEOUT))
            assert not (complaints := list(world.complaints())), complaints
            return "ok", "", ""
        except Skip as skip:
            return "ok", f" # SKIP {skip}", ""
        except Exception:  # whatever it is, the other tests go on
            return "not ok", "", traceback.format_exc() + world.logs()
        finally:
            await world.leave()


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--server", choices=servers.KINDS, default="prosody")
    parser.add_argument("--libstrophe")
    parser.add_argument("--npm")
    parser.add_argument("program")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()

    chosen = list(tests(options.words))
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda named: run(named[1], options), chosen)
        for number, (verdict, word, wrong) in enumerate(results, 1):
            print(f"{verdict} {number} - {chosen[number - 1][0]} {word}")
            print("".join(f"# {line[:300]}\n" for line in wrong.splitlines()), end="", flush=True)
            failed += verdict != "ok"
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
