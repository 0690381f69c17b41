#pragma once

#include "core/trace/recorder.h"

#include <memory>
#include <string>
#include <vector>

namespace pyrena {

// Builds recordings of object graphs by hand, with counts kept right, for tests of pictures that must not depend on what the
// interpreter does. Each call is one step of its own, each line() a statement.
class HeapBuilder
{
public:
    explicit HeapBuilder(const std::string &profile = "3.13")
        : m_recorder(Recipe{.source = {}, .fileName = "shapes.py", .profile = profile}, *findProfile(profile))
    {
        const ObjectId runtime = bare(TypeKind::Runtime, "interpreter", ObjectFlag::Static);
        m_globals = bare(TypeKind::Dict, "dict", ObjectFlag::Namespace);
        none = bare(TypeKind::None, "NoneType", ObjectFlag::Static);
        module = bare(TypeKind::Frame, "frame", ObjectFlag::Hidden);
        grow(runtime, 1);
        r().commit(change::SlotSet{runtime, 0, {}, m_globals, text("globals")});
        count(m_globals, +1);
        r().commit(change::GlobalsSet{{}, m_globals});
        CodeInfo code;
        code.name = text("<module>");
        r().trace().codes.push_back(code);
        r().beginRecording();
        r().openStep(StepKind::Program, {});
        r().commit(change::FramePushed{module, CodeId(0), 1});
    }

    Recorder &r() { return m_recorder; }
    TextId text(const std::string &t) { return r().texts().intern(t); }
    ObjectId globals() const { return m_globals; }

    void line(std::uint32_t number, const std::string &source = {})
    {
        endLine();
        if (m_source.size() < number)
            m_source.resize(number);
        m_source[number - 1] = source;
        r().setSpan({{number, 1}, {number, 20}});
        r().openStep(StepKind::Statement, r().span());
        m_open = true;
        r().commit(change::LineReached{r().world().stack.back().frame, r().world().stack.back().line, number});
    }
    void endLine()
    {
        if (m_open)
            r().closeStep();
        m_open = false;
    }

    ObjectId make(TypeKind kind, const std::string &type, ObjectFlag flag = ObjectFlag::Alive, std::uint64_t value = 0)
    {
        const auto step = r().step(StepKind::Operation, {}, text("make a " + type));
        const ObjectId id = bare(kind, type, flag);
        if (value)
            r().commit(change::ValueSet{id, 0, value});
        if (kind != TypeKind::Int && kind != TypeKind::Str)
            r().commit(change::GcMoved{id, GcListId::None, GcListId::Generation0});
        return id;
    }
    ObjectId list() { return make(TypeKind::List, "list"); }
    ObjectId node(const std::string &type = "Node") { return make(TypeKind::Instance, type); }
    ObjectId integer(std::int64_t value) { return make(TypeKind::Int, "int", ObjectFlag::Alive, std::uint64_t(value)); }
    ObjectId str(const std::string &value) { return make(TypeKind::Str, "str", ObjectFlag::Alive, text(value).value); }
    ObjectId weakref(ObjectId to) { return make(TypeKind::Weakref, "weakref", ObjectFlag::Alive, to.value); }

