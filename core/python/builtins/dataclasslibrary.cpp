// The module dataclasses in the simulated Python itself: the methods of a dataclass are made from text, as CPython makes them.
// Written from their documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kDataclassesLibrary = R"python(
class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object at %#x>" % id(self)


MISSING = _Missing()


class FrozenInstanceError(AttributeError):
    pass


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    def __repr__(self):
        names = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata")
        return "Field(%s)" % ",".join(["%s=%r" % (name, getattr(self, name)) for name in names + (("kw_only",) if _minor >= 10 else ())])


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _Factory:
    def __repr__(self):
        return "<factory>"


_factory = _Factory()


# The function `name` of the text, in the class of the given qualified name.
def _method(owner, name, arguments, lines, space):
    if not lines:
        lines = ["pass"]
    _define("def %s(%s):\n    %s\n" % (name, ", ".join(arguments), "\n    ".join(lines)), space)
    made = space.pop(name)
    made.__qualname__ = owner.__qualname__ + "." + name
    return made


def _make_init(cls, fields, frozen, post):
    space = {"__name__": cls.__module__, "_MISSING": MISSING, "_factory": _factory, "_set": object.__setattr__}
    plain, late, lines, before = [], [], [], None
    for f in fields:
        default = "_default_" + f.name
        if f.default is not MISSING:
            space[default] = f.default
        elif f.default_factory is not MISSING:
            space[default] = f.default_factory
        if not f.init:
            if f.default_factory is MISSING:
                continue
            value = default + "()"
        elif f.default_factory is not MISSING:
            value = "%s() if %s is _factory else %s" % (default, f.name, f.name)
        else:
            value = f.name
        lines.append("_set(self, %r, %s)" % (f.name, value) if frozen else "self.%s = %s" % (f.name, value))
        if not f.init:
            continue
        given = f.name
        if f.default is not MISSING:
            given += "=" + default
        elif f.default_factory is not MISSING:
            given += "=_factory"
        if f.kw_only is True:
            late.append(given)
            continue
        if given != f.name:
            before = f.name
        elif before is not None:
            raise TypeError("non-default argument %r follows default argument" % f.name + (" %r" % before if _minor >= 12 else ""))
        plain.append(given)
    if post:
        lines.append("self.__post_init__()")
    return _method(cls, "__init__", ["self"] + plain + (["*"] + late if late else []), lines, space)


_words = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _tuple_of(name, fields):
    return "(%s)" % "".join(["%s.%s, " % (name, f.name) for f in fields])


def _equality(fields):
    if _minor >= 13:
        return " and ".join(["self.%s == other.%s" % (f.name, f.name) for f in fields]) or "True"
    return "%s == %s" % (_tuple_of("self", fields), _tuple_of("other", fields))


