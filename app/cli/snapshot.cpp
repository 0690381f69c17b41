#include "app/cli/snapshot.h"

#include "app/cli/json.h"
#include "core/explain/describe.h"
#include "core/explain/explain.h"

namespace pyrena::cli {

namespace {

const char *poolStateName(PoolState state)
{
    switch (state) {
    case PoolState::Untouched: return "untouched";
    case PoolState::Empty: return "free";
    case PoolState::Used: return "used";
    case PoolState::Full: return "full";
    }
    return "";
}

void writeReferences(JsonWriter &json, const Trace &trace, const World &world, ObjectId id)
{
    json.key("references").beginArray();
    const auto slots = world.slotsOf(id);
    for (std::uint32_t i = 0; i < slots.size(); ++i)
        if (slots[i].target)
            json.beginObject().member("slot", slotName(trace, world, id, i)).member("to", trace.label(slots[i].target)).endObject();
    json.endArray();
}

void writeObjects(JsonWriter &json, const Trace &trace, const World &world)
{
    json.key("objects").beginArray();
    for (std::uint32_t i = 0; i < world.objects.size(); ++i) {
        const Object &o = world.objects[i];
        const ObjectId id(i);
        if (!o.alive() || o.has(ObjectFlag::Hidden) || o.has(ObjectFlag::Static) || o.kind == TypeKind::Frame || o.kind == TypeKind::Runtime)
            continue;
        json.beginObject().member("label", trace.label(id)).member("value", shortValue(trace, world, id))
            .member("refcount", shownRefcount(trace, world, id)).member("address", toHex(o.address)).member("bytes", o.size);
        if (o.buffer)
            json.member("bufferAddress", toHex(o.buffer)).member("bufferBytes", o.bufferSize);
        json.member("tracked", o.tracked());
        writeReferences(json, trace, world, id);
        json.endObject();
    }
    json.endArray();
}

void writeArenas(JsonWriter &json, const HeapState &heap)
{
    json.key("arenas").beginArray();
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const Arena &arena = heap.arenas[slot];
        if (!arena.address)
            continue;
        json.beginObject().member("arena", arena.ordinal).member("address", toHex(arena.address)).member("pools", arena.nTotalPools)
            .member("freePools", arena.nFreePools);
        json.key("carved").beginArray();
        for (std::uint32_t i = 0; i < arena.nextUntouched; ++i) {
            const PoolId id(slot * kPoolsPerArena + i);
            const Pool &pool = heap.pools[id.value];
            json.beginObject().member("pool", i).member("address", toHex(heap.poolAddress(id))).member("state", poolStateName(heap.poolState(id)));
            if (pool.sizeClass != kNoSizeClass)
                json.member("blockSize", heap.blockSize(pool.sizeClass)).member("blocks", heap.capacity(pool.sizeClass))
                    .member("allocated", pool.blocksInUse);
            json.endObject();
        }
        json.endArray().endObject();
    }
    json.endArray();
}

} // namespace

std::string snapshotJson(const Trace &trace, const World &world, std::uint32_t position)
{
    JsonWriter json;
    json.beginObject().member("file", trace.recipe.fileName).member("python", trace.profile->name).member("changes", position)
        .member("sentence", explainPosition(trace, position, Granularity::Line));
    json.key("frames").beginArray();
    for (const Activation &a : world.stack) {
        json.beginObject().member("code", a.code && a.code.value < trace.codes.size() ? trace.text(trace.codes[a.code.value].name) : std::string())
            .member("line", a.line);
        writeReferences(json, trace, world, a.frame);
        json.endObject();
    }
    json.endArray();
    if (world.globals) {
        json.key("globals").beginObject();
        const auto slots = world.slotsOf(world.globals);
        for (std::size_t i = 0; i + 1 < slots.size(); i += 2)
            if (slots[i].target && slots[i + 1].target && world.object(slots[i].target).kind == TypeKind::Str)
                json.member(trace.text(TextId(static_cast<std::uint32_t>(world.object(slots[i].target).value))), trace.label(slots[i + 1].target));
        json.endObject();
    }
    writeObjects(json, trace, world);
    writeArenas(json, world.heap);
    json.key("collector").beginObject();
    json.key("count").beginArray();
    for (const std::int32_t n : world.gc.count)
        json.value(n);
    json.endArray().key("threshold").beginArray();
    for (const std::int32_t n : world.gc.threshold)
        json.value(n);
    json.endArray().member("enabled", world.gc.enabled).endObject();
    json.endObject();
    return json.take();
}

} // namespace pyrena::cli
