// Attribute access: object.__getattribute__ and its relatives.
#include "core/python/builtins/library.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {

// As %T of PyErr_Format writes it.
std::string fullyQualified(const ClassNative &type)
{
    return (type.builtin || type.module == "__main__" ? "" : type.module + ".") + type.qualName;
}

} // namespace

// A property without a getter knows its name since 3.10.
void Interpreter::raiseUnreadable(ObjectId property, ObjectId instance, ObjectId type)
{
    std::string name;
    for (const ObjectId c : classOf(type).mro)
        if (const ObjectId dict = classOf(c).dict)
            for (std::uint32_t e = 0; e < m_dicts.entryCount(dict) && name.empty(); ++e)
                if (m_dicts.keyAt(dict, e) && m_dicts.valueAt(dict, e) == property)
                    name = " '" + text(m_dicts.keyAt(dict, e)) + "'";
    const int minor = profile().minor;
    raise("AttributeError", minor >= 11 ? "property" + name + " of '" + typeName(instance) + "' object has no getter"
                                        : "unreadable attribute" + (minor == 10 ? name : std::string()));
}

Ref Interpreter::bindDescriptor(ObjectId attribute, ObjectId instance, ObjectId type)
{
    switch (kind(attribute)) {
    case TypeKind::Method:
        if (m_heap.native<BuiltinNative>(attribute)->def->ofClass)
            return bindBuiltin(attribute, type);
        return instance ? bindBuiltin(attribute, instance) : m_heap.own(attribute);
    case TypeKind::Function:
        return instance ? m_heap.newBoundMethod(attribute, instance) : m_heap.own(attribute);
    case TypeKind::StaticMethod:
        return m_heap.own(m_heap.item(attribute, 0));
    case TypeKind::ClassMethod:
        return m_heap.newBoundMethod(m_heap.item(attribute, 0), type);
    case TypeKind::Property: {
        if (!instance)
            return m_heap.own(attribute);
        const ObjectId getter = m_heap.item(attribute, 0);
        if (!getter || kind(getter) == TypeKind::None)
            raiseUnreadable(attribute, instance, type);
        return call(getter, {instance});
    }
    case TypeKind::Descriptor: {
        if (!instance)
            return m_heap.own(attribute);
        const auto &native = *m_heap.native<DescriptorNative>(attribute);
        switch (native.kind) {
        case DescriptorNative::Kind::Slot: {
            const ObjectId value = m_heap.field(instance, native.slot);
            if (!value)
                raise("AttributeError", profile().minor < 10 ? native.name
                                        : "'" + (profile().minor >= 13 ? fullyQualified(classOf(typeOf(instance))) : typeName(instance))
                                              + "' object has no attribute '" + native.name + "'");
            return m_heap.own(value);
        }
        case DescriptorNative::Kind::Dict:
            return instanceDict(instance);
        case DescriptorNative::Kind::Weakref:
            return object(instance).weakrefs ? m_heap.own(object(instance).weakrefs) : m_heap.newNone();
        }
        return m_heap.newNone();
    }
    default:
        if (const ObjectId getter = kind(attribute) == TypeKind::Instance ? lookupSpecial(attribute, "__get__") : ObjectId())
            return call(getter, {attribute, instance ? instance : m_heap.none(), type});
        return m_heap.own(attribute);
    }
}

namespace {

bool isDataDescriptor(TypeKind kind)
{
    return kind == TypeKind::Property || kind == TypeKind::Descriptor;
}

} // namespace

