#pragma once

#include "core/python/code/code.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace pyrena {

Constant noneConstant();
Constant stringConstant(std::string text);
Constant tupleConstant(std::vector<Constant> items, bool frozenSet = false);

// Equal exactly for constants that CPython's compiler merges: the same type and value, tuples by content. 1, 1.0 and True
// differ, and so do 0.0 and -0.0.
std::string constantKey(const Constant &constant);

// The constants of one code object.
class ConstantPool
{
public:
    std::int32_t index(const Constant &constant);
    std::vector<Constant> take() { return std::move(m_constants); }

private:
    std::vector<Constant> m_constants;
    std::unordered_map<std::string, std::int32_t> m_index;
};

} // namespace pyrena
