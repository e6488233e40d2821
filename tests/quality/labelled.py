"""Labelled questions and talks: to read them, put them to the bot, and judge what it says.

A file of questions has lines of question, tab, label, tab, style; # begins a comment. A file of
talks (*.jsonl) has a talk a line: {"turns": [{"say": TEXT, "expect": LABEL}, ...]}.

A label is the id of an answer. `a|b`: either is right. `a+b`: both are asked. `-near` (on the
subject, but the source does not tell) and `-out` (anything else) must not be answered.
"""

import json
import subprocess
import sys
from typing import NamedTuple

NO_ANSWER = {"-near", "-out"}
KINDS = ("right", "partly", "wrong", "false", "refused")


class Asked(NamedTuple):
    """A question; or a turn of a talk, which has no style."""

    text: str
    label: str
    style: str
    place: str
    is_later: bool = False

    @property
    def parts(self):
        return [part.split("|") for part in self.label.split("+")]

    @property
    def in_scope(self):
        return any(id not in NO_ANSWER for part in self.parts for id in part)


class Judged(NamedTuple):
    asked: Asked
    reply: dict
    kind: str
    credit: float
    met: list  # for each part of the label, whether it was answered


def judge(asked, reply):
    """A part is met by one of the first answers, of which as many count as there are parts."""
    parts, answers = asked.parts, list(dict.fromkeys(reply["answers"]))
    first = set(answers[: len(parts)] or NO_ANSWER)
    met = [not first.isdisjoint(part) for part in parts]
    credit = sum(met) / len(parts)
    if credit == 1:
        kind = "right"
    elif credit > 0:
        kind = "partly"
    elif not answers:
        kind = "refused"
    else:
        kind = "wrong" if asked.in_scope else "false"
    return Judged(asked, reply, kind, credit, met)


def is_talks(path):
    return path.endswith(".jsonl")


def read(path):
    """The talks of a file, each a list of what was asked. A question is a talk by itself."""
    talks = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\r\n")
            place = f"{path}:{number}"
            if not line.strip() or line.startswith("#"):
                continue
            try:
                talks.append(_talk(line, place) if is_talks(path) else [_question(line, place)])
            except (ValueError, KeyError, TypeError):
                sys.exit(f"{place}: neither a labelled question nor a labelled talk")
    return talks


def _question(line, place):
    text, label, style = line.split("\t")
    return Asked(text, label, style, place)


def _talk(line, place):
    turns = enumerate(json.loads(line)["turns"], 1)
    return [
        Asked(turn["say"].replace("\n", " "), turn["expect"], "", f"{place} turn {n}", n > 1)
        for n, turn in turns
    ]


def _ask(talks, in_talks, bot, options):
    command = [bot, "ask", "--json", *(["--conversation"] if in_talks else []), *options]
    between = "\n\n" if in_talks else "\n"
    text = between.join("\n".join(asked.text for asked in talk) for talk in talks) + "\n"
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8")


def put(path, bot, *options):
    """Ask the bot all that stands in a file. Returns a list of Judged."""
    try:
        talks = read(path)
        run = _ask(talks, is_talks(path), bot, options)
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}")
    replies = [json.loads(line) for line in run.stdout.split("\n") if line]
    everything = [asked for talk in talks for asked in talk]
    if run.returncode or len(replies) != len(everything):
        sys.exit(
            f"{run.stderr}{path}: {len(replies)} replies to {len(everything)} messages, "
            f"exit status {run.returncode}"
        )
    return [judge(asked, reply) for asked, reply in zip(everything, replies)]


def offers_right(judged):
    """Whether one of the first three suggestions is what was asked."""
    wanted = {id for part in judged.asked.parts for id in part}
    return not wanted.isdisjoint(judged.reply["suggest"][:3])