    void bind(const std::string &name, ObjectId value)
    {
        const auto step = r().step(StepKind::Operation, value, text("let the name " + name + " refer to it"));
        store(m_globals, entry(m_globals, name) + 1, value, {});
    }
    void unbind(const std::string &name)
    {
        const std::uint32_t at = entry(m_globals, name);
        const ObjectId was = r().world().slotsOf(m_globals)[at + 1].target;
        const auto step = r().step(StepKind::Operation, was, text("remove the name " + name));
        store(m_globals, at, {}, {});
        store(m_globals, at + 1, {}, {});
    }
    void item(ObjectId dict, const std::string &key, ObjectId value) { store(dict, entry(dict, key) + 1, value, {}); }
    void append(ObjectId list, ObjectId value)
    {
        const auto step = r().step(StepKind::Operation, list, text("append"));
        const std::uint32_t length = r().world().object(list).slotsLength;
        grow(list, length + 1);
        store(list, length, value, {});
    }
    void pop(ObjectId list)
    {
        const std::uint32_t length = r().world().object(list).slotsLength;
        store(list, length - 1, {}, {});
        r().commit(change::LengthSet{list, length, length - 1});
    }
    void attribute(ObjectId owner, const std::string &name, ObjectId value)
    {
        const auto step = r().step(StepKind::Operation, owner, text("set the attribute ." + name));
        const auto slots = r().world().slotsOf(owner);
        std::uint32_t at = 0;
        while (at < slots.size() && slots[at].label != text(name))
            ++at;
        if (at == slots.size())
            grow(owner, at + 1);
        store(owner, at, value, text(name));
    }
    void push(ObjectId value)   // onto the module's value stack
    {
        const std::uint32_t length = r().world().object(module).slotsLength;
        grow(module, length + 1);
        store(module, length, value, {});
    }
    void drop()
    {
        const std::uint32_t length = r().world().object(module).slotsLength;
        const ObjectId was = r().world().slotsOf(module)[length - 1].target;
        r().commit(change::SlotSet{module, length - 1, was, {}, {}});
        r().commit(change::LengthSet{module, length, length - 1});
        count(was, -1);
    }
    ObjectId call(const std::string &function, const std::vector<std::string> &locals, std::uint32_t line)
    {
        CodeInfo code;
        code.name = text(function);
        r().trace().codes.push_back(code);
        const ObjectId frame = bare(TypeKind::Frame, "frame", ObjectFlag::Hidden);
        grow(frame, std::uint32_t(locals.size()));
        for (std::uint32_t i = 0; i < locals.size(); ++i)
            r().commit(change::SlotSet{frame, i, {}, {}, text(locals[i])});
        r().commit(change::FramePushed{frame, CodeId(std::uint32_t(r().trace().codes.size() - 1)), line});
        return frame;
    }
    void local(ObjectId frame, std::uint32_t index, ObjectId value)
    {
        store(frame, index, value, r().world().slotsOf(frame)[index].label);
    }
    void leave(ObjectId frame)
    {
        const std::uint32_t length = r().world().object(frame).slotsLength;
        for (std::uint32_t i = 0; i < length; ++i)
            store(frame, i, {}, {});
        r().commit(change::FramePopped{frame});
        r().commit(change::ObjectDied{frame, false});
    }
    void old(ObjectId id, GcListId generation) { r().commit(change::GcMoved{id, r().world().object(id).gcList, generation}); }
    // What the collector does to an unreachable object: clears it.
    void clear(ObjectId id)
    {
        const std::uint32_t length = r().world().object(id).slotsLength;
        for (std::uint32_t i = 0; i < length && r().world().object(id).alive(); ++i)
            store(id, i, {}, {});
    }

    std::shared_ptr<const Trace> finish()
    {
        endLine();
        r().closeStep();
        for (const std::string &line : m_source)
            r().trace().recipe.source += line + '\n';
        return r().finish(Outcome::Finished);
    }

    ObjectId none, module;

private:
    ObjectId bare(TypeKind kind, const std::string &type, ObjectFlag flag)
    {
        const ObjectId id = r().announce(kind, text(type));
        m_address += 64;
        const auto flags = static_cast<std::uint16_t>(static_cast<unsigned>(ObjectFlag::Alive) | static_cast<unsigned>(flag));
        r().commit(change::ObjectBorn{id, {}, 56, kind, flags, m_address});
        return id;
    }
    void grow(ObjectId owner, std::uint32_t length)
    {
        r().resizeSlots(owner, length);
        const std::uint32_t before = r().world().object(owner).slotsLength;
        if (length > before)
            r().commit(change::LengthSet{owner, before, length});
    }
    // The index of a key, made when it is missing.
    std::uint32_t entry(ObjectId dict, const std::string &key)
    {
        const auto slots = r().world().slotsOf(dict);
        for (std::uint32_t i = 0; i + 1 < slots.size(); i += 2)
            if (slots[i].target && r().world().object(slots[i].target).value == text(key).value)
                return i;
        const std::uint32_t at = r().world().object(dict).slotsLength;
        const ObjectId name = bare(TypeKind::Str, "str", ObjectFlag::Interned);
        r().commit(change::ValueSet{name, 0, text(key).value});
        grow(dict, at + 2);
        store(dict, at, name, {});
        return at;
    }
    void store(ObjectId owner, std::uint32_t index, ObjectId value, TextId label)
    {
        const ObjectId was = r().world().slotsOf(owner)[index].target;
        if (value)
            count(value, +1);
        r().commit(change::SlotSet{owner, index, was, value, label});
        if (was)
            count(was, -1);
    }
    void count(ObjectId id, int by)
    {
        const Object &o = r().world().object(id);
        if (o.has(ObjectFlag::Immortal) || o.has(ObjectFlag::Static))
            return;
        const std::uint32_t before = o.refcount, after = before + std::uint32_t(by);
        r().commit(change::RefcountChanged{id, before, after});
        if (after > 0 || id == m_globals)
            return;
        const auto step = r().step(StepKind::Dealloc, id);
        if (r().world().object(id).gcList != GcListId::None)
            r().commit(change::GcMoved{id, r().world().object(id).gcList, GcListId::None});
        clear(id);
        r().commit(change::ObjectDied{id, false});
    }

