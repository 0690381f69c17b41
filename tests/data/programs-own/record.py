#!/usr/bin/env python3
"""Runs the programs of this folder in real interpreters and stores what they print.

    record.py PYTHON... [--only NAME]

PYTHON are paths of interpreters; each is asked for its version. For every NAME.py this writes NAME.expected.json, keyed by
version, and index.json, which the conformance test reads. Versions recorded before and not given now stay as they are.
The first line of a program is "# topic: TOPIC. What it shows."; "# sizes" as its second line says that it prints sizes of
objects, which builds of one version with other object headers print differently.
"""
import argparse
import json
import pathlib
import re
import subprocess

here = pathlib.Path(__file__).resolve().parent

# What of CPython's manager a program shows, by what it uses: under another manager its output may be another.
SHOWS = {
    "gc": r"\bgc\.|^ *from gc ",
    "refcount-values": r"getrefcount",
    "finalizer-timing": r"def __del__|\bfinalize\(",
    "weakrefs": r"\bweakref\b",
    "sizes": r"getsizeof|__sizeof__",
    "id": r"\bid\(|\bhash\(",
    "closing": r"\.close\(|^ *finally:|GeneratorExit",
}


def version_of(python):
    code = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
    return subprocess.run([python, "-c", code], stdout=subprocess.PIPE, check=True, universal_newlines=True).stdout.strip()


def run(python, program):
    done = subprocess.run([python, program.name], cwd=str(here), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True, timeout=60,
                          env={"PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"})
    errors = done.stderr.strip().splitlines()
    return {"stdout": done.stdout, "exit": done.returncode, "stderr_last_line": errors[-1] if errors else ""}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", nargs="+")
    parser.add_argument("--only")
    given = parser.parse_args()
    pythons = {version_of(python): python for python in given.python}
    index = []
    for program in sorted(here.glob("*.py")):
        if program.name == "record.py":
            continue
        lines = program.read_text(encoding="utf-8").splitlines()
        topic, _, shows = lines[0].partition("topic: ")[2].partition(". ")
        needs = [name for name, used in SHOWS.items() if re.search(used, "\n".join(lines), re.MULTILINE)]
        index.append({"name": program.stem, "topic": topic, "description": shows, "sizes": lines[1] == "# sizes", "needs": needs})
        if given.only and given.only != program.stem:
            continue
        store = program.with_suffix(".expected.json")
        expected = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
        for version, python in pythons.items():
            expected[version] = run(python, program)
        ordered = {v: expected[v] for v in sorted(expected, key=lambda v: [int(n) for n in v.split(".")])}
        store.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (here / "index.json").write_text(json.dumps({"programs": index}, indent=1) + "\n", encoding="utf-8")


main()
