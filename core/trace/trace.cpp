#include "core/trace/trace.h"

namespace pyrena {

const std::string &Trace::text(TextId id) const
{
    static const std::string none;
    return id && id.value < texts.size() ? texts.text(id) : none;
}

std::string Trace::label(ObjectId id) const
{
    if (!id || id.value >= objects.size())
        return "nothing";
    const ObjectInfo &info = objects[id.value];
    const std::string &type = text(info.typeName);
    switch (info.kind) {
    case TypeKind::Runtime: return "the interpreter";
    case TypeKind::None: return "None";
    case TypeKind::NotImplemented: return "NotImplemented";
    case TypeKind::Ellipsis: return "Ellipsis";
    default: return info.ordinal == 0 ? type : type + '#' + std::to_string(info.ordinal);
    }
}

std::size_t Trace::bytes() const
{
    std::size_t total = log.bytes() + steps.bytes() + stops.bytes() + texts.bytes() + objects.size() * sizeof(ObjectInfo);
    for (const Keyframe &k : keyframes)
        total += k.bytes();
    return total;
}

} // namespace pyrena
