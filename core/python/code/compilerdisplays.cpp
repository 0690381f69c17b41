#include "core/python/code/codegenerator.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

// CPython avoids piling up more than this many entries on the value stack (STACK_USE_GUIDELINE, since 3.10): the container
// is made first and filled one by one, which gives it another capacity.
bool CodeGenerator::isBig(std::size_t entries) const
{
    return isAtLeast(10) && entries > 30;
}

void CodeGenerator::starUnpack(const ExprList &elements, const SourceSpan &span, std::int32_t pushed, Op build, Op add,
                               Op extend, bool tuple, bool call)
{
    const auto count = static_cast<std::int32_t>(elements.size());
    if (count > 2 && (isAtLeast(9) || tuple) && m_folder.allConstant(elements)) {
        const auto folded = tupleConstant(m_folder.constants(elements), add == Op::SetAdd);
        if (pushed == 0 && tuple)
            return loadFolded(span, folded);
        if (pushed == 0 && build == Op::BuildList)
        {
            // Up to 3.8 its items are pushed, then it and a tuple.
            const std::int32_t deep = isAtLeast(9) ? 2 : count;
            out().python().note(deep);
            out().python().note(-deep);
            return emit(Op::BuildConstList, span, out().constIndex(folded));
        }
        emit(build, span, pushed);
        loadConst(span, folded);
        emit(extend, span, 1);
        if (tuple)
            emit(Op::ListToTuple, span);
        return;
    }
    const bool starred = std::any_of(elements.begin(), elements.end(), [](const ExprPtr &e) { return as<Starred>(*e); });
    const bool big = isBig(elements.size() + static_cast<std::size_t>(pushed));
    if (!starred && !big) {
        expressions(elements);
        return emit(tuple ? Op::BuildTuple : build, span, count + pushed);
    }
    if (!isAtLeast(9))
        return unpackParts(elements, span, pushed, add == Op::SetAdd ? UnpackInto::Set : !tuple ? UnpackInto::List : call ? UnpackInto::CallTuple : UnpackInto::Tuple);
    bool built = big;
    if (big)
        emit(build, span, pushed);
    for (std::int32_t i = 0; i < count; ++i) {
        const Expr &element = *elements[static_cast<std::size_t>(i)];
        if (const auto *star = as<Starred>(element)) {
            if (!built)
                emit(build, span, i + pushed);
            built = true;
            expression(*star->value);
            emit(extend, element.span, 1);
        } else {
            expression(element);
            if (built)
                emit(add, element.span, 1);
        }
    }
    if (tuple)
        emit(Op::ListToTuple, span);
}

void CodeGenerator::unpackParts(const ExprList &elements, const SourceSpan &span, std::int32_t pushed, UnpackInto into)
{
    std::int32_t parts = 0;
    std::size_t begin = 0;   // of the elements not yet in a part
    const auto flush = [&](std::size_t end) {
        const auto count = static_cast<std::int32_t>(end - begin) + pushed;
        const std::span<const ExprPtr> run(elements.data() + begin, end - begin);
        begin = end;
        if (count == 0)
            return;
        ++parts;
        const bool set = into == UnpackInto::Set;
        if (pushed == 0 && !set && m_folder.allConstant(run))
            return loadFolded(span, tupleConstant(m_folder.constants(run)));
        for (const ExprPtr &element : run)
            expression(*element);
        emit(set ? Op::BuildSet : Op::BuildTuple, span, count);
        pushed = 0;
    };
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (const auto *star = as<Starred>(*elements[i])) {
            flush(i);
            expression(*star->value);
            ++parts;
            begin = i + 1;
        }
    flush(elements.size());
    emit(Op::BuildUnpack, span, parts, static_cast<std::int32_t>(into));
}

void CodeGenerator::compile(const Tuple &node, const SourceSpan &span)
{
    starUnpack(node.elements, span, 0, Op::BuildList, Op::ListAppend, Op::ListExtend, true);
}

void CodeGenerator::compile(const List &node, const SourceSpan &span)
{
    starUnpack(node.elements, span, 0, Op::BuildList, Op::ListAppend, Op::ListExtend, false);
}

void CodeGenerator::compile(const ast::Set &node, const SourceSpan &span)
{
    starUnpack(node.elements, span, 0, Op::BuildSet, Op::SetAdd, Op::SetUpdate, false);
}

void CodeGenerator::subDict(const Dict &node, const SourceSpan &span, std::size_t begin, std::size_t end)
{
    const bool big = isBig(2 * (end - begin));
    if (big)
        emit(Op::BuildMap, span, 0);
    // BUILD_CONST_KEY_MAP: the values, then a tuple of the keys.
    const bool constKeys = end - begin > 1 && !big
        && std::all_of(node.keys.begin() + static_cast<std::ptrdiff_t>(begin), node.keys.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const ExprPtr &key) { return m_folder.constant(*key) != nullptr; });
    for (std::size_t i = begin; i < end; ++i) {
        const bool silent = out().python().silent();
        out().python().setSilent(silent || constKeys);
        expression(*node.keys[i]);
        out().python().setSilent(silent);
        expression(*node.values[i]);
        if (big)
            emit(Op::MapAdd, span, 1);
    }
    if (!big && constKeys) {
        const auto pairs = static_cast<std::int32_t>(end - begin);
        const bool silent = out().python().silent();
        out().python().note(1);
        out().python().note(-pairs);
        out().python().setSilent(true);
        emit(Op::BuildMap, span, pairs);
        out().python().setSilent(silent);
        return;
    }
    if (!big)
        emit(Op::BuildMap, span, static_cast<std::int32_t>(end - begin));
}

// Up to 3.8: each run of pairs is a dict, then all parts become one.
void CodeGenerator::dictParts(const Dict &node, const SourceSpan &span)
{
    std::int32_t parts = 0;
    std::size_t begin = 0;   // of the pairs not yet in a part
    const auto flush = [&](std::size_t end) {
        if (begin < end) {
            subDict(node, span, begin, end);
            ++parts;
        }
    };
    for (std::size_t i = 0; i < node.keys.size(); ++i)
        if (!node.keys[i]) {
            flush(i);
            expression(*node.values[i]);
            ++parts;
            begin = i + 1;
        }
    flush(node.keys.size());
    emit(Op::BuildUnpack, span, parts, static_cast<std::int32_t>(UnpackInto::Map));
}

void CodeGenerator::compile(const Dict &node, const SourceSpan &span)
{
    if (!isAtLeast(9) && std::any_of(node.keys.begin(), node.keys.end(), [](const ExprPtr &key) { return !key; }))
        return dictParts(node, span);
    bool haveDict = false;
    std::size_t begin = 0;   // of the pairs not written yet
    const auto flush = [&](std::size_t end) {
        if (begin < end) {
            subDict(node, span, begin, end);
            if (haveDict)
                emit(Op::DictUpdate, span, 1);
            haveDict = true;
        }
        begin = end;
    };
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        if (node.keys[i]) {
            if (isBig(2 * (i - begin)))
                flush(i + 1);
            continue;
        }
        flush(i);
        if (!haveDict)
            emit(Op::BuildMap, span, 0);
        haveDict = true;
        expression(*node.values[i]);
        emit(Op::DictUpdate, span, 1);
        begin = i + 1;
    }
    flush(node.keys.size());
    if (!haveDict)
        emit(Op::BuildMap, span, 0);
}

} // namespace pyrena
