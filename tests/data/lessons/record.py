"""Runs the programs of all lessons with real interpreters and writes what they print.

    python3 tests/data/lessons/record.py 3.13=/path/to/python3.13 3.11=... classic=/path/to/python3.6 > tests/data/lessons/outputs.txt

Each argument names a profile and the interpreter that stands for it. A lesson is run for those of its profiles that are named.
"""
import pathlib
import re
import subprocess
import sys

LESSONS = pathlib.Path(__file__).resolve().parents[3] / "lessons"


def main(arguments):
    interpreters = dict(argument.split("=", 1) for argument in arguments)
    print("# Printed by real interpreters; made by record.py.")
    for lesson in sorted(LESSONS.glob("*.md")):
        text = lesson.read_text(encoding="utf-8")
        program = re.search(r"^```python\n(.*?)^```", text, re.S | re.M).group(1)
        profiles = re.findall(r'[\w.]+', re.search(r"^python: *\[(.*)\]", text, re.M).group(1))
        for profile in profiles:
            if profile not in interpreters:
                continue
            ask = "import platform; print(platform.python_implementation(), platform.python_version())"
            version = subprocess.run([interpreters[profile], "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
            ran = subprocess.run([interpreters[profile], "-"], input=program, check=True, capture_output=True, text=True)
            print("===", lesson.stem, profile, version)
            print(ran.stdout, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
