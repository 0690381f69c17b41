// The allocator of the installed CPython, driven with the requests of a recording.
#include <Python.h>

#include "app/bench/pymalloc.h"

#include <vector>

namespace pyrena::bench {

std::string pythonVersion()
{
    const std::string version = Py_GetVersion();
    return version.substr(0, version.find(' '));
}

RealAllocator pymalloc()
{
    if (!Py_IsInitialized())
        Py_InitializeEx(0);   // without signal handlers
    return [](std::span<const TraceEvent> requests, std::uint64_t count) {
        std::vector<void *> blocks(count);
        const double start = threadSeconds();
        for (const TraceEvent &request : requests) {
            void *&block = blocks[request.block];
            switch (request.kind) {
            case TraceLine::Malloc: block = PyObject_Malloc(request.size); break;
            case TraceLine::Calloc: block = PyObject_Calloc(1, request.size); break;
            case TraceLine::ReallocNull: block = PyObject_Realloc(nullptr, request.size); break;
            case TraceLine::Realloc: block = PyObject_Realloc(block, request.size); break;
            case TraceLine::Free:
                PyObject_Free(block);
                block = nullptr;
                break;
            default: break;
            }
        }
        const double seconds = threadSeconds() - start;
        for (void *block : blocks)
            PyObject_Free(block);
        return seconds;
    };
}

} // namespace pyrena::bench