def _decorate(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    fields = {}
    above_frozen = above = False
    for base in cls.__mro__[-1:0:-1]:
        known = getattr(base, "__dataclass_fields__", None)
        if known is not None and "__dataclass_fields__" in base.__dict__:
            above = True
            above_frozen = above_frozen or base.__dict__["_dataclass_frozen"]
            fields.update(known)
    own = cls.__dict__
    annotations = _annotations_of(cls)
    for name, kind in annotations.items():
        if "ClassVar" in str(kind) or "InitVar" in str(kind):
            _refuse("ClassVar and InitVar in a dataclass")
        default = getattr(cls, name, MISSING)
        f = default if isinstance(default, Field) else field(default=MISSING if name in _slots_of(cls) else default)
        f.name, f.type = name, kind
        if f.kw_only is MISSING:
            f.kw_only = kw_only
        if _unhashable(f.default):
            raise ValueError("mutable default %s for field %s is not allowed: use default_factory" % (type(f.default), name))
        fields[name] = f
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
    for name, value in list(own.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError("%r is a field but has no type annotation" % name)
    if above and above_frozen != frozen:
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one" if frozen
                        else "cannot inherit non-frozen dataclass from a frozen one")
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    has_hash = "__hash__" in own or "__eq__" in own
    cls.__dataclass_fields__ = fields
    cls._dataclass_frozen = frozen
    every = list(fields.values())
    compared = [f for f in every if f.compare]
    space = {"__name__": cls.__module__, "_Frozen": FrozenInstanceError, "_cls": cls}
    if init:
        cls.__init__ = _make_init(cls, every, frozen, hasattr(cls, "__post_init__"))
    if repr and "__repr__" not in own:
        shown = ", ".join(["%s={self.%s!r}" % (f.name, f.name) for f in every if f.repr])
        cls.__repr__ = _method(cls, "__repr__", ["self"], ['return self.__class__.__qualname__ + f"(%s)"' % shown], space)
    if eq and "__eq__" not in own:
        cls.__eq__ = _method(cls, "__eq__", ["self", "other"], (["if self is other:", "    return True"] if _minor >= 13 else [])
                             + ["if other.__class__ is self.__class__:", "    return " + _equality(compared),
                                "return NotImplemented"], space)
    if order:
        for name, sign in _words.items():
            if name in own:
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering" % (name, cls.__name__))
            setattr(cls, name, _method(cls, name, ["self", "other"], [
                "if other.__class__ is self.__class__:",
                "    return %s %s %s" % (_tuple_of("self", compared), sign, _tuple_of("other", compared)), "return NotImplemented"], space))
    if frozen:
        names = "(%s)" % "".join(["%r, " % f.name for f in every])
        for name, arguments, words, rest in (("__setattr__", ["self", "name", "value"], "cannot assign to field ", "_set(self, name, value)"),
                                             ("__delattr__", ["self", "name"], "cannot delete field ", "_delete(self, name)")):
            space["_set"] = object.__setattr__
            space["_delete"] = object.__delattr__
            setattr(cls, name, _method(cls, name, arguments, ["if type(self) is _cls or name in %s:" % names,
                                                             "    raise _Frozen(%r + repr(name))" % words, rest], space))
    if unsafe_hash or (eq and frozen and not has_hash):
        hashed = [f for f in every if (f.compare if f.hash is None else f.hash)]
        cls.__hash__ = _method(cls, "__hash__", ["self"], ["return hash(%s)" % _tuple_of("self", hashed)], space)
    elif eq and not has_hash:
        cls.__hash__ = None
    if _minor >= 10 and "__match_args__" not in own:
        cls.__match_args__ = tuple([f.name for f in every if f.init and f.kw_only is not True])
    return cls


def _annotations_of(cls):
    return cls.__annotations__ if _minor >= 14 else cls.__dict__.get("__annotations__", {})


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else slots


def _unhashable(value):
    if isinstance(value, (list, dict, set)):
        return True
    return _minor >= 11 and value is not MISSING and type(value).__hash__ is None


def dataclass(cls=None, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    if slots or weakref_slot:
        _refuse("dataclass(slots=True); write __slots__ in the class")
    def wrap(cls):
        return _decorate(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    if not hasattr(class_or_instance, "__dataclass_fields__"):
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(class_or_instance.__dataclass_fields__.values())


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def _walk(obj, factory, rows):
    if _is_instance(obj):
        pairs = [(f.name, _walk(getattr(obj, f.name), factory, rows)) for f in fields(obj)]
        return factory(pairs) if rows else factory([value for name, value in pairs])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_walk(value, factory, rows) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_walk(value, factory, rows) for value in obj])
    if isinstance(obj, dict):
        return type(obj)([(_walk(key, factory, rows), _walk(value, factory, rows)) for key, value in obj.items()])
    return _deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _walk(obj, dict_factory, True)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _walk(obj, tuple_factory, False)


def replace(*given, **changes):
    obj = given[0]
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in fields(obj):
        if not f.init:
            if f.name in changes:
                raise (TypeError if _minor >= 13 else ValueError)(
                    "field %s is declared with init=False, it cannot be specified with replace()" % f.name)
        elif f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)


from copy import deepcopy as _deepcopy
)python";

} // namespace pyrena
