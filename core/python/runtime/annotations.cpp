// __annotations__ of functions and classes: kept as they were written up to 3.13, made when somebody asks from 3.14 on.
#include "core/python/runtime/interpreter.h"

#include <array>

namespace pyrena {

// What a function __annotate__ says.
Ref Interpreter::annotationsBy(ObjectId annotate)
{
    constexpr std::int64_t kValue = 1;   // annotationlib.Format.VALUE
    const Ref function = m_heap.own(annotate), format = m_heap.newInt(kValue);
    Ref made = call(function, std::array{format.id()});
    if (kind(made) != TypeKind::Dict)
        raise("TypeError", "__annotate__() must return a dict, not " + typeName(made));
    return made;
}

Ref Interpreter::annotationsOfFunction(ObjectId function)
{
    const ObjectId kept = m_heap.item(function, functionslot::Annotations);
    if (kept && kind(kept) == TypeKind::Dict)
        return m_heap.own(kept);
    Ref dict;
    if (const ObjectId annotate = m_heap.item(function, functionslot::Annotate); annotate && isCallable(annotate)) {
        dict = annotationsBy(annotate);
    } else {
        dict = m_dicts.newDict();
        if (kept)   // names and values, as 3.10 keeps them
            for (std::uint32_t n = 0; n + 1 < m_heap.length(kept); n += 2)
                m_dicts.setInterned(dict, m_heap.item(kept, n), m_heap.own(m_heap.item(kept, n + 1)));
    }
    m_heap.replaceSlot(function, functionslot::Annotations, m_heap.own(dict), m_heap.text("__annotations__"));
    return dict;
}

// type_get_annotate (3.14+): what is not there is None from now on.
ObjectId Interpreter::annotateOfClass(ObjectId type)
{
    const ObjectId names = classOf(type).dict;
    if (!m_dicts.getText(names, "__annotate_func__"))
        m_dicts.setText(names, "__annotate_func__", m_heap.newNone());
    return m_dicts.getText(names, "__annotate_func__");
}

// type_get_annotations (3.10+): the class's own, which it gets now if it has none.
Ref Interpreter::annotationsOfClass(ObjectId type)
{
    const ObjectId names = classOf(type).dict;
    for (const char *kept : {"__annotations__", "__annotations_cache__"})
        if (const ObjectId found = m_dicts.getText(names, kept))
            return m_heap.own(found);
    const bool late = profile().minor >= 14;
    const ObjectId annotate = late ? annotateOfClass(type) : ObjectId();
    Ref dict = annotate && isCallable(annotate) ? annotationsBy(annotate) : m_dicts.newDict();
    m_dicts.setText(names, late ? "__annotations_cache__" : "__annotations__", m_heap.own(dict));
    return dict;
}

} // namespace pyrena
