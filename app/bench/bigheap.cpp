#include "app/bench/bigheap.h"

#include "core/memory/obmalloc.h"

#include <iterator>
#include <random>
#include <vector>

namespace pyrena::bench {

std::shared_ptr<const Trace> bigHeap(std::uint32_t blocks, std::uint32_t steps)
{
    // Sizes as programs have them: many of one or two cache lines, few large ones. Bytes asked for.
    constexpr std::uint32_t kSizes[] = {24, 28, 32, 40, 48, 48, 56, 56, 60, 64, 64, 72, 72, 80, 88, 104, 120, 152, 184, 232, 320, 480};
    constexpr TypeKind kKinds[] = {TypeKind::Int, TypeKind::Str, TypeKind::Tuple, TypeKind::List, TypeKind::Dict, TypeKind::Instance,
                                   TypeKind::Set, TypeKind::Function};
    std::mt19937 random(20240607);   // fixed: the same heap in every run
    Recipe recipe;
    recipe.maxMemory = std::uint64_t(1) << 32;
    Recorder recorder(recipe, *findProfile(recipe.profile));
    Obmalloc allocator(recorder, MemorySteps::None);
    const TextId name = recorder.texts().intern("object");
    std::vector<Address> live;
    const auto make = [&] {
        const ObjectId id = recorder.announce(kKinds[random() % std::size(kKinds)], name);
        return allocator.malloc(kSizes[random() % std::size(kSizes)], Tenant(TenantKind::Object, id.value));
    };
    // A tenth is freed again, so that there are free chains and half-empty pools.
    for (std::uint32_t i = 0; i < blocks + blocks / 10; ++i)
        live.push_back(make());
    for (std::uint32_t i = 0; i < blocks / 10; ++i) {
        std::swap(live[random() % live.size()], live.back());
        allocator.free(live.back());
        live.pop_back();
    }
    recorder.beginRecording();
    recorder.openStep(StepKind::Program, {});
    for (std::uint32_t i = 0; i < steps; ++i) {
        const auto step = recorder.step(StepKind::Operation);
        if (i % 2) {
            live.push_back(make());
        } else {
            std::swap(live[random() % live.size()], live.back());
            allocator.free(live.back());
            live.pop_back();
        }
    }
    return recorder.finish(Outcome::Finished);
}

} // namespace pyrena::bench
