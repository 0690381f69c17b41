// What a traceback suggests when a name or an attribute was probably mistyped (3.10+).
#include "core/python/runtime/interpreter.h"

#include "core/python/text/utf8.h"

#include <algorithm>
#include <set>

namespace pyrena {

namespace {

// An edit costs 2, one of the case only 1; a name is suggested when the edits cost at most a third of both lengths together.
constexpr std::size_t kEdit = 2, kCaseEdit = 1, kMaxLength = 40, kMaxNames = 750;

std::size_t replacementCost(char32_t a, char32_t b)
{
    const auto lower = [](char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; };
    return a == b ? 0 : lower(a) == lower(b) ? kCaseEdit : kEdit;
}

std::size_t distance(const std::u32string &a, const std::u32string &b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j * kEdit;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i * kEdit;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + kEdit, row[j - 1] + kEdit, diagonal + replacementCost(a[i - 1], b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

// The nearest of the names, the first of several; empty when none is near enough.
std::string nearest(const std::string &wrong, const std::vector<std::string> &names)
{
    const std::u32string wanted = text::decodeUtf8(wrong);
    if (names.size() >= kMaxNames || wanted.size() > kMaxLength)
        return {};
    std::string best;
    std::size_t bestDistance = SIZE_MAX;
    for (const std::string &name : names) {
        const std::u32string candidate = text::decodeUtf8(name);
        if (name == wrong || candidate.size() > kMaxLength)
            continue;
        const std::size_t far = distance(wanted, candidate);
        if (far <= (wanted.size() + candidate.size() + 3) * kEdit / 6 && far < bestDistance) {
            best = name;
            bestDistance = far;
        }
    }
    return best;
}

// Modules of the standard library that programs of the subset may have forgotten to import.
constexpr std::string_view kModules[] = {
    "abc", "array", "ast", "asyncio", "base64", "bisect", "calendar", "cmath", "collections", "contextlib", "copy", "csv",
    "dataclasses", "datetime", "decimal", "dis", "enum", "fractions", "functools", "gc", "hashlib", "heapq", "inspect", "io",
    "itertools", "json", "logging", "math", "numbers", "operator", "os", "pathlib", "pickle", "platform", "pprint", "queue",
    "random", "re", "secrets", "shutil", "signal", "socket", "statistics", "string", "struct", "subprocess", "sys", "tempfile",
    "textwrap", "threading", "time", "timeit", "traceback", "tracemalloc", "types", "typing", "unittest", "uuid", "warnings", "weakref",
};

} // namespace

std::vector<std::string> Interpreter::attributeNames(ObjectId id)
{
    std::set<std::string> names;
    const auto addDict = [&](ObjectId dict) {
        for (std::uint32_t e = 0; dict && e < m_dicts.entryCount(dict); ++e)
            if (const ObjectId key = m_dicts.keyAt(dict, e); key && isStr(key))
                names.emplace(text(key));
    };
    const auto addClass = [&](ObjectId type) {
        for (const ObjectId base : classOf(type).mro) {
            const ClassNative &native = classOf(base);
            for (const auto &[name, method] : native.methods)
                names.emplace(name);
            if (!native.builtin)
                addDict(native.dict);
        }
    };
    if (kind(id) == TypeKind::Module)
        addDict(m_heap.item(id, 0));
    else if (kind(id) == TypeKind::Type)
        addClass(id);
    else
        addClass(typeOf(id));
    if (kind(id) == TypeKind::Instance || kind(id) == TypeKind::Exception) {
        if (const ObjectId dict = dictOfInstance(id)) {
            addDict(dict);
        } else {
            const auto slots = m_heap.items(id);
            for (std::size_t i = attributesBegin(id); i < slots.size(); ++i)
                if (slots[i].target)
                    names.emplace(m_recorder.texts().text(slots[i].label));
        }
    }
    return {names.begin(), names.end()};
}

std::string Interpreter::suggestion(ObjectId exception)
{
    if (profile().minor < 10)
        return {};
    const auto question = [](const std::string &name) { return name.empty() ? name : ". Did you mean: '" + name + "'?"; };
    if (isSubclass(typeOf(exception), exceptionType("AttributeError"))) {
        const ObjectId about = m_heap.item(exception, exceptionslot::Object), name = m_heap.item(exception, exceptionslot::Name);
        if (!about || !name)
            return {};
        const std::string wrong(text(name));
        std::vector<std::string> names = attributeNames(about);
        if (profile().minor >= 13 && !wrong.starts_with('_'))
            std::erase_if(names, [](const std::string &n) { return n.starts_with('_'); });
        return question(nearest(wrong, names));
    }
    if (!isSubclass(typeOf(exception), exceptionType("NameError")))
        return {};
    ObjectId innermost;
    for (ObjectId tb = m_heap.item(exception, exceptionslot::Traceback); tb; tb = m_heap.item(tb, 1))
        innermost = tb;
    if (!innermost)
        return {};
    const auto &native = *m_heap.native<TracebackNative>(innermost);
    const CodeObject &code = *native.code->code;
    const Instruction &in = code.instructions[native.instruction];
    if (in.op != Op::LoadName && in.op != Op::LoadGlobal)
        return {};   // only these tell the exception which name it is about
    const std::string &wrong = code.names[static_cast<std::size_t>(in.arg)];
    const ObjectId frame = m_heap.item(innermost, 0);
    std::vector<std::string> names;
    const bool oneList = profile().minor >= 13;
    const auto find = [&]() -> std::string {
        std::string found = oneList ? std::string() : nearest(wrong, names);
        if (!oneList)
            names.clear();
        return found;
    };
    const auto addDict = [&](ObjectId dict) {
        for (std::uint32_t e = 0; dict && e < m_dicts.entryCount(dict); ++e)
            if (const ObjectId key = m_dicts.keyAt(dict, e); key && isStr(key))
                names.emplace_back(text(key));
    };
    std::string found;
    if (code.has(CodeFlag::Function)) {
        for (std::uint32_t i = 0; i < code.localsPlus.size() && i < m_heap.length(frame); ++i) {
            const ObjectId value = m_heap.item(frame, i);
            if (!value)
                continue;
            if (code.localsPlus[i] == "self" && profile().minor >= 12 && getAttributeOrNone(value, wrong))
                return ". Did you mean: 'self." + wrong + "'?";
            names.push_back(code.localsPlus[i]);
        }
        found = find();
    }
    for (const ObjectId dict : {m_mainDict, m_builtins}) {
        if (!found.empty())
            break;
        addDict(dict);
        found = find();
    }
    if (oneList)
        found = nearest(wrong, names);
    if (profile().minor >= 12 && std::ranges::find(kModules, wrong) != std::end(kModules))
        return found.empty() ? ". Did you forget to import '" + wrong + "'?"
                             : question(found) + " Or did you forget to import '" + wrong + "'?";
    return question(found);
}

} // namespace pyrena
