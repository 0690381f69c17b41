// The totals that redo() keeps, so that a view need not count.
#include "core/trace/redo.h"

#include <doctest/doctest.h>

using namespace pyrena;

namespace {

constexpr auto kAlive = static_cast<std::uint16_t>(ObjectFlag::Alive);
constexpr auto kHidden = static_cast<std::uint16_t>(ObjectFlag::Hidden);
constexpr auto kStatic = static_cast<std::uint16_t>(ObjectFlag::Static);

ObjectId born(World &world, std::uint16_t flags)
{
    const ObjectId id(static_cast<std::uint32_t>(world.objects.size()));
    redo(world, change::ObjectBorn{id, {}, 64, TypeKind::List, flags, 0x1000u + 64u * id.value});
    return id;
}

} // namespace

TEST_CASE("a temporary of the interpreter counts as hidden from its birth to its death")
{
    World world;
    born(world, kAlive);
    CHECK(hiddenTemporaries(world) == 0);
    const ObjectId first = born(world, kAlive | kHidden), second = born(world, kAlive | kHidden);
    CHECK(hiddenTemporaries(world) == 2);
    CHECK(world.liveObjects == 1);
    redo(world, change::ObjectDied{first, false});
    CHECK(hiddenTemporaries(world) == 1);
    redo(world, change::ObjectDied{second, true});
    CHECK(hiddenTemporaries(world) == 0);
    CHECK(world.liveObjects == 1);
}

TEST_CASE("what lies in the interpreter's image is no temporary")
{
    World world;
    born(world, kAlive | kHidden | kStatic);
    CHECK(hiddenTemporaries(world) == 0);
}

TEST_CASE("an object that is shown from now on is hidden no more")
{
    World world;
    const ObjectId object = born(world, kAlive | kHidden);
    redo(world, change::FlagsSet{object, kAlive | kHidden, kAlive});
    CHECK(hiddenTemporaries(world) == 0);
    CHECK(world.liveObjects == 1);
}
