#pragma once

#include <stdexcept>
#include <string>

namespace pyrena {

// Pyrena itself is wrong. Caught once around recording and shown with recipe and change number.
class InternalError : public std::logic_error
{
public:
    using std::logic_error::logic_error;
};

// States an invariant; stays on in release builds.
inline void verify(bool condition, const char *what)
{
    if (!condition) [[unlikely]]
        throw InternalError(what);
}

} // namespace pyrena
