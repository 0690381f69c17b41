#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define PYRENA_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PYRENA_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef PYRENA_ADDRESS_SANITIZER
#include <cstddef>
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#endif

namespace pyrena {

// To call before an exception is thrown that may leave very many frames. AddressSanitizer forgets the marks of the frames that an
// exception leaves, but gives up on more than 64 MiB of stack, which ten thousand levels of a recursion take with it; the marks that
// stayed would be taken for errors. In other builds this does nothing.
inline void forgetStackMarks()
{
#ifdef PYRENA_ADDRESS_SANITIZER
    pthread_attr_t attributes;
    void *low = nullptr;
    std::size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    const char *const here = static_cast<const char *>(__builtin_frame_address(0));
    __asan_unpoison_memory_region(here, static_cast<std::size_t>(static_cast<const char *>(low) + size - here));
#endif
}

} // namespace pyrena
