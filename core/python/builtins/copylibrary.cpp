// The modules copy and atexit in the simulated Python itself: what they allocate and hold while they run is part of what a
// program can count. Written from their documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kCopyLibrary = R"python(
class Error(Exception):
    pass

error = Error


def copy(x):
    kind = type(x)
    if _is_atomic(x) or kind is tuple or kind is frozenset:
        return x
    if kind is list or kind is dict or kind is set:
        return x.copy()
    if hasattr(kind, "__copy__"):
        return kind.__copy__(x)
    return _twin(x, None)


# memo: the id of everything copied so far, with its copy; and under the memo's own id a list that keeps the originals alive,
# since the id of a dead object could come again.
def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    elif id(x) in memo:
        return memo[id(x)]
    kind = type(x)
    if _is_atomic(x):
        return x
    if kind in _walks:
        made = _walks[kind](x, memo)
    elif hasattr(x, "__deepcopy__"):
        made = x.__deepcopy__(memo)
    else:
        made = _twin(x, memo)
    if made is not x:
        memo[id(x)] = made
        if id(memo) not in memo:
            memo[id(memo)] = []
        memo[id(memo)].append(x)
    return made


def _walk_list(items, memo):
    made = memo[id(items)] = []
    for item in items:
        made.append(deepcopy(item, memo))
    return made


def _walk_dict(pairs, memo):
    made = memo[id(pairs)] = {}
    for key in pairs:
        value = pairs[key]
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _walk_tuple(items, memo):
    copies = [deepcopy(item, memo) for item in items]
    if id(items) in memo:       # it contained itself, and was finished on the way
        return memo[id(items)]
    if all([copies[n] is items[n] for n in range(len(items))]):
        return items
    return tuple(copies)


def _walk_set(members, memo):
    return type(members)([deepcopy(member, memo) for member in members])


def _walk_method(method, memo):
    return _bind(method.__func__, deepcopy(method.__self__, memo))


_walks = {list: _walk_list, dict: _walk_dict, tuple: _walk_tuple, set: _walk_set, frozenset: _walk_set,
          type(Error().with_traceback): _walk_method}


# Another object of x's class with x's state; both copied deeply when there is a memo.
def _twin(x, memo):
    deep = memo is not None
    kind = type(x)
    if _defines(kind, "__reduce__") or _defines(kind, "__reduce_ex__"):
        recipe = x.__reduce__() if _defines(kind, "__reduce__") else x.__reduce_ex__(4)
        if isinstance(recipe, str):
            return x
        make, args = recipe[0], recipe[1]
        made = make(*(deepcopy(args, memo) if deep else args))
        state = recipe[2] if len(recipe) > 2 else None
    else:
        args = _constructor_args(x)
        made = _new_like(x, deepcopy(args, memo) if deep and args is not None else args)
        state = x.__getstate__() or None if _defines(kind, "__getstate__") else _state(x)
    if deep:
        memo[id(x)] = made
    if state is not None:
        _give_state(made, deepcopy(state, memo) if deep else state)
    return made


def _give_state(made, state):
    if hasattr(made, "__setstate__"):
        made.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
    if attributes is not None:
        made.__dict__.update(attributes)
    if slots is not None:
        for name in slots:
            setattr(made, name, slots[name])
)python";

const char *const kAtexitLibrary = R"python(
_duties = []


def register(func, /, *args, **kwargs):
    _duties.append((func, args, kwargs))
    return func


def unregister(func):
    _duties[:] = [duty for duty in _duties if duty[0] != func]


# Last registered, first run; those registered meanwhile too.
def _run():
    while _duties:
        func, args, kwargs = _duties.pop()
        try:
            func(*args, **kwargs)
        except Exception as error:
            _report(error, func)
)python";

} // namespace pyrena
