// Exceptions that nobody can handle (PyErr_WriteUnraisable): how they are told, and what the telling itself leaves behind.
//
// To show the line of a traceback the interpreter opens the source file: for a moment it has files, buffers, decoders and argument
// tuples that the collector counts. They can start a collection, and what dies into a free list stays counted. The births and deaths
// below were watched, one by one, in 3.7.16 to 3.13.0; what counter 0 and the free lists say afterwards was compared up to 3.14.10.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

#include <array>
#include <string_view>
#include <utility>

namespace pyrena {

namespace {

// What is born and dies meanwhile, in order: "+file" is born, "-file" dies, "file" does both at once. "run": a function of the module
// codecs begins, or what was written leaves the buffer: a collection that was put off starts there (3.12+).
struct TellingTraffic
{
    std::string_view line;       // for each line of the traceback that is shown
    bool argumentsOfHook;        // sys.unraisablehook is called with an object that holds all it needs (since 3.8)
};

constexpr std::string_view kLine37 =
    "tuple5 +tuple4 +file +dict -tuple4 +tuple2 +reader -tuple2 method +tuple2 +wrapper +tuple1 +decoder +dict -tuple1 "
    "+tuple2 -tuple2 -tuple2 bound tuple2 +buffer +view method -buffer -view tuple2 slice +tuple2 +method +method +method method -method "
    "-method -method -reader -dict -decoder -tuple2 -dict -file -wrapper";
constexpr std::string_view kLine38 =
    "+list tuple5 -list +tuple4 +file +dict -tuple4 +tuple2 +reader -tuple2 method +tuple2 +wrapper +tuple1 +decoder +dict -tuple1 "
    "+tuple2 -tuple2 method -tuple2 tuple2 +buffer +view -buffer -view tuple2 slice +tuple2 +method +method method -method -method "
    "-reader -dict -decoder -tuple2 -dict -file -wrapper";
constexpr std::string_view kLine311 =
    "list +tuple4 +file +dict -tuple4 +tuple2 +reader -tuple2 method +tuple2 +wrapper +tuple1 +decoder -tuple1 +tuple2 -tuple2 method "
    "-tuple2 tuple2 +buffer +view -buffer -view +tuple2 iterator -tuple2 slice +tuple2 -reader -decoder -tuple2 -dict -file -wrapper list";
constexpr std::string_view kLine312 =
    "list +tuple4 +file +tuple1 +error -tuple1 -error +dict -tuple4 +tuple2 +reader +dict -tuple2 method +tuple2 +wrapper +dict "
    "+tuple1 +decoder run -tuple1 +tuple2 +newlines -tuple2 method -tuple2 run tuple2 +buffer +view -buffer -view run tuple2 slice +tuple2 "
    "-dict -reader -decoder -newlines -tuple2 -dict -file -dict -wrapper list";
constexpr std::string_view kLine313 =
    "list +tuple4 +file +tuple1 +error -tuple1 -error +dict -tuple4 +tuple2 +reader -tuple2 method +tuple2 +wrapper "
    "+tuple1 +decoder run -tuple1 +tuple2 +newlines -tuple2 method -tuple2 run tuple2 +buffer +view -buffer -view run tuple2 slice +tuple2 "
    "-reader -decoder -newlines -tuple2 -dict -file -wrapper list";

// A line goes to stderr: what is written is collected in a list until the line ends. Up to 3.7, where stderr is no terminal, until the
// program does: that list stays.
constexpr std::string_view kWritten = "+method +list +buffer +view -buffer -view run -list -method";
constexpr int kLastThatCollects = 7;

constexpr TellingTraffic trafficOf(int minor)
{
    return {minor <= 7 ? kLine37 : minor <= 10 ? kLine38 : minor == 11 ? kLine311 : minor == 12 ? kLine312 : kLine313, minor >= 8};
}

struct Passer
{
    std::string_view name;
    TypeKind kind;               // of an object with a free list; else None: a block of the collector's
    std::uint32_t bytes = 0;     // without GC head; of those with a free list the profile says it
    std::uint32_t length = 0;
};

// Sizes: __basicsize__ of the types and sys.getsizeof(), 3.8.18 to 3.13.0.
constexpr std::array kPassers = {
    Passer{"list", TypeKind::List}, Passer{"dict", TypeKind::Dict}, Passer{"method", TypeKind::BoundMethod}, Passer{"bound", TypeKind::BoundMethod},
    Passer{"tuple1", TypeKind::Tuple, 0, 1}, Passer{"tuple2", TypeKind::Tuple, 0, 2}, Passer{"tuple4", TypeKind::Tuple, 0, 4},
    Passer{"tuple5", TypeKind::Tuple, 0, 5}, Passer{"slice", TypeKind::Slice}, Passer{"arguments", TypeKind::None, 64}, Passer{"file", TypeKind::None, 48},
    Passer{"reader", TypeKind::None, 152}, Passer{"wrapper", TypeKind::None, 192}, Passer{"decoder", TypeKind::None, 32},
    Passer{"newlines", TypeKind::None, 40}, Passer{"buffer", TypeKind::None, 112}, Passer{"view", TypeKind::None, 168},
    Passer{"iterator", TypeKind::None, 32}, Passer{"error", TypeKind::None, 72},
};

// Locals and stack of BufferedIncrementalDecoder.getstate, 3.8.18.
constexpr std::uint32_t kEntriesOfGetState = 3;

// Lets what a script names be born and die.
class Traffic
{
public:
    Traffic(ObjectHeap &heap, Collector &collector)
        : m_heap(heap), m_collector(collector), m_withLists(collector.stats(2).collections > 0)
    {
    }