Ref Interpreter::getAttributeOrNone(ObjectId id, TextId label)
{
    const std::string_view name = m_recorder.texts().text(label);
    if (kind(id) == TypeKind::Type) {
        // Data descriptors of type, the class and those it derives from, then what else type answers.
        static constexpr std::string_view kOfType[] = {"__dict__", "__name__", "__qualname__", "__mro__", "__bases__", "__base__",
                                                        "__annotations__", "__annotate__"};
        if (std::find(std::begin(kOfType), std::end(kOfType), name) != std::end(kOfType))
            if (Ref special = specialAttribute(id, name))
                return special;
        if (const ObjectId found = lookup(id, label))
            if (!(classOf(id).builtin && name == "__class__"))
                return bindDescriptor(found, ObjectId(), id);
        if (Ref special = specialAttribute(id, name))
            return special;
        if (const ObjectId found = lookup(builtinType("type"), label))
            return bindDescriptor(found, id, builtinType("type"));
        return {};
    }
    if (kind(id) == TypeKind::WeakProxy)
        return getAttributeOrNone(proxyTarget(id), label);
    if (kind(id) == TypeKind::Super && name != "__class__")
        return superAttribute(id, name);
    if (classOf(typeOf(id)).ownGetAttribute) {
        const Ref nameObject = m_heap.newInternedStr(name, true);
        const Ref method = m_heap.own(lookup(typeOf(id), "__getattribute__"));
        const bool hasFallback(lookupSpecial(id, "__getattr__"));
        try {
            return hasFallback ? callBound(method, {id, nameObject}, 11) : callSpecial(method, {id, nameObject});
        } catch (const PythonError &) {
            const ObjectId fallback = raisedIs("AttributeError") ? lookupSpecial(id, "__getattr__") : ObjectId();
            if (!fallback)
                throw;
            takeRaised().reset();
            return callBound(fallback, {id, nameObject}, 11);
        }
    }
    if (Ref found = getAttributeDirectly(id, label))
        return found;
    if (const ObjectId fallback = lookupSpecial(id, "__getattr__")) {
        const Ref nameObject = m_heap.newInternedStr(name, true);
        if (profile().minor == 10 || profile().minor == 11) {   // the AttributeError is made, to be told the object and the name
            m_heap.passing(TypeKind::Tuple, 1, profile().layout.tupleBase + 8);
            m_heap.passing(TypeKind::Exception, 0, exceptionSizeOf(builtinType("AttributeError")));
        }
        const NativeLevel bound(*this, NativeLevel::kCalling, profile().minor == 7 ? 1 : 0);
        return callBound(fallback, {id, nameObject}, 11);
    }
    return {};
}

Ref Interpreter::getAttributeDirectly(ObjectId id, TextId label)
{
    const std::string_view name = m_recorder.texts().text(label);
    const ObjectId type = typeOf(id);
    const ObjectId inClass = lookup(type, label);
    if (inClass && (isDataDescriptor(kind(inClass)) || (kind(inClass) == TypeKind::Instance && lookupSpecial(inClass, "__set__"))))
        return bindDescriptor(inClass, id, type);
    if (const ObjectId own = findInstanceAttribute(id, label))
        return m_heap.own(own);
    if (inClass)
        return bindDescriptor(inClass, id, type);
    return specialAttribute(id, name);
}

// super_getattro: the classes behind __thisclass__ in the order of the class of __self__, or of __self__ itself when that is a
// class.
ObjectId Interpreter::behindSuper(ObjectId id, TextId name)
{
    const ObjectId thisClass = m_heap.item(id, 0), self = m_heap.item(id, 1);
    const bool ofClass = kind(self) == TypeKind::Type && isSubclass(self, thisClass);
    const auto &mro = classOf(ofClass ? self : typeOf(self)).mro;
    auto at = std::find(mro.begin(), mro.end(), thisClass);
    const std::vector<ObjectId> behind(at == mro.end() ? at : at + 1, mro.end());
    for (const ObjectId c : behind)
        if (const ObjectId found = ownAttribute(c, name))
            return found;
    return {};
}

Ref Interpreter::superAttribute(ObjectId id, std::string_view name)
{
    const ObjectId found = behindSuper(id, nameText(name));
    if (!found)
        return {};
    const ObjectId self = m_heap.item(id, 1);
    const bool ofClass = kind(self) == TypeKind::Type && isSubclass(self, m_heap.item(id, 0));
    const bool plain = name == "__new__" && kind(found) != TypeKind::StaticMethod;   // tp_new is a static method
    return plain ? m_heap.own(found) : bindDescriptor(found, ofClass ? ObjectId() : self, ofClass ? self : typeOf(self));
}

// An AttributeError keeps the object and the name it is about, however it was raised, from 3.10 on (bpo-38530).
void Interpreter::keepAttributeContext(ObjectId id, std::string_view name)
{
    if (profile().minor < 10 || !raisedIs("AttributeError") || m_heap.item(m_raised, exceptionslot::Object)
        || m_heap.item(m_raised, exceptionslot::Name))
        return;
    m_heap.setSlot(m_raised, exceptionslot::Object, m_heap.own(id).release(), m_heap.text("obj"));
    m_heap.setSlot(m_raised, exceptionslot::Name, m_heap.newInternedStr(name, true).release(), m_heap.text("name"));
}

