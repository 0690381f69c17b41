#include "core/python/code/codegenerator.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

namespace {

constexpr std::size_t kMaxMethodArguments = 30;   // STACK_USE_GUIDELINE

} // namespace

bool CodeGenerator::needsUnpacking(const ExprList &args, const std::vector<Keyword> &keywords) const
{
    return isBig(args.size() + 2 * keywords.size())
           || std::any_of(args.begin(), args.end(), [](const ExprPtr &arg) { return as<Starred>(*arg); })
           || std::any_of(keywords.begin(), keywords.end(), [](const Keyword &keyword) { return keyword.name.empty(); });
}

// Pushes the arguments; gives the index of the tuple of keyword names.
std::int32_t CodeGenerator::plainArguments(const ExprList &args, const std::vector<Keyword> &keywords)
{
    expressions(args);
    if (keywords.empty())
        return kNoArg;
    std::vector<pyrena::Constant> names;
    for (const Keyword &keyword : keywords) {
        expression(*keyword.value);
        names.push_back(stringConstant(keyword.name));
    }
    return out().constIndex(tupleConstant(std::move(names)));
}

void CodeGenerator::compile(const ast::Call &node, const SourceSpan &span)
{
    if (methodCall(node, span))
        return;
    noteFrom311(1);   // PUSH_NULL
    expression(*node.func);
    if (needsUnpacking(node.args, node.keywords)) {
        unpackingCall(node.args, node.keywords, span, 0);
        return noteFrom311(-1);
    }
    const std::int32_t names = plainArguments(node.args, node.keywords);
    emit(Op::Call, span, static_cast<std::int32_t>(node.args.size() + node.keywords.size()), names);
    noteFrom311(-1);
}

// obj.method(...) makes no bound method: since 3.7, with keywords since 3.11.
bool CodeGenerator::methodCall(const ast::Call &node, const SourceSpan &span)
{
    const auto *attribute = as<Attribute>(*node.func);
    if (!attribute || !isAtLeast(7) || (!node.keywords.empty() && !isAtLeast(11))
        || std::any_of(node.args.begin(), node.args.end(), [](const ExprPtr &arg) { return as<Starred>(*arg); })
        || std::any_of(node.keywords.begin(), node.keywords.end(), [](const Keyword &k) { return k.name.empty(); }))
        return false;
    const std::size_t count = node.args.size() + node.keywords.size();
    if (isAtLeast(10) && count + (node.keywords.empty() ? 0 : 1) >= kMaxMethodArguments)
        return false;
    expression(*attribute->value);
    out().emitName(Op::LoadMethod, node.func->span, mangled(attribute->attr));
    placeAttribute(node.func->span, attribute->attr);
    const std::int32_t names = plainArguments(node.args, node.keywords);
    emit(Op::CallMethod, span, static_cast<std::int32_t>(count), names);
    placeAttribute(node.func->span, attribute->attr, &span.end);
    return true;
}

// The callable and `pushed` arguments are on the stack. f(*a) hands over `a` itself; CallEx makes the tuple.
void CodeGenerator::unpackingCall(const ExprList &args, const std::vector<Keyword> &keywords, const SourceSpan &span,
                                  std::int32_t pushed)
{
    const auto *only = pushed == 0 && args.size() == 1 ? as<Starred>(*args[0]) : nullptr;
    if (only)
        expression(*only->value);
    else if (pushed == 0 && m_folder.allConstant(args))
        loadFolded(span, tupleConstant(m_folder.constants(args)));
    else
        starUnpack(args, span, pushed, Op::BuildList, Op::ListAppend, Op::ListExtend, true, true);
    if (!keywords.empty())
        keywordDict(keywords, span);
    emit(Op::CallEx, span, keywords.empty() ? 0 : 1);
}

void CodeGenerator::subKeywords(const std::vector<Keyword> &keywords, const SourceSpan &span, std::size_t begin,
                                std::size_t end)
{
    const bool big = isBig(2 * (end - begin));
    if (big)
        emit(Op::BuildMap, span, 0);
    for (std::size_t i = begin; i < end; ++i) {
        loadConst(keywords[i].span, stringConstant(keywords[i].name));
        expression(*keywords[i].value);
        if (big)
            emit(Op::MapAdd, span, 1);
    }
    if (!big)
        emit(Op::BuildMap, span, static_cast<std::int32_t>(end - begin));
}

void CodeGenerator::keywordDict(const std::vector<Keyword> &keywords, const SourceSpan &span)
{
    // Until 3.8 f(**d) alone hands over `d` itself (run: getrefcount of a value in it).
    if (!isAtLeast(9) && keywords.size() == 1 && keywords[0].name.empty()) {
        expression(*keywords[0].value);
        return;
    }
    if (!isAtLeast(9))
        return keywordParts(keywords, span);
    bool haveDict = false;
    std::size_t begin = 0;
    const auto flush = [&](std::size_t end) {
        if (begin < end) {
            subKeywords(keywords, span, begin, end);
            if (haveDict)
                emit(Op::DictMerge, span, 1);
            haveDict = true;
        }
        begin = end;
    };
    for (std::size_t i = 0; i < keywords.size(); ++i) {
        if (!keywords[i].name.empty())
            continue;
        flush(i);
        if (!haveDict)
            emit(Op::BuildMap, span, 0);
        haveDict = true;
        expression(*keywords[i].value);
        emit(Op::DictMerge, span, 1);
        begin = i + 1;
    }
    flush(keywords.size());
}

// Up to 3.8: each run of named ones is a dict; two or more parts become one.
void CodeGenerator::keywordParts(const std::vector<Keyword> &keywords, const SourceSpan &span)
{
    std::int32_t parts = 0;
    std::size_t begin = 0;
    const auto flush = [&](std::size_t end) {
        if (begin < end) {
            subKeywords(keywords, span, begin, end);
            ++parts;
        }
    };
    for (std::size_t i = 0; i < keywords.size(); ++i)
        if (keywords[i].name.empty()) {
            flush(i);
            expression(*keywords[i].value);
            ++parts;
            begin = i + 1;
        }
    flush(keywords.size());
    if (parts > 1)
        emit(Op::BuildUnpack, span, parts, static_cast<std::int32_t>(UnpackInto::CallMap));
}

} // namespace pyrena
