#pragma once

#include "core/trace/recorder.h"

#include <memory>
#include <string>

namespace pyrena {

// A small recording made by hand, for tests of views that must not depend on what the interpreter does:
//   1 a = []   2 a.append(a)   3 del a   4 collect
// The list is object 2; it is born in line 1, holds itself from line 2 on and dies in a collection in line 4.
inline std::shared_ptr<const Trace> sampleTrace(const std::string &profile = "3.13")
{
    Recipe recipe;
    recipe.source = "a = []\na.append(a)\ndel a\ncollect()\n";
    recipe.fileName = "sample.py";
    recipe.profile = profile;
    const PythonProfile *found = findProfile(profile);
    Recorder r(recipe, found ? *found : defaultProfile());
    const auto text = [&r](const char *t) { return r.texts().intern(t); };
    const auto born = [&r, &text](TypeKind kind, const char *type, std::uint64_t address, std::uint32_t size, ObjectFlag flag) {
        const ObjectId id = r.announce(kind, text(type));
        r.commit(change::ObjectBorn{id, {}, size, kind,
                                    static_cast<std::uint16_t>(static_cast<unsigned>(ObjectFlag::Alive) | static_cast<unsigned>(flag)),
                                    address});
        return id;
    };
    const ObjectId runtime = born(TypeKind::Runtime, "interpreter", 0, 0, ObjectFlag::Static);
    const ObjectId globals = born(TypeKind::Dict, "dict", 0x7f3a00000040, 64, ObjectFlag::Namespace);
    r.resizeSlots(runtime, 2);
    r.commit(change::LengthSet{runtime, 0, 1});
    r.commit(change::SlotSet{runtime, 0, {}, globals, text("globals")});
    r.commit(change::RefcountChanged{globals, 0, 1});
    r.resizeSlots(globals, 4);
    r.commit(change::LengthSet{globals, 0, 1});
    r.commit(change::GlobalsSet{{}, globals});
    r.beginRecording();

    const auto span = [](std::uint32_t line) { return SourceSpan{{line, 1}, {line, 8}}; };
    const ObjectId frame = runtime;
    ObjectId list;
    const StepId program = r.openStep(StepKind::Program, {});
    static_cast<void>(program);
    {
        r.setSpan(span(1));
        const auto statement = r.step(StepKind::Statement);
        r.commit(change::FramePushed{frame, {}, 1});
        {
            const auto make = r.step(StepKind::Operation, {}, text("[]"));
            list = born(TypeKind::List, "list", 0x7f3a10000040, 56, ObjectFlag::Alive);
            r.commit(change::RefcountChanged{list, 0, 1});
            r.commit(change::GcMoved{list, GcListId::None, GcListId::Generation0});
        }
        const auto store = r.step(StepKind::Operation, list, text("a"));
        r.commit(change::SlotSet{globals, 0, {}, list, text("a")});
    }
    {
        r.setSpan(span(2));
        const auto statement = r.step(StepKind::Statement);
        r.commit(change::LineReached{frame, 1, 2});
        const auto call = r.step(StepKind::Operation, list, text("append"));
        r.resizeSlots(list, 4);
        r.commit(change::LengthSet{list, 0, 1});
        r.commit(change::SlotSet{list, 0, {}, list, {}});
        r.commit(change::RefcountChanged{list, 1, 2});
    }
    {
        r.setSpan(span(3));
        const auto statement = r.step(StepKind::Statement);
        r.commit(change::LineReached{frame, 2, 3});
        {
            const auto look = r.step(StepKind::Operation, list, text("a"));
            r.commit(change::Noticed{change::NoticeKind::NameLookedUp, list, text("a"), 0});
        }
        const auto remove = r.step(StepKind::Operation, list, text("a"));
        r.commit(change::SlotSet{globals, 0, list, {}, {}});
        r.commit(change::RefcountChanged{list, 2, 1});
    }
    {
        r.setSpan(span(4));
        const auto statement = r.step(StepKind::Statement);
        r.commit(change::LineReached{frame, 3, 4});
        {
            const auto collection = r.step(StepKind::Collection, {}, {}, 2);
            r.commit(change::GcModeSet{true, true});
            {
                const auto phase = r.step(StepKind::UpdateRefs);
                r.commit(change::GcRefsSet{list, 0, 1});
            }
            {
                const auto phase = r.step(StepKind::SubtractRefs);
                r.commit(change::GcRefsSet{list, 1, 0});
            }
            const auto phase = r.step(StepKind::DeleteGarbage);
            r.commit(change::SlotSet{list, 0, list, {}, {}});
            r.commit(change::RefcountChanged{list, 1, 0});
            r.commit(change::GcMoved{list, GcListId::Generation0, GcListId::None});
            r.commit(change::ObjectDied{list, false});
            r.commit(change::GcModeSet{true, false});
        }
        r.commit(change::Printed{text("1\n")});
        r.commit(change::FramePopped{frame});
    }
    r.closeStep();
    return r.finish(Outcome::Finished);
}

} // namespace pyrena