// Setting and deleting tell the error what it is about from 3.13 on.
void Interpreter::raiseUnwritable(ObjectId id, std::string_view name, const std::string &message)
{
    try {
        raise("AttributeError", message);
    } catch (const PythonError &) {
        if (profile().minor >= 13)
            keepAttributeContext(id, name);
        throw;
    }
}

// Setting or deleting an attribute of what has no __dict__.
void Interpreter::raiseWithoutDict(ObjectId id, std::string_view name, ObjectId inClass)
{
    const std::string quoted = "'" + std::string(name) + "'", object = "'" + typeName(id) + "' object ";
    if (!inClass && isInt(id) && (name == "real" || name == "imag" || name == "numerator" || name == "denominator"))
        raiseUnwritable(id, name, "attribute " + quoted + " of 'int' objects is not writable");
    if (inClass)
        raiseUnwritable(id, name, object + "attribute " + quoted + " is read-only");
    raiseUnwritable(id, name, object + "has no attribute " + quoted
                                  + (profile().minor >= 13 ? " and no __dict__ for setting new attributes" : ""));
}

// What the instance itself has, where nothing of that name in its class comes before it.
ObjectId Interpreter::plainAttribute(ObjectId id, TextId name)
{
    const Object &o = object(id);
    if (o.kind != TypeKind::Instance || classOf(o.type).ownGetAttribute || lookup(o.type, name))
        return {};
    return findInstanceAttribute(id, name);
}

Ref Interpreter::getAttribute(ObjectId id, TextId name)
{
    if (const ObjectId plain = plainAttribute(id, name))
        return m_heap.own(plain);
    try {
        return requireAttribute(id, name);
    } catch (const PythonError &) {
        keepAttributeContext(id, m_recorder.texts().text(name));
        throw;
    }
}

Ref Interpreter::requireAttribute(ObjectId id, TextId label)
{
    if (Ref found = getAttributeOrNone(id, label))
        return found;
    const std::string_view name = m_recorder.texts().text(label);
    if (kind(id) == TypeKind::Type)
        raise("AttributeError", "type object '" + classOf(id).name + "' has no attribute '" + std::string(name) + "'");
    if (kind(id) == TypeKind::Module) {
        const std::string &module = m_recorder.texts().text(TextId(static_cast<std::uint32_t>(object(id).value)));
        if (isLeftOut(module, name))
            unsupported(module + "." + std::string(name));
    }
    if (kind(id) == TypeKind::Module)
        raise("AttributeError", "module '" + m_recorder.texts().text(TextId(static_cast<std::uint32_t>(object(id).value)))
                  + "' has no attribute '" + std::string(name) + "'");
    // A bound method asks its function.
    const ObjectId asked = kind(id) == TypeKind::BoundMethod && kind(m_heap.item(id, 0)) == TypeKind::Function ? m_heap.item(id, 0) : id;
    raise("AttributeError", "'" + typeName(asked) + "' object has no attribute '" + std::string(name) + "'");
}

std::pair<Ref, Ref> Interpreter::loadMethod(ObjectId id, TextId name)
{
    const TypeKind k = kind(id);
    if (k == TypeKind::Super && profile().minor >= 12)   // LOAD_SUPER_ATTR finds a method without binding it
        if (const ObjectId self = m_heap.item(id, 1); kind(self) != TypeKind::Type)
            if (const ObjectId found = behindSuper(id, name); found && kind(found) == TypeKind::Function)
                return {m_heap.own(found), m_heap.own(self)};
    if (k == TypeKind::WeakProxy || k == TypeKind::Type || k == TypeKind::Module || k == TypeKind::Super)
        return {getAttribute(id, name), Ref()};
    if (classOf(typeOf(id)).ownGetAttribute)
        return {getAttribute(id, name), Ref()};
    const ObjectId found = lookup(typeOf(id), name);
    const bool bindsSelf = found && (kind(found) == TypeKind::Function
                                     || (kind(found) == TypeKind::Method && !m_heap.native<BuiltinNative>(found)->def->ofClass));
    if (bindsSelf && !findInstanceAttribute(id, name))
        return {m_heap.own(found), m_heap.own(id)};
    return {getAttribute(id, name), Ref()};
}

// Of a class.
void Interpreter::refuseReadOnly(std::string_view name)
{
    if (name == "__dict__")
        raise("AttributeError", "attribute '__dict__' of 'type' objects is not writable");
    if (name == "__mro__")
        raise("AttributeError", "readonly attribute");
}

