"""The judging of replies, the report and the search for thresholds, with bots that only pretend."""

import json
import os
import subprocess
import sys
import tempfile

from labelled import Asked, judge, put

HERE = os.path.dirname(os.path.abspath(__file__))

JUDGED = (
    # label, answers, kind, credit
    ("salary.us", ["salary.us"], "right", 1),
    ("salary.us", ["salary.us", "salary.india"], "right", 1),
    ("salary.us", ["salary.india", "salary.us"], "wrong", 0),
    ("salary.us", [], "refused", 0),
    ("outlook|why.demand", ["why.demand"], "right", 1),
    ("ml.definition+mle.steps", ["mle.steps", "ml.definition"], "right", 1),
    ("ml.definition+mle.steps", ["mle.steps"], "partly", 0.5),
    ("ml.definition+mle.steps", ["mle.steps", "mle.steps", "ml.definition"], "right", 1),
    ("ml.definition+mle.steps", ["mle.team", "mle.bridge", "mle.steps"], "wrong", 0),
    ("-near", [], "right", 1),
    ("-out", ["outlook"], "false", 0),
    ("outlook|-out", [], "right", 1),
    ("outlook|-out", ["outlook"], "right", 1),
    ("outlook|-out", ["mle.steps"], "wrong", 0),
)

QUESTIONS = """\
# a comment
what does it pay\tsalary.overview\tplain
and how do i start\tmle.steps\tplain
pay in india + in the us\tsalary.india+salary.us\tmulti
pay in peru\t-near\tplain
nice weather\t-out\tplain
"""

REPLIES = (
    # answers, suggest, confidence
    (["salary.overview"], [], 0.95),
    ([], ["trait.math", "mle.steps"], 0.2),
    (["salary.india"], [], 0.75),
    (["salary.overview"], [], 0.65),
    ([], ["outlook"], 0.1),
)

REPORT = """\
== questions.tsv: 5 messages

in scope                        n    right   partly    wrong    false  refused
  all                           3   50.0 %        1        .        .        1
  19 times in 20 the truth lies between 12.5 and 87.5 %

by style                        n    right   partly    wrong    false  refused
  multi                         1   50.0 %        1        .        .        .
  plain                         2   50.0 %        .        .        .        1

by id                           n    right   partly    wrong    false  refused
  mle.steps                     1    0.0 %        .        .        .        1
  salary.india                  1  100.0 %        .        .        .        .
  salary.overview               1  100.0 %        .        .        .        .
  salary.us                     1    0.0 %        .        1        .        .

not to be answered              n    right   partly    wrong    false  refused
  -near                         1    0.0 %        .        .        1        .
  -out                          1  100.0 %        .        .        .        .

suggestions
  offered what was asked to 1 of 1 refused: reached 83.3 % in all
  offered something to 0 of 1 -near
  offered something to 1 of 1 -out

confidence                   answers    mean    right
  0.0 to 0.6                       0    0.00        -
  0.6 to 0.7                       1    0.65    0.0 %
  0.7 to 0.8                       1    0.75  100.0 %
  0.8 to 0.9                       0    0.00        -
  0.9 to 1.0                       1    0.95  100.0 %

time in the engine: median 40 µs, 19 of 20 within 40 µs
"""

MISSES = """
missed
  partly  questions.tsv:4: pay in india + in the us
          want salary.india+salary.us, said salary.india (0.75)
  false   questions.tsv:5: pay in peru
          want -near, said salary.overview (0.65)
  refused questions.tsv:3: and how do i start
          want mle.steps, offered trait.math|mle.steps (0.20)
"""

TALKS = [
    {"turns": [{"say": "pay?", "expect": "salary.overview"}, {"say": "why?", "expect": "-near"}]},
    {"turns": [{"say": "two\nlines", "expect": "-out"}]},
]

# Says `outlook` to any line that begins with enough belief.
PRETENDER = """\
#!/bin/sh
while [ "$1" != --pack ]; do shift; done
bar=$(sed -n 's/^answer: //p' "$2/patterns/decide.yaml")
awk -v bar="${bar:-0.30}" '{
	printf "{\\"answers\\": [%s], \\"suggest\\": []}\\n", ($1 >= bar) ? "\\"outlook\\"" : ""
}'
"""


def write(name, text):
    with open(name, "w", encoding="utf-8") as out:
        out.write(text)
    return name


def write_bot(script):
    os.chmod(write("bot", script), 0o755)
    return "./bot"


def canned_bot(replies):
    """Keeps what it was asked in the file `asked`."""
    write(
        "replies",
        "".join(
            json.dumps({"answers": a, "suggest": s, "confidence": c, "us": 40}) + "\n"
            for a, s, c in replies
        ),
    )
    return write_bot("#!/bin/sh\ncat >asked; cat replies\n")


def run(program, *arguments):
    command = [sys.executable, "-B", f"{HERE}/{program}", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8")


def judge__replies__by_label():
    for label, answers, kind, credit in JUDGED:
        judged = judge(Asked("", label, "", ""), {"answers": answers})
        assert (judged.kind, judged.credit) == (kind, credit), (label, answers, judged)


def put__talks__with_an_empty_line_between():
    path = write("talks.jsonl", "".join(json.dumps(talk) + "\n" for talk in TALKS))
    judged = put(path, canned_bot([([], [], 0.0)] * 3))
    with open("asked", encoding="utf-8") as asked:
        assert asked.read() == "pay?\nwhy?\n\ntwo lines\n"
    assert [j.kind for j in judged] == ["refused", "right", "right"]
    assert [j.asked.is_later for j in judged] == [False, True, False]


def quality__questions__reports_and_lists_misses():
    said = run("quality", "--bot", canned_bot(REPLIES), write("questions.tsv", QUESTIONS))
    assert said.stdout == REPORT + MISSES + "\n", said


def quality__no_misses__shows_no_question():
    write("questions.tsv", QUESTIONS)
    said = run("quality", "--bot", canned_bot(REPLIES), "--no-misses", "questions.tsv")
    assert said.stdout == REPORT + "\n", said


def quality__broken_row__is_named():
    said = run("quality", "--bot", "./bot", write("broken.tsv", "no label\n"))
    assert said.returncode and said.stderr.startswith("broken.tsv:1: "), said


def quality__reply_missing__counts_nothing():
    said = run("quality", "--bot", canned_bot(REPLIES[1:]), write("questions.tsv", QUESTIONS))
    assert said.returncode and "4 replies to 5 messages" in said.stderr, said
    assert not said.stdout, said


def calibrate__answers__finds_the_gap():
    """Below 0.5 it is wrong, above 0.6 it is right."""
    wrong, right = "0.48 ?\t-out\tplain\n" * 4, "0.62 ?\toutlook\tplain\n" * 4
    for folder in ("pack/knowledge", "pack/patterns"):
        os.makedirs(folder)
    write("pack/patterns/decide.yaml", "answer: 0.99\n")
    questions = write("questions.tsv", wrong + right)
    said = run("calibrate", "--bot", write_bot(PRETENDER), "--pack", "pack", questions)
    assert said.returncode == 0, said
    with open("pack/patterns/decide.yaml", encoding="utf-8") as written:
        lines = written.read().splitlines()
    assert "answer: 0.55" in lines, lines
    assert "measured-on: [questions.tsv]" in lines, lines


def main():
    tests = [test for name, test in globals().items() if "__" in name.strip("_")]
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                test()
                print(f"ok {number} - {test.__name__}")
            except (AssertionError, SystemExit) as failure:
                print(f"not ok {number} - {test.__name__}\n# {failure}")
            os.chdir(HERE)


main()
