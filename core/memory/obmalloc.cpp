#include "core/memory/obmallocrules.h"

namespace pyrena {

template class BasicObmalloc<RecordedHeap>;
template class BasicObmalloc<DirectHeap>;

Obmalloc::Obmalloc(Recorder &recorder, MemorySteps steps)
    : BasicObmalloc(RecordedHeap(recorder, steps), recorder.profile().allocator, recorder.trace().recipe.maxMemory)
{
}

} // namespace pyrena
