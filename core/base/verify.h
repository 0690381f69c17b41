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

[[noreturn, gnu::cold, gnu::noinline]] inline void failVerification(const char *what)
{
    throw InternalError(what);
}

// States an invariant; stays on in release builds.
inline void verify(bool condition, const char *what)
{
    if (!condition) [[unlikely]]
        failVerification(what);
}

} // namespace pyrena
