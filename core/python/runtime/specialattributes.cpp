// What objects answer of themselves: __name__ of a class, __defaults__ of a function, args of an exception ...
#include "core/python/runtime/interpreter.h"

#include <algorithm>
#include <array>

namespace pyrena {

namespace {

constexpr std::string_view kVersionParts[] = {"major", "minor", "micro", "releaselevel", "serial"};

} // namespace

// What every object answers without a class attribute of that name.
Ref Interpreter::specialAttribute(ObjectId id, std::string_view name)
{
    const TypeKind k = kind(id);
    if (name == "__class__")
        return m_heap.own(typeOf(id));
    if (k == TypeKind::Code || k == TypeKind::Frame || k == TypeKind::Generator)
        return k == TypeKind::Code ? codeAttribute(id, name) : k == TypeKind::Frame ? frameAttribute(id, name) : generatorAttribute(id, name);
    if (k == TypeKind::Type) {
        const ClassNative &native = classOf(id);
        if (name == "__name__")
            return m_heap.newInternedStr(native.name, true);
        if (name == "__qualname__")
            return m_heap.newInternedStr(native.qualName, true);
        if (name == "__annotations__" && !native.builtin && profile().minor >= 10)
            return annotationsOfClass(id);
        if (name == "__annotate__" && !native.builtin && profile().minor >= 14)
            return m_heap.own(annotateOfClass(id));
        if (name == "__mro__")
            return native.builtin ? m_heap.newTuple(native.mro) : m_heap.own(m_heap.item(id, typeslot::Mro));
        if (name == "__bases__")
            return native.builtin ? (native.base ? m_heap.newTuple(std::array{native.base}) : m_heap.newTuple({}))
                                  : m_heap.own(m_heap.item(id, typeslot::Bases));
        if (name == "__base__")
            return native.base ? m_heap.own(native.base) : m_heap.newNone();
        if (name == "__module__" && native.builtin)
            return m_heap.newInternedStr("builtins", true);
        if (name == "__dict__" && !native.builtin)
            return newMappingProxy(native.dict);
        if (name == "__doc__" && native.builtin)
            return m_heap.newNone();
    }
    if (k == TypeKind::Function) {
        static constexpr std::pair<const char *, std::uint32_t> kSlots[] = {
            {"__name__", functionslot::Name}, {"__qualname__", functionslot::QualName}, {"__code__", functionslot::Code},
            {"__globals__", functionslot::Globals}, {"__defaults__", functionslot::Defaults},
            {"__kwdefaults__", functionslot::KwDefaults}, {"__closure__", functionslot::Closure},
            {"__doc__", functionslot::Doc}, {"__annotate__", functionslot::Annotate},
        };
        for (const auto &[slotName, slot] : kSlots)
            if (name == slotName)
                return m_heap.item(id, slot) ? m_heap.own(m_heap.item(id, slot)) : m_heap.newNone();
        if (name == "__annotations__")
            return annotationsOfFunction(id);
        if (name == "__dict__") {
            if (!m_heap.item(id, functionslot::Dict))
                m_heap.setSlot(id, functionslot::Dict, m_dicts.newDict().release(), m_heap.text(name));
            return m_heap.own(m_heap.item(id, functionslot::Dict));
        }
        if (name == "__annotate__" && profile().minor < 14)
            return Ref();
        if (const ObjectId dict = m_heap.item(id, functionslot::Dict))
            if (const ObjectId value = m_dicts.getText(dict, name))
                return m_heap.own(value);
        if (name == "__module__")
            return m_heap.newInternedStr("__main__", true);
    }
    if (k == TypeKind::Complex && (name == "real" || name == "imag")) {
        const auto value = m_heap.native<ComplexNative>(id)->value;
        return m_heap.newFloat(name == "real" ? value.real() : value.imag());
    }
    if (k == TypeKind::Float && (name == "real" || name == "imag"))
        return name == "real" ? m_heap.own(id) : m_heap.newFloat(0);
    if (k == TypeKind::Slice) {
        static constexpr const char *kParts[] = {"start", "stop", "step"};
        for (std::uint32_t i = 0; i < 3; ++i)
            if (name == kParts[i])
                return m_heap.own(m_heap.item(id, i));
    }
    if (k == TypeKind::BoundMethod) {
        if (name == "__self__")
            return m_heap.own(m_heap.item(id, 1));
        if (kind(m_heap.item(id, 0)) != TypeKind::Method) {
            if (name == "__func__")
                return m_heap.own(m_heap.item(id, 0));
            return getAttributeOrNone(m_heap.item(id, 0), name);
        }
        if (Ref found = builtinAttribute(m_heap.item(id, 0), name))
            return found;
    }
    if (k == TypeKind::BuiltinFunction || k == TypeKind::Method)
        if (Ref found = builtinAttribute(id, name))
            return found;
    if (k == TypeKind::Module) {
        if (name == "__dict__")
            return m_heap.own(m_heap.item(id, 0));
        if (const ObjectId value = m_dicts.getText(m_heap.item(id, 0), name))
            return m_heap.own(value);
    }
    if (k == TypeKind::Exception) {
        static constexpr std::pair<const char *, std::uint32_t> kSlots[] = {
            {"args", exceptionslot::Args}, {"__traceback__", exceptionslot::Traceback},
            {"__context__", exceptionslot::Context}, {"__cause__", exceptionslot::Cause},
        };
        if (profile().minor >= 10 && (name == "obj" || name == "name") && isSubclass(typeOf(id), exceptionType("AttributeError"))) {
            const ObjectId about = m_heap.item(id, name == "obj" ? exceptionslot::Object : exceptionslot::Name);
            return about ? m_heap.own(about) : m_heap.newNone();
        }
        for (const auto &[slotName, slot] : kSlots)
            if (name == slotName)
                return m_heap.item(id, slot) ? m_heap.own(m_heap.item(id, slot)) : m_heap.newNone();
        if (name == "__suppress_context__")
            return m_heap.newBool(object(id).value != 0);
        const ObjectId exceptionArgs = m_heap.item(id, exceptionslot::Args);
        if (name == "code" && isSubclass(typeOf(id), exceptionType("SystemExit")))
            return m_heap.length(exceptionArgs) == 0 ? m_heap.newNone()
                : m_heap.length(exceptionArgs) == 1 ? m_heap.own(m_heap.item(exceptionArgs, 0)) : m_heap.own(exceptionArgs);
        if ((name == "errno" || name == "strerror") && isSubclass(typeOf(id), exceptionType("OSError"))) {
            const std::uint32_t n = name == "errno" ? 0 : 1;
            return m_heap.length(exceptionArgs) >= 2 ? m_heap.own(m_heap.item(exceptionArgs, n)) : m_heap.newNone();
        }
        if (name == "value" && isSubclass(typeOf(id), exceptionType("StopIteration"))) {
            const ObjectId args = m_heap.item(id, exceptionslot::Args);
            return m_heap.length(args) > 0 ? m_heap.own(m_heap.item(args, 0)) : m_heap.newNone();
        }
        if (name == "__dict__")
            return instanceDict(id);
    }
    if (k == TypeKind::Tuple && !isExact(id) && classOf(typeOf(id)).builtin) {   // sys.version_info
        const auto part = std::find(std::begin(kVersionParts), std::end(kVersionParts), name);
        if (part != std::end(kVersionParts))
            return m_heap.own(m_heap.item(id, static_cast<std::uint32_t>(part - std::begin(kVersionParts))));
    }
    if (k == TypeKind::Weakref)
        return weakrefAttribute(id, name);
    if (k == TypeKind::Cell && name == "cell_contents") {
        if (!m_heap.item(id, 0))
            raise("ValueError", "Cell is empty");
        return m_heap.own(m_heap.item(id, 0));
    }
    if (k == TypeKind::Traceback) {
        if (name == "tb_frame")
            return m_heap.own(m_heap.item(id, 0));
        if (name == "tb_next")
            return m_heap.item(id, 1) ? m_heap.own(m_heap.item(id, 1)) : m_heap.newNone();
        if (name == "tb_lineno") {
            const auto &native = *m_heap.native<TracebackNative>(id);
            return m_heap.newInt(std::int64_t(native.code->code->instructions[native.instruction].span.begin.line));
        }
    }
    if (k == TypeKind::Property) {
        static constexpr const char *kParts[] = {"fget", "fset", "fdel"};
        for (std::uint32_t i = 0; i < 3; ++i)
            if (name == kParts[i])
                return m_heap.item(id, i) ? m_heap.own(m_heap.item(id, i)) : m_heap.newNone();
    }
    if (k == TypeKind::Range) {
        static constexpr const char *kParts[] = {"start", "stop", "step"};
        for (std::uint32_t i = 0; i < 3; ++i)
            if (name == kParts[i])
                return m_heap.own(m_heap.item(id, i));
    }
    if (isInt(id) && (name == "real" || name == "numerator"))
        return k == TypeKind::Bool ? m_heap.newInt(m_heap.intValue(id)) : m_heap.own(id);
    if (isInt(id) && (name == "imag" || name == "denominator"))
        return m_heap.newInt(std::int64_t(name == "denominator"));
    return {};
}

} // namespace pyrena
