#!/usr/bin/env python3
"""Asks real interpreters what they say of the wrong programs in programs.txt.

    record.py PYTHON...

Programs are separated by lines of '----'. Writes expected.json: for each version a list of [type, message, line], one for each
program; null where the version takes it.
"""
import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
ASK = r"""
import json, sys
said = []
for source in json.load(sys.stdin):
    try:
        compile(source, 'lesson.py', 'exec')
        said.append(None)
    except SyntaxError as e:
        said.append([type(e).__name__, e.msg, e.lineno])
print('.'.join(map(str, sys.version_info[:3])))
print(json.dumps(said))
"""
programs = (here / "programs.txt").read_text(encoding="utf-8").split("----\n")
store = here / "expected.json"
expected = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
for python in sys.argv[1:]:
    done = subprocess.run([python, "-W", "ignore", "-c", ASK], input=json.dumps(programs), stdout=subprocess.PIPE, check=True,
                          universal_newlines=True)
    version, said = done.stdout.splitlines()
    expected[version] = json.loads(said)
lines = ["%s: %s" % (json.dumps(v), json.dumps(expected[v])) for v in sorted(expected, key=lambda v: [int(n) for n in v.split(".")])]
store.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
