// Calls that run or wait, and what of them outlives them: frames, suspended generators, tracebacks, handled exceptions.
#pragma once

#include "core/objects/native.h"
#include "core/python/runtime/loadedcode.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pyrena {

// One running or suspended call. Locals and value stack are the slots of its Frame object.
struct Frame
{
    const LoadedCode *code = nullptr;
    ObjectId object;
    ObjectId globals;                      // borrowed from the function or the module
    ObjectId names;                        // namespace dict of a module or class body; none in functions
    std::uint32_t locals = 0;              // how many; the value stack lies behind them
    std::uint32_t ip = 0;
    std::uint32_t sp = 0;                  // entries on the value stack
    std::uint32_t lastInstruction = 0;
    std::size_t stepBase = 0;              // open steps when it was entered
    bool statementOpen = false;
    Frame *back = nullptr;
    // Of each local and stack entry: it is lent, so sys.getrefcount() does not count it (3.14+). Empty where nothing is lent.
    static constexpr std::uint8_t kLentSelf = 2;   // of a bound __exit__: its self is lent, not it
    std::vector<std::uint8_t> lent;
};

struct GeneratorNative : Native
{
    std::unique_ptr<Frame> frame;          // null when finished
    bool running = false, started = false;
    bool closed = false;                   // by close(), with its locals still there (3.12.3)
    std::string name, qualName;
};

struct TracebackNative : Native
{
    const LoadedCode *code = nullptr;
    std::uint32_t instruction = 0;
};

// Where an exception that is being handled is kept, and up to 3.10 its traceback: slots of the interpreter, or of a generator
// while that runs.
struct Handling
{
    ObjectId owner;
    std::array<std::uint32_t, 2> slot;
};

} // namespace pyrena