void Interpreter::setAttribute(ObjectId id, TextId label, Ref value)
{
    if (kind(id) == TypeKind::WeakProxy) {
        setAttribute(proxyTarget(id), label, std::move(value));
        return;
    }
    const std::string_view name = m_recorder.texts().text(label);
    if (kind(id) == TypeKind::Type) {
        ClassNative &native = classOf(id);
        if (native.builtin)
            raise("TypeError", profile().minor >= 10 ? "cannot set '" + std::string(name) + "' attribute of immutable type '" + native.name + "'"
                                                     : "can't set attributes of built-in/extension type '" + native.name + "'");
        refuseReadOnly(name);
        if (name == "__name__")
            native.name = text(value);
        m_dicts.setText(native.dict, name, std::move(value));
        return;
    }
    if (const ObjectId special = lookupSpecial(id, "__setattr__")) {
        const Ref nameObject = m_heap.newInternedStr(name, true);
        const ObjectId given = value;
        if (object(given).refcount > 1)
            value.reset();   // whoever assigns holds it
        callSpecial(special, {id, nameObject, given}).reset();
        return;
    }
    setAttributeDirectly(id, label, std::move(value));
}

void Interpreter::setAttributeDirectly(ObjectId id, TextId label, Ref value)
{
    const std::string_view name = m_recorder.texts().text(label);
    const ObjectId inClass = lookup(typeOf(id), label);
    if (inClass && kind(inClass) == TypeKind::Property) {
        const ObjectId setter = m_heap.item(inClass, 1);
        if (!setter && kind(id) == TypeKind::Tuple)
            raise("AttributeError", "can't set attribute");   // a field of a named tuple
        if (!setter || kind(setter) == TypeKind::None)
            raise("AttributeError", profile().minor >= 11
                      ? "property '" + std::string(name) + "' of '" + typeName(id) + "' object has no setter"
                      : "can't set attribute" + (profile().minor == 10 ? " '" + std::string(name) + "'" : std::string()));
        call(setter, {id, value}).reset();
        return;
    }
    if (inClass && kind(inClass) == TypeKind::Descriptor) {
        const auto &native = *m_heap.native<DescriptorNative>(inClass);
        if (native.kind == DescriptorNative::Kind::Slot)
            m_heap.replaceField(id, native.slot, std::move(value), m_heap.text(native.name));
        else if (native.kind == DescriptorNative::Kind::Dict)
            replaceInstanceDict(id, std::move(value));
        else
            raise("AttributeError", "attribute '__weakref__' of '" + typeName(id) + "' objects is not writable");
        return;
    }
    if (inClass && kind(inClass) == TypeKind::Instance) {
        if (const ObjectId setter = lookupSpecial(inClass, "__set__")) {
            const ObjectId given = value;
            if (object(given).refcount > 1)
                value.reset();   // whoever assigns holds it
            callSpecial(setter, {inClass, id, given}).reset();
            return;
        }
    }
    if (object(id).derived()) {
        setInstanceAttribute(id, label, std::move(value));
        return;
    }
    switch (kind(id)) {
    case TypeKind::Instance:
        setInstanceAttribute(id, label, std::move(value));
        return;
    case TypeKind::Exception:
        if (name == "__suppress_context__") {
            m_heap.setValue(id, truth(value));
            return;
        }
        if (name == "__traceback__" || name == "__context__" || name == "__cause__" || name == "args") {
            const TypeKind needed = name == "__traceback__" ? TypeKind::Traceback : TypeKind::Exception;
            if (name != "args" && kind(value) != TypeKind::None && kind(value) != needed)
                raise("TypeError", name == "__traceback__" ? "__traceback__ must be a traceback or None"
                          : "exception " + std::string(name == "__cause__" ? "cause" : "context") + " must be None or derive from BaseException");
            if (name == "__cause__") {
                setCause(id, std::move(value));
                return;
            }
            const std::uint32_t slot = name == "args" ? exceptionslot::Args : name == "__traceback__" ? exceptionslot::Traceback
                : exceptionslot::Context;
            if (kind(value) == TypeKind::None)
                m_heap.clearSlot(id, slot);
            else
                m_heap.replaceSlot(id, slot, std::move(value), m_heap.text(name));
            return;
        }
        setInstanceAttribute(id, label, std::move(value));
        return;
    case TypeKind::Module:
        m_dicts.setText(m_heap.item(id, 0), name, std::move(value));
        return;
    case TypeKind::Function: {
        if (name == "__defaults__" || name == "__kwdefaults__") {
            m_heap.replaceSlot(id, name == "__defaults__" ? functionslot::Defaults : functionslot::KwDefaults, std::move(value),
                               m_heap.text(name));
            return;
        }
        if (name == "__name__" || name == "__qualname__") {
            auto &native = *m_heap.native<FunctionNative>(id);
            (name == "__name__" ? native.name : native.qualName) = text(value);
            m_heap.replaceSlot(id, name == "__name__" ? functionslot::Name : functionslot::QualName, std::move(value), m_heap.text(name));
            return;
        }
        if (name == "__annotations__") {
            m_heap.replaceSlot(id, functionslot::Annotations, std::move(value), m_heap.text(name));
            m_heap.clearSlot(id, functionslot::Annotate);
            return;
        }
        if (name == "__doc__") {
            m_heap.replaceSlot(id, functionslot::Doc, std::move(value), m_heap.text(name));
            return;
        }
        const Ref dict = specialAttribute(id, "__dict__");
        m_dicts.setText(dict, name, std::move(value));
        return;
    }
    default:
        raiseWithoutDict(id, name, inClass);
    }
}

