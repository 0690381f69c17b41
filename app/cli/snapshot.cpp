#include "app/cli/snapshot.h"

#include "app/cli/json.h"
#include "core/explain/describe.h"
#include "core/explain/explain.h"
#include "core/memory/fragmentation.h"

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

void writeMemory(JsonWriter &json, const HeapState &heap)
{
    const Fragmentation f = fragmentationOf(heap);
    json.key("memory").beginObject().member("requested", heap.totals.bytesRequested).member("inUse", heap.totals.bytesInUse())
        .member("reserved", heap.totals.bytesReserved).member("resident", heap.totals.bytesResident);
    json.key("arenas").beginObject().member("requested", f.requested).member("rounding", f.rounding).member("poolHeaders", f.headers)
        .member("freeBlocks", f.freeBlocks).member("untouchedBlocks", f.untouchedBlocks).member("poolTails", f.tails)
        .member("emptyPools", f.emptyPools).member("untouchedPools", f.untouchedPools).member("unaligned", f.unaligned)
        .member("sum", f.inArenas()).endObject();
    json.key("rawHeap").beginObject().member("requested", f.rawRequested).member("headersAndRounding", f.rawHeadersAndRounding)
        .member("free", f.rawFree).member("sum", f.inRawHeap()).endObject();
    json.key("sizeClasses").beginArray();
    for (const Fragmentation::SizeClass &c : f.classes)
        json.beginObject().member("blockSize", c.blockSize).member("pools", c.pools).member("requested", c.requested)
            .member("rounding", c.rounding).member("freeBlocks", c.freeBlocks).member("untouchedBlocks", c.untouchedBlocks).endObject();
    json.endArray().endObject();
}

std::string tenantName(const Trace &trace, Tenant tenant)
{
    switch (tenant.kind()) {
    case TenantKind::Object: return trace.label(tenant.object());
    case TenantKind::Items: return trace.label(tenant.object()) + " items";
    case TenantKind::Keys: return trace.label(tenant.object()) + " keys";
    case TenantKind::Values: return trace.label(tenant.object()) + " values";
    case TenantKind::Runtime: return "interpreter";
    case TenantKind::Recorded: return "block " + std::to_string(tenant.number());
    case TenantKind::None: break;
    }
    return {};
}

std::string csvField(const std::string &text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

} // namespace

std::string snapshotCsv(const Trace &trace, const World &world)
{
    const HeapState &heap = world.heap;
    std::string out = "address,arena,pool,offset,size,requested,state,holds\r\n";
    for (std::uint32_t slot = 0; slot < heap.arenas.size(); ++slot) {
        const Arena &arena = heap.arenas[slot];
        for (std::uint32_t i = 0; arena.address && i < arena.nextUntouched; ++i) {
            const PoolId id(slot * kPoolsPerArena + i);
            const Pool &pool = heap.pools[id.value];
            if (pool.sizeClass == kNoSizeClass)
                continue;
            const std::uint32_t size = heap.blockSize(pool.sizeClass);
            for (std::uint32_t offset = kPoolHeaderSize; offset < pool.nextOffset; offset += size) {
                const Block &block = heap.blocks[heap.blockIndex(id, offset)];
                const bool used = heap.blockState(id, offset) == BlockState::Allocated;
                out += toHex(heap.poolAddress(id) + offset) + ',' + std::to_string(arena.ordinal) + ',' + std::to_string(i) + ','
                    + std::to_string(offset) + ',' + std::to_string(size) + ',' + (used ? std::to_string(block.request) : std::string())
                    + ',' + (used ? "allocated" : "free") + ',' + csvField(tenantName(trace, block.tenant)) + "\r\n";
            }
        }
    }
    for (RawBlockId id = heap.firstRawBlock; id; id = heap.rawBlocks[id.value].next) {
        const RawBlock &block = heap.rawBlocks[id.value];
        out += toHex(block.address) + ",raw,,," + std::to_string(block.size) + ',' + (block.free ? std::string() : std::to_string(block.request))
            + ',' + (block.free ? "free" : "allocated") + ',' + csvField(tenantName(trace, block.tenant)) + "\r\n";
    }
    return out;
}

std::string snapshotJson(const Trace &trace, const World &world, std::uint32_t position)
{
    JsonWriter json;
    json.beginObject().member("file", trace.recipe.fileName).member("python", trace.profile->name).member("changes", position)
        .member("sentence", explainPosition(trace, position, Granularity::Line));
    writeMemory(json, world.heap);
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