    Recorder m_recorder;
    ObjectId m_globals;
    std::uint64_t m_address = 0x7f3a10000000;
    bool m_open = false;
    std::vector<std::string> m_source;   // by line
};

// The snake that eats its tail: a list that holds itself, and a module beside it.
inline std::shared_ptr<const Trace> snakeTrace(const std::string &profile = "3.13")
{
    HeapBuilder b(profile);
    b.line(1, "import gc");
    const ObjectId gc = b.make(TypeKind::Module, "module", ObjectFlag::Alive, b.text("gc").value);
    b.bind("gc", gc);
    b.old(gc, GcListId::Generation2);
    b.line(2, "a = []");
    const ObjectId a = b.list();
    b.bind("a", a);
    b.line(3, "a.append(a)");
    b.append(a, a);
    b.line(4, "del a");
    b.unbind("a");
    b.line(5, "gc.collect()");
    b.clear(a);
    return b.finish();
}

// A bit of everything: linked nodes with a way back, a dict, shared objects, weak references, calls, garbage, a stack.
inline std::shared_ptr<const Trace> gardenTrace(const std::string &profile = "3.13")
{
    HeapBuilder b(profile);
    b.line(1, "first = Node()");
    const ObjectId first = b.node();
    b.bind("first", first);
    b.line(2, "second = Node()");
    const ObjectId second = b.node();
    b.bind("second", second);
    b.line(3, "first.next = second");
    b.attribute(first, "next", second);
    b.attribute(first, "label", b.str("the first of two nodes in a row"));
    b.line(4, "second.back = first");
    b.attribute(second, "back", first);
    b.attribute(second, "size", b.integer(1234567));
    b.line(5, "things = [first, 1, [2, 3], None]");
    const ObjectId things = b.list();
    b.append(things, first);
    b.append(things, b.integer(1));
    const ObjectId inner = b.list();
    b.append(things, inner);
    b.append(inner, b.integer(2));
    b.append(inner, b.integer(3));
    b.append(things, b.none);
    b.bind("things", things);
    b.line(6, "table = {'one': things, 'two': second}");
    const ObjectId table = b.make(TypeKind::Dict, "dict");
    b.item(table, "one", things);
    b.item(table, "two", second);
    b.bind("table", table);
    b.line(7, "watch = weakref.ref(first)");
    b.bind("watch", b.weakref(first));
    b.line(8, "grow(things)");
    const ObjectId frame = b.call("grow", {"items", "extra"}, 11);
    b.local(frame, 0, things);
    b.line(11, "    extra = (1, 2)");
    const ObjectId pair = b.make(TypeKind::Tuple, "tuple");
    b.append(pair, b.integer(1));
    b.append(pair, b.integer(2));
    b.local(frame, 1, pair);
    b.line(12, "    items.append(extra)");
    b.append(things, pair);
    b.line(13, "    return");
    b.leave(frame);
    b.line(9, "del first, second, things");
    b.unbind("first");
    b.unbind("second");
    b.unbind("things");
    b.old(first, GcListId::Generation1);
    b.line(10, "table = None");
    b.bind("table", b.none);
    b.line(14, "x = y = []");
    const ObjectId x = b.list();
    b.push(x);
    b.bind("x", x);
    b.bind("y", x);
    b.drop();
    b.line(15, "y = list(range(100))");
    const ObjectId y = b.list();
    for (int i = 0; i < 100; ++i)
        b.append(y, b.integer(i));
    b.bind("y", y);
    b.line(16, "x.append({1, 2})");
    const ObjectId set = b.make(TypeKind::Set, "set");
    b.append(set, b.integer(1));
    b.append(set, b.integer(2));
    b.append(x, set);
    return b.finish();
}

} // namespace pyrena
