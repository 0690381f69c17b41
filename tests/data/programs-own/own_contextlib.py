# topic: context_managers. contextlib.contextmanager.
from contextlib import contextmanager
@contextmanager
def tag(n):
    print('<%s>' % n)
    try: yield n.upper()
    finally: print('</%s>' % n)
with tag('a') as t, tag('b') as u:
    print(t, u)
try:
    with tag('c'):
        raise ValueError('inside')
except ValueError as e: print('caught', e)