void Interpreter::deleteAttribute(ObjectId id, std::string_view name)
{
    if (kind(id) == TypeKind::WeakProxy) {
        deleteAttribute(proxyTarget(id), name);
        return;
    }
    if (kind(id) == TypeKind::Type && !classOf(id).builtin) {
        refuseReadOnly(name);
        if (!m_dicts.removeText(classOf(id).dict, name))
            raise("AttributeError", "type object '" + classOf(id).name + "' has no attribute '" + std::string(name) + "'");
        return;
    }
    if (const ObjectId special = lookupSpecial(id, "__delattr__")) {
        const Ref nameObject = m_heap.newInternedStr(name, true);
        callSpecial(special, {id, nameObject}).reset();
        return;
    }
    deleteAttributeDirectly(id, name);
}

void Interpreter::deleteAttributeDirectly(ObjectId id, std::string_view name)
{
    const ObjectId inClass = lookup(typeOf(id), name);
    if (inClass && kind(inClass) == TypeKind::Property) {
        const ObjectId deleter = m_heap.item(inClass, 2);
        if (!deleter || kind(deleter) == TypeKind::None)
            raise("AttributeError", profile().minor >= 11
                      ? "property '" + std::string(name) + "' of '" + typeName(id) + "' object has no deleter"
                      : "can't delete attribute" + (profile().minor == 10 ? " '" + std::string(name) + "'" : std::string()));
        call(deleter, {id}).reset();
        return;
    }
    if (inClass && kind(inClass) == TypeKind::Descriptor) {
        const auto &native = *m_heap.native<DescriptorNative>(inClass);
        if (native.kind == DescriptorNative::Kind::Slot && m_heap.field(id, native.slot)) {
            Ref old(m_heap, m_heap.field(id, native.slot));
            m_heap.setField(id, native.slot, ObjectId(), m_heap.text(native.name));
            return;
        }
        raise("AttributeError", std::string(name));
    }
    if (const ObjectId deleter = inClass && kind(inClass) == TypeKind::Instance ? lookupSpecial(inClass, "__delete__") : ObjectId()) {
        callSpecial(deleter, {inClass, id}).reset();
        return;
    }
    if (deleteInstanceAttribute(id, name))
        return;
    if (kind(id) == TypeKind::Module && m_dicts.removeText(m_heap.item(id, 0), name))
        return;
    const bool mayHaveDict = object(id).derived() || kind(id) == TypeKind::Instance ? classOf(typeOf(id)).hasDict
        : kind(id) == TypeKind::Function || kind(id) == TypeKind::Module || kind(id) == TypeKind::Exception;
    if (!mayHaveDict)
        raiseWithoutDict(id, name, inClass);
    const std::string message = profile().minor >= 11 ? "'" + typeName(id) + "' object has no attribute '" + std::string(name) + "'"
                                                      : std::string(name);
    if (kind(id) == TypeKind::Instance)
        raise("AttributeError", message);   // says nothing about the object (3.13.0)
    raiseUnwritable(id, name, message);
}

} // namespace pyrena
