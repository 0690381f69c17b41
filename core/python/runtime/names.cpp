// Names: namespaces, fast locals, cells, attributes by instruction, imports.
#include "core/python/builtins/library.h"
#include "core/python/runtime/interpreter.h"

#include <algorithm>

#include "core/python/code/borrowing.h"

namespace pyrena {

namespace {

std::string_view insteadOf(std::string_view builtin)
{
    if (builtin == "exit" || builtin == "quit")
        return "; use sys.exit()";
    if (builtin == "bytearray")
        return "; use bytes, or a list of int";
    if (builtin == "memoryview")
        return "; slice the bytes themselves";
    if (builtin == "compile")
        return "; write the statements themselves";
    if (builtin == "breakpoint")
        return "; step to the line instead, or search for it";
    return builtin == "__import__" ? "; write an import statement" : "";
}

} // namespace

void Interpreter::raiseNameError(const std::string &name)
{
    // What real builtins have and these have not is refused by name.
    static constexpr std::string_view kLeftOut[] = {"bytearray", "memoryview", "compile", "help", "breakpoint", "quit", "exit", "__import__", "aiter", "anext"};
    if (std::find(std::begin(kLeftOut), std::end(kLeftOut), name) != std::end(kLeftOut))
        unsupported(name + "()" + std::string(insteadOf(name)));
    raise("NameError", "name '" + name + "' is not defined");
}

void Interpreter::raiseUnbound(const Frame &frame, std::uint32_t index)
{
    const CodeObject &code = *frame.code->code;
    const std::string &name = code.localsPlus[index];
    if (index >= code.firstFree)
        raise("NameError", profile().minor >= 11
                  ? "cannot access free variable '" + name + "' where it is not associated with a value in enclosing scope"
                  : "free variable '" + name + "' referenced before assignment in enclosing scope");
    raise("UnboundLocalError", profile().minor >= 11
              ? "cannot access local variable '" + name + "' where it is not associated with a value"
              : "local variable '" + name + "' referenced before assignment");
}

ObjectId Interpreter::findGlobal(const Frame &frame, std::int32_t nameIndex)
{
    const TextId name = nameTextOf(frame, nameIndex);
    for (const ObjectId dict : {frame.globals, m_builtins})
        if (const auto entry = m_dicts.findText(dict, name)) {
            frame.code->nameCaches[static_cast<std::size_t>(nameIndex)] = {frame.globals, dict, m_dicts.version(frame.globals),
                                                                           m_dicts.version(dict), *entry};
            return m_dicts.valueAt(dict, *entry);
        }
    raiseNameError(nameOf(frame, nameIndex));
}

void Interpreter::storeNewName(Frame &frame, ObjectId names, std::int32_t nameIndex, Ref value)
{
    m_dicts.setInterned(names, frame.code->names[static_cast<std::size_t>(nameIndex)], std::move(value));
    if (names != frame.globals)
        return;
    if (const auto entry = m_dicts.findText(names, nameTextOf(frame, nameIndex)))
        frame.code->nameCaches[static_cast<std::size_t>(nameIndex)] = {names, names, m_dicts.version(names), m_dicts.version(names), *entry};
}

void Interpreter::executeName(Frame &frame, const Instruction &in)
{
    const auto index = static_cast<std::uint32_t>(in.arg);
    switch (in.op) {
    case Op::LoadName:
        if (frame.names && frame.names != frame.globals) {
            if (const ObjectId found = m_dicts.getText(frame.names, nameTextOf(frame, in.arg))) {
                push(frame, m_heap.own(found));
                break;
            }
        }
        [[fallthrough]];
    case Op::LoadGlobal:
        pushBorrowed(frame, global(frame, in.arg));
        break;
    case Op::StoreGlobal:
        storeName(frame, frame.globals, in.arg);
        break;
    case Op::DeleteName:
        if (!m_dicts.removeText(frame.names ? frame.names : frame.globals, nameOf(frame, in.arg)))
            raiseNameError(nameOf(frame, in.arg));
        break;
    case Op::DeleteGlobal:
        if (!m_dicts.removeText(frame.globals, nameOf(frame, in.arg)))
            raiseNameError(nameOf(frame, in.arg));
        break;
    case Op::DeleteFast:
        if (!m_heap.item(frame.object, index))
            raiseUnbound(frame, index);
        m_heap.clearSlot(frame.object, index);
        if (!frame.lent.empty())
            frame.lent[index] = 0;
        break;
    case Op::LoadClosure:
        push(frame, m_heap.own(m_heap.item(frame.object, index)));
        break;
    case Op::LoadLocals:
        push(frame, m_heap.own(frame.names ? frame.names : frame.globals));
        break;
    case Op::LoadFromDictOrGlobal: case Op::LoadFromDictOrDeref: {
        const Ref names = pop(frame);
        const bool global = in.op == Op::LoadFromDictOrGlobal;
        ObjectId found = m_dicts.getText(names, global ? nameOf(frame, in.arg) : frame.code->code->localsPlus[index]);
        if (!found)
            found = global ? findGlobal(frame, in.arg) : m_heap.item(m_heap.item(frame.object, index), 0);
        if (!found)
            raiseUnbound(frame, index);
        push(frame, m_heap.own(found));
        break;
    }
    case Op::LoadClassDeref:
        if (const ObjectId found = m_dicts.getText(frame.names, frame.code->code->localsPlus[index])) {
            push(frame, m_heap.own(found));
            break;
        }
        [[fallthrough]];
    case Op::LoadDeref: {
        const ObjectId cell = m_heap.item(frame.object, index);
        const ObjectId value = cell ? m_heap.item(cell, 0) : ObjectId();
        if (!value)
            raiseUnbound(frame, index);
        push(frame, m_heap.own(value));
        break;
    }
    case Op::StoreDeref: {
        Ref value = pop(frame);
        m_heap.replaceSlot(m_heap.item(frame.object, index), 0, std::move(value));
        break;
    }
    case Op::DeleteDeref: {
        const ObjectId cell = m_heap.item(frame.object, index);
        if (!m_heap.item(cell, 0))
            raiseUnbound(frame, index);
        m_heap.clearSlot(cell, 0);
        break;
    }
    case Op::LoadAttr: {
        Ref value = getAttribute(top(frame), nameTextOf(frame, in.arg));
        discard(frame);
        push(frame, std::move(value));
        break;
    }
    case Op::StoreAttr: {
        setAttribute(top(frame), nameTextOf(frame, in.arg), m_heap.own(top(frame, 1)));
        const ObjectId owner = pop(frame).release(), value = pop(frame).release();
        m_heap.letGo(value);
        m_heap.letGo(owner);
        break;
    }
    case Op::DeleteAttr: {
        deleteAttribute(top(frame), nameOf(frame, in.arg));
        pop(frame).reset();
        break;
    }
    case Op::LoadMethod: {
        auto [callable, self] = loadMethod(top(frame), nameTextOf(frame, in.arg));
        // With a plain function the object itself becomes the first argument: it stays where it is on the stack. That of super()
        // takes its place.
        if (self && self.id() == top(frame)) {
            self.reset();
            push(frame, std::move(callable));
            swapStack(frame, 0, 1);
        } else {
            pop(frame).reset();
            push(frame, std::move(callable));
            push(frame, std::move(self));
        }
        break;
    }
    case Op::ImportName: {
        const std::string &name = nameOf(frame, in.arg);
        pop(frame).reset();
        pop(frame).reset();
        push(frame, m_heap.own(importModule(name)));
        break;
    }
    case Op::ImportFrom: {
        const std::string &name = nameOf(frame, in.arg);
        Ref found = getAttributeOrNone(top(frame), name);
        const std::string module = text(getAttribute(top(frame), "__name__"));
        if (!found && isLeftOut(module, name))
            unsupported(module + "." + name);
        if (!found)
            raise("ImportError", "cannot import name '" + name + "' from '" + module + "' (unknown location)");
        push(frame, std::move(found));
        break;
    }
    case Op::SetupAnnotations: {
        const ObjectId names = frame.names ? frame.names : frame.globals;
        if (!m_dicts.findText(names, "__annotations__"))
            m_dicts.setText(names, "__annotations__", m_dicts.newDict());
        break;
    }
    default:
        unsupported(std::string("the instruction ") + opName(in.op));
    }
}

void Interpreter::unpack(Frame &frame, const Instruction &in)
{
    const auto before = static_cast<std::size_t>(in.arg);
    const bool star = in.op == Op::UnpackEx;
    const std::size_t after = star ? static_cast<std::size_t>(in.arg2) : 0;
    const ObjectId sequence = top(frame);
    std::vector<Ref> items;
    const TypeKind k = kind(sequence);
    if (k == TypeKind::Tuple || k == TypeKind::List) {
        if (profile().minor >= 14 || star)   // an iterator walks over it
            m_heap.passing(TypeKind::Iterator, 1, profile().layout.iteratorSize, !profile().objects.listIteratorFreeList ? ObjectHeap::KeptAs::ItsKind
                               : k == TypeKind::List ? ObjectHeap::KeptAs::ListIterator : ObjectHeap::KeptAs::TupleIterator);
        for (const Slot &slot : std::vector<Slot>(m_heap.items(sequence).begin(), m_heap.items(sequence).end()))
            items.push_back(m_heap.own(slot.target));
    } else {
        if (!lookupIterable(sequence))
            raise("TypeError", "cannot unpack non-iterable " + typeName(sequence) + " object");
        const Ref iterator = iterate(sequence);
        while (star || items.size() <= before) {
            Ref item = next(iterator);
            if (!item)
                break;
            items.push_back(std::move(item));
        }
    }
    const std::size_t count = items.size();
    if (count < before + after || (!star && count > before))
        while (!items.empty())   // the last one first
            items.pop_back();
    if (!star && count > before) {
        const bool counted = k == TypeKind::Tuple || k == TypeKind::List;
        raise("ValueError", "too many values to unpack (expected " + std::to_string(before)
                  + (counted && profile().minor >= 14 ? ", got " + std::to_string(count) : "") + ")");
    }
    if (count < before + after)
        raise("ValueError", std::string("not enough values to unpack (expected ") + (star ? "at least " : "")
                  + std::to_string(before + after) + ", got " + std::to_string(count) + ")");
    Ref rest;
    if (star) {
        std::vector<ObjectId> middle;
        for (std::size_t i = before; i + after < items.size(); ++i)
            middle.push_back(items[i]);
        rest = m_heap.newList(middle, static_cast<std::uint32_t>(middle.size()));
    }
    pop(frame).reset();
    for (std::size_t i = items.size(); star && i-- > items.size() - after;)
        push(frame, std::move(items[i]));
    if (star)
        push(frame, std::move(rest));
    for (std::size_t i = before; i-- > 0;)
        push(frame, std::move(items[i]));
}

} // namespace pyrena