    void run(std::string_view script)
    {
        while (!script.empty()) {
            const std::size_t end = std::min(script.find(' '), script.size());
            step(script.substr(0, end));
            script.remove_prefix(std::min(end + 1, script.size()));
        }
    }

private:
    void step(std::string_view word)
    {
        if (word == "run")
            return m_collector.runIfPending();
        const bool born = word.front() != '-', dies = word.front() != '+';
        if (!born || !dies)
            word.remove_prefix(1);
        const auto which = static_cast<std::size_t>(std::ranges::find(kPassers, word, &Passer::name) - kPassers.begin());
        if (which == kPassers.size() || (!m_withLists && kPassers[which].kind != TypeKind::None && kPassers[which].kind != TypeKind::Slice))
            return;
        const ObjectHeap::Passing passing = passingOf(kPassers[which]);
        if (born)
            m_alive[which].push_back(m_heap.takePassing(passing));
        if (dies && !m_alive[which].empty()) {
            m_heap.givePassing(passing, m_alive[which].back());
            m_alive[which].pop_back();
        }
    }

    ObjectHeap::Passing passingOf(const Passer &p) const
    {
        const LayoutProfile &layout = m_heap.profile().layout;
        switch (p.kind) {
        case TypeKind::List: return {p.kind, 0, layout.listSize};
        case TypeKind::Dict: return {p.kind, 0, layout.dictSize};
        case TypeKind::Slice: return {p.kind, 3, layout.sliceSize};
        case TypeKind::Tuple: return {p.kind, p.length, layout.tupleBase + 8 * p.length};
        case TypeKind::BoundMethod:
            return p.name == "method" ? ObjectHeap::Passing{p.kind, boundslot::Count, layout.builtinFunctionSize, ObjectHeap::KeptAs::BuiltinMethod}
                                      : ObjectHeap::Passing{p.kind, boundslot::Count, layout.boundMethodSize};
        default: return {TypeKind::Instance, 0, p.bytes};
        }
    }

    ObjectHeap &m_heap;
    Collector &m_collector;
    bool m_withLists;   // those of the interpreter's start serve until the first full collection emptied them
    std::array<std::vector<Address>, kPassers.size()> m_alive;
};

} // namespace

void Interpreter::noteTelling(ObjectId exception)
{
    const int minor = profile().minor;
    const TellingTraffic telling = trafficOf(minor);
    Traffic traffic(m_heap, *m_collector);
    if (telling.argumentsOfHook)
        traffic.run("+arguments");
    if (minor > kLastThatCollects)
        traffic.run(kWritten);
    else if (!std::exchange(m_stderrCollects, true))
        traffic.run("+list");
    const ObjectId traceback = m_heap.item(exception, exceptionslot::Traceback);
    for (std::uint32_t lines = traceback ? formatTraceback(traceback, TracebackMarks::None).lines : 0; lines > 0; --lines) {
        traffic.run(telling.line);
        // A function of the module codecs runs for the first time and keeps its frame, as every code object does up to 3.10.
        if (minor <= 10 && !m_hasTold && m_heap.counting())
            m_heap.takeGcBlock(profile().layout.frameSize + 8 * kEntriesOfGetState);
        m_hasTold = true;
    }
    if (minor > kLastThatCollects)
        traffic.run(kWritten);
    if (telling.argumentsOfHook)
        traffic.run("-arguments");
}

void Interpreter::printUnraisable(ObjectId exception, Unraisable where, const std::string &who)
{
    noteTelling(exception);
    const int minor = profile().minor;
    std::string head;
    if (where == Unraisable::ExitFunction) {
        head = minor <= 9 ? "Error in atexit._run_exitfuncs:"
             : "Exception ignored in atexit callback" + (minor <= 12 ? ": " + who : " " + who + ":");
    } else if (minor <= 13) {
        head = "Exception ignored in: " + who;
    } else {
        static constexpr const char *kDoing[] = {"calling deallocator", "calling weakref callback", "calling GC callback", "closing generator"};
        head = std::string("Exception ignored while ") + kDoing[static_cast<std::size_t>(where)] + " " + who + ":";
    }
    // Up to 3.14 neither causes nor notes nor suggestions are told, and 3.13 and 3.14 mark no places (run: __del__ methods that
    // raise while they handle another exception, that look for an attribute, whose message is empty).
    if (minor >= 15 || (where == Unraisable::ExitFunction && minor <= 9)) {
        m_errorText += head + "\n" + formatException(exception);
        return;
    }
    m_errorText += head + "\n";
    if (const ObjectId traceback = m_heap.item(exception, exceptionslot::Traceback))
        m_errorText += "Traceback (most recent call last):\n"
            + formatTraceback(traceback, minor >= 13 ? TracebackMarks::None : TracebackMarks::AsVersion).text;
    m_errorText += shownTypeOf(exception) + ": " + messageOf(exception) + "\n";
}

} // namespace pyrena
