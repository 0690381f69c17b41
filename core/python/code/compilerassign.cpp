#include "core/python/code/codegenerator.h"

#include <algorithm>

namespace pyrena {

using namespace ast;

namespace {

const ExprList *elementsOf(const Expr &target)
{
    if (const auto *tuple = as<Tuple>(target))
        return &tuple->elements;
    const auto *list = as<List>(target);
    return list ? &list->elements : nullptr;
}

} // namespace

void CodeGenerator::store(const Expr &target)
{
    if (const auto *name = as<Name>(target)) {
        nameOp(Context::Store, target.span, name->id);
    } else if (const auto *attribute = as<Attribute>(target)) {
        noteStaticAttribute(*attribute);
        expression(*attribute->value);
        out().emitName(Op::StoreAttr, target.span, mangled(attribute->attr));
        placeAttribute(target.span, attribute->attr);
    } else if (const auto *subscript = as<Subscript>(target)) {
        expression(*subscript->value);
        expression(*subscript->slice);
        emit(Op::StoreSubscr, target.span);
    } else if (const ExprList *elements = elementsOf(target)) {
        storeElements(*elements, target.span);
    } else {
        unsupported(target.span, "this target of an assignment");
    }
}

void CodeGenerator::storeElements(const ExprList &elements, const SourceSpan &span)
{
    const auto count = static_cast<std::int32_t>(elements.size());
    const auto star = std::find_if(elements.begin(), elements.end(), [](const ExprPtr &e) { return as<Starred>(*e); });
    if (star == elements.end()) {
        emit(Op::UnpackSequence, span, count);
    } else {
        const auto before = static_cast<std::int32_t>(star - elements.begin());
        emit(Op::UnpackEx, span, before, count - before - 1);
    }
    for (const ExprPtr &element : elements) {
        const auto *starred = as<Starred>(*element);
        store(starred ? *starred->value : *element);
    }
}

// Stores to different fast locals can be reordered.
bool CodeGenerator::areDistinctFastLocals(const ExprList &targets)
{
    std::vector<std::int32_t> indexes;
    for (const ExprPtr &target : targets) {
        const auto *name = as<Name>(*target);
        if (!name)
            return false;
        const Variable at = variable(mangled(name->id));
        if (at.kind != Variable::Kind::Fast || std::find(indexes.begin(), indexes.end(), at.index) != indexes.end())
            return false;
        indexes.push_back(at.index);
    }
    return true;
}

// a, b = b, a makes no tuple. For local variables 3.11 and later store from the right instead of swapping.
bool CodeGenerator::swap(const Assign &node, const SourceSpan &span)
{
    const auto *values = as<Tuple>(*node.value);
    const ExprList *targets = node.targets.size() == 1 ? elementsOf(*node.targets.front()) : nullptr;
    const auto starred = [](const ExprPtr &e) { return as<Starred>(*e) != nullptr; };
    if (!values || !targets || targets->empty() || targets->size() > 3 || values->elements.size() != targets->size()
        || std::any_of(targets->begin(), targets->end(), starred)
        || std::any_of(values->elements.begin(), values->elements.end(), starred) || m_folder.constant(*node.value))
        return false;
    expressions(values->elements);
    if (isAtLeast(11) && targets->size() > 1 && areDistinctFastLocals(*targets)) {
        for (auto at = targets->rbegin(); at != targets->rend(); ++at)
            store(**at);
        return true;
    }
    if (targets->size() == 3)
        emit(Op::RotThree, span);
    if (targets->size() >= 2)
        emit(Op::RotTwo, span);
    for (const ExprPtr &target : *targets)
        store(*target);
    return true;
}

void CodeGenerator::compile(const Assign &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    if (swap(node, stmt.span))
        return;
    expression(*node.value);
    for (std::size_t i = 0; i < node.targets.size(); ++i) {
        if (i + 1 < node.targets.size())
            emit(Op::DupTop, stmt.span);
        store(*node.targets[i]);
    }
}

void CodeGenerator::compile(const AugAssign &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    const auto operate = [&] {
        expression(*node.value);
        emit(Op::InplaceOp, stmt.span, static_cast<std::int32_t>(node.op));
    };
    const SourceSpan &span = node.target->span;
    if (const auto *attribute = as<Attribute>(*node.target)) {
        const std::string name = mangled(attribute->attr);
        expression(*attribute->value);
        emit(Op::DupTop, span);
        out().emitName(Op::LoadAttr, span, name);
        operate();
        emit(Op::RotTwo, span);
        out().emitName(Op::StoreAttr, span, name);
    } else if (const auto *subscript = as<Subscript>(*node.target)) {
        expression(*subscript->value);
        expression(*subscript->slice);
        emit(Op::DupTopTwo, span);
        emit(Op::BinarySubscr, span);
        operate();
        emit(Op::RotThree, span);
        emit(Op::StoreSubscr, span);
    } else if (const auto *name = as<Name>(*node.target)) {
        nameOp(Context::Load, span, name->id);
        operate();
        nameOp(Context::Store, span, name->id);
    } else {
        unsupported(span, "this target of an augmented assignment");
    }
}

void CodeGenerator::remove(const Expr &target)
{
    if (const auto *name = as<Name>(target)) {
        nameOp(Context::Delete, target.span, name->id);
    } else if (const auto *attribute = as<Attribute>(target)) {
        expression(*attribute->value);
        out().emitName(Op::DeleteAttr, target.span, mangled(attribute->attr));
        placeAttribute(target.span, attribute->attr);
    } else if (const auto *subscript = as<Subscript>(target)) {
        expression(*subscript->value);
        expression(*subscript->slice);
        emit(Op::DeleteSubscr, target.span);
    } else if (const ExprList *elements = elementsOf(target)) {
        for (const ExprPtr &element : *elements)
            remove(*element);
    } else {
        unsupported(target.span, "this target of 'del'");
    }
}

void CodeGenerator::compile(const Delete &node, const Stmt &stmt)
{
    startStatement(stmt.span);
    for (const ExprPtr &target : node.targets)
        remove(*target);
}

} // namespace pyrena
