#pragma once

#include "core/memory/obmalloc.h"
#include "core/trace/timeline.h"
#include "core/trace/trace.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace pyrena {

// A heap as a small program leaves it, made through the real allocator: several classes and types, full, used and empty
// pools, a free chain of three in the pool of 64 bytes. Every request is one step.
class SampleHeap
{
public:
    explicit SampleHeap(const std::string &profile = "3.13")
        : m_recorder(recipeFor(profile), *findProfile(profile)), m_allocator(m_recorder)
    {
        runtime();
        m_recorder.beginRecording();
        m_recorder.openStep(StepKind::Program, {});
    }

    Recorder &recorder() { return m_recorder; }
    Obmalloc &allocator() { return m_allocator; }

    // An object with its block; `front` bytes of headers before its address.
    ObjectId make(TypeKind kind, const char *type, std::uint32_t bytes, std::uint32_t front = 16, std::uint64_t value = 0)
    {
        const auto step = m_recorder.step(StepKind::Operation);
        const ObjectId id = m_recorder.announce(kind, m_recorder.texts().intern(type));
        const Address block = m_allocator.malloc(bytes, Tenant(TenantKind::Object, id.value));
        m_recorder.commit(change::ObjectBorn{id, {}, bytes, kind, static_cast<std::uint16_t>(ObjectFlag::Alive), block.value + front});
        m_recorder.commit(change::RefcountChanged{id, 0, 1});
        if (value)
            m_recorder.commit(change::ValueSet{id, 0, value});
        m_blocks.resize(std::max<std::size_t>(m_blocks.size(), id.value + 1));
        m_blocks[id.value] = block;
        return id;
    }
    Address second(ObjectId owner, TenantKind kind, std::uint32_t bytes)
    {
        const auto step = m_recorder.step(StepKind::Operation);
        const Address block = m_allocator.malloc(bytes, Tenant(kind, owner.value));
        m_recorder.commit(change::BufferSet{owner, 0, bytes, block.value});
        return block;
    }
    void drop(ObjectId id)
    {
        const auto step = m_recorder.step(StepKind::Operation);
        m_recorder.commit(change::RefcountChanged{id, 1, 0});
        m_recorder.commit(change::ObjectDied{id, false});
        m_allocator.free(m_blocks[id.value]);
    }
    std::uint64_t text(const char *t) { return m_recorder.texts().intern(t).value; }

    std::shared_ptr<const Trace> finish() { return m_recorder.finish(Outcome::Finished); }

    // The picture of the design: many pools of several classes, then a pool of 64 bytes with a chain of three.
    static std::shared_ptr<const Trace> small(const std::string &profile = "3.13")
    {
        SampleHeap heap(profile);
        std::mt19937 random(7);
        std::vector<ObjectId> fillers;
        const struct { TypeKind kind; const char *type; std::uint32_t bytes; int count; int dropped; } groups[] = {
            {TypeKind::Int, "int", 28, 900, 3},       {TypeKind::Str, "str", 56, 0, 0},    {TypeKind::Tuple, "tuple", 72, 500, 4},
            {TypeKind::Str, "str", 90, 420, 6},       {TypeKind::List, "list", 110, 300, 3}, {TypeKind::Dict, "dict", 184, 160, 5},
            {TypeKind::Set, "set", 216, 140, 4},      {TypeKind::Instance, "Node", 48, 500, 3}, {TypeKind::Function, "function", 160, 60, 7},
            {TypeKind::Tuple, "tuple", 400, 60, 5},
        };
        for (const auto &group : groups)
            for (int i = 0; i < group.count; ++i) {
                const ObjectId id = heap.make(group.kind, group.type, group.bytes, group.kind == TypeKind::Int || group.kind == TypeKind::Str ? 0 : 16,
                                              group.kind == TypeKind::Int ? static_cast<std::uint64_t>(i + 1000) : 0);
                if (i % group.dropped == 1)
                    fillers.push_back(id);
            }
        std::shuffle(fillers.begin(), fillers.end(), random);
        for (const ObjectId id : fillers)
            heap.drop(id);
        const ObjectId gone = heap.make(TypeKind::Set, "set", 500);
        heap.drop(gone);

        const ObjectId node1 = heap.make(TypeKind::Instance, "Node", 56, 32);
        const ObjectId list = heap.make(TypeKind::List, "list", 56);
        heap.second(list, TenantKind::Items, 64);
        const ObjectId node2 = heap.make(TypeKind::Instance, "Node", 64, 32);
        const ObjectId a = heap.make(TypeKind::Tuple, "tuple", 64);
        const ObjectId dict = heap.make(TypeKind::Dict, "dict", 64);
        const ObjectId b = heap.make(TypeKind::Tuple, "tuple", 56);
        heap.make(TypeKind::Instance, "Node", 64, 32);
        const ObjectId c = heap.make(TypeKind::Tuple, "tuple", 60);
        heap.make(TypeKind::Str, "str", 52, 0, heap.text("snake"));
        heap.second(dict, TenantKind::Keys, 120);
        heap.make(TypeKind::Type, "Node", 1712);
        const ObjectId big = heap.make(TypeKind::Str, "str", 4096, 0, heap.text("a long text"));
        heap.make(TypeKind::List, "list", 56);
        heap.drop(big);
        heap.drop(c);
        heap.drop(b);
        heap.drop(a);
        static_cast<void>(node1);
        static_cast<void>(node2);
        return heap.finish();
    }

private:
    static Recipe recipeFor(const std::string &profile)
    {
        Recipe recipe;
        recipe.source = "sample heap\n";
        recipe.profile = profile;
        return recipe;
    }
    void runtime()
    {
        const ObjectId id = m_recorder.announce(TypeKind::Runtime, m_recorder.texts().intern("interpreter"));
        m_recorder.commit(change::ObjectBorn{id, {}, 0, TypeKind::Runtime,
            static_cast<std::uint16_t>(static_cast<unsigned>(ObjectFlag::Alive) | static_cast<unsigned>(ObjectFlag::Static)), 0});
        for (const char *name : {"int", "str", "NoneType"}) {
            const ObjectId type = m_recorder.announce(TypeKind::Type, m_recorder.texts().intern(name));
            m_recorder.commit(change::ObjectBorn{type, {}, 400, TypeKind::Type,
                static_cast<std::uint16_t>(static_cast<unsigned>(ObjectFlag::Alive) | static_cast<unsigned>(ObjectFlag::Static)), 0});
        }
    }

    Recorder m_recorder;
    Obmalloc m_allocator;
    std::vector<Address> m_blocks;
};

} // namespace pyrena
