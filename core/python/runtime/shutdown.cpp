// The end of the interpreter: exit functions, a last full collection, then the modules (Py_FinalizeEx, finalize_modules).
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

namespace pyrena {

// Whether anything of the program still runs when the interpreter ends: finalizers, callbacks, exit functions. If not, the
// recording ends with the last statement, and the objects stay in the picture.
bool Interpreter::shutdownIsVisible() const
{
    const auto list = [&](const char *module, const char *name) {
        const auto found = m_modules.find(module);
        const ObjectId id = found == m_modules.end() ? ObjectId() : const_cast<Dicts &>(m_dicts).getText(m_heap.item(found->second, 0), name);
        return id && kind(id) == TypeKind::List ? m_heap.length(id) : 0;
    };
    if (list("atexit", "_callbacks") > 0 || list("gc", "callbacks") > 0)
        return true;
    for (std::uint32_t n = 0; n < world().objects.size(); ++n) {
        const ObjectId id(n);
        const Object &o = object(id);
        if (!o.alive() || o.has(ObjectFlag::Static))
            continue;
        if (!o.has(ObjectFlag::Finalized) && hasFinalizer(id))
            return true;
        if ((o.kind == TypeKind::Weakref || o.kind == TypeKind::WeakProxy) && m_heap.item(id, 0)
            && ObjectId(static_cast<std::uint32_t>(o.value)))
            return true;
    }
    return false;
}

void Interpreter::shutDown()
{
    if (!shutdownIsVisible())
        return;
    const auto step = m_recorder.step(StepKind::Shutdown);
    dropSyntaxTree();
    if (const auto atexit = m_modules.find("atexit"); atexit != m_modules.end()) {
        const Ref run = getAttribute(atexit->second, "_run");
        call(run, std::span<const ObjectId>{}).reset();
    }
    // Finalizers called here still find every module in place.
    if (world().gc.enabled)
        m_collector->collect(2);
    // sys.last_exc and its relatives: an uncaught exception kept the frames of its traceback until now.
    m_heap.clearSlot(kRuntime, 3);
    dropMainModule();
    m_collector->collect(2, Collector::Reason::Shutdown);
    if (!m_heap.counting())
        m_heap.clearDict(m_mainDict);   // of the interpreter's image: what it referred to is gone
    m_heap.rethrowStashed();
}

// sys.modules lets the module go. Nobody else refers to its namespace: it dies now, in the order the names were made.
// Functions and classes do: then it is part of a cycle and waits for the collector.
void Interpreter::dropMainModule()
{
    m_heap.clearSlot(kRuntime, 1);
    m_heap.decref(m_mainModule);
    m_modules.erase("__main__");
    if (!m_heap.counting()) {
        m_collector->dropRoot(m_mainModule);
        m_collector->dropRoot(m_mainDict);
        return;
    }
    // From here on the namespace is an object like others, and the collector may be what frees the globals. (CPython tracks it
    // all the time; here it is the root of the program's objects until now.)
    if (!object(m_mainDict).tracked())
        m_recorder.commit(change::GcMoved{m_mainDict, GcListId::None, GcListId::Generation2});
    if (m_heap.refcount(m_mainModule) > 0) {
        clearModule(m_mainDict);
        return;
    }
    m_heap.clearSlot(m_mainModule, 0);
    if (m_heap.refcount(m_mainDict) == 0) {
        m_heap.untrack(m_mainDict);
        m_heap.clearDict(m_mainDict);
    }
}

// _PyModule_Clear: names that begin with one underscore become None first, then the others.
void Interpreter::clearModule(ObjectId dict)
{
    for (const bool underscored : {true, false}) {
        for (std::uint32_t e = 0; e < m_dicts.entryCount(dict); ++e) {
            const ObjectId key = m_dicts.keyAt(dict, e);
            if (!key || !isStr(key) || text(key) == "__builtins__")
                continue;
            const std::string &name = text(key);
            const bool starts = name.size() > 1 && name[0] == '_' && name[1] != '_';
            if (underscored ? starts : true)
                m_heap.replaceSlot(dict, 2 * e + 1, m_heap.newNone());
        }
    }
}

} // namespace pyrena
