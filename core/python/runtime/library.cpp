// Modules: the built-in ones, and those written in Python, which are there before the program's first statement.
#include "core/python/runtime/interpreter.h"

#include "core/python/builtins/builtins.h"
#include "core/python/builtins/library.h"
#include "core/python/code/compiler.h"
#include "core/python/syntax/parser.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {

using Fill = void (*)(Interpreter &, ObjectId);

struct KnownModule
{
    std::string_view name;
    Fill fill;                    // its built-in part
    const char *source = nullptr; // its part in Python
};

// What their Python parts take from elsewhere.
void fillContextlib(Interpreter &i, ObjectId dict)
{
    i.dicts().setStatic(dict, "_wraps", i.getAttribute(i.importModule("functools"), "wraps"));
}

void fillOperator(Interpreter &i, ObjectId dict)
{
    i.dicts().setStatic(dict, "_abs", i.heap().own(i.dicts().getText(i.builtins(), "abs")));
}

std::span<const KnownModule> knownModules()
{
    static const KnownModule kModules[] = {
        {"sys", fillSysModule}, {"gc", fillGcModule}, {"atexit", fillAtexitModule, kAtexitLibrary},
        {"weakref", fillWeakrefModule, kWeakrefLibrary}, {"copy", fillCopyModule, kCopyLibrary},
        {"math", fillMathModule}, {"time", fillTimeModule},
        {"random", [](Interpreter &i, ObjectId dict) { fillLibrarySupport(i, dict), fillRandomModule(i, dict); }, kRandomLibrary},
        {"collections", fillLibrarySupport, kCollectionsLibrary}, {"functools", fillLibrarySupport, kFunctoolsLibrary},
        {"itertools", fillLibrarySupport, kItertoolsLibrary}, {"dataclasses", fillLibrarySupport, kDataclassesLibrary},
        {"contextlib", fillContextlib, kContextlibLibrary}, {"string", [](Interpreter &, ObjectId) {}, kStringLibrary},
        {"operator", fillOperator, kOperatorLibrary},
    };
    return kModules;
}

// Whether the version has the module.
bool isThere(std::string_view name, const PythonProfile &profile)
{
    return name != "dataclasses" || profile.minor >= 7;
}

const KnownModule *findModule(std::string_view name)
{
    const auto all = knownModules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const KnownModule &m) { return m.name == name; });
    return found == all.end() ? nullptr : &*found;
}

// What to do without a module, in the words of a diagnostic's hint.
std::string_view insteadOfModule(std::string_view name)
{
    const std::string_view package = name.substr(0, name.find('.'));
    if (package == "threading" || package == "_thread" || package == "multiprocessing" || package == "concurrent" || package == "queue")
        return "there are no threads here: do the parts in turn, as functions or generators";
    if (package == "asyncio")
        return "nothing runs at the same time here: write the coroutines as generators";
    if (package == "typing")
        return "leave the annotations out, or use the classes themselves";
    if (package == "os" || package == "io" || package == "pathlib" || package == "shutil" || package == "tempfile")
        return "there are no files here: put the text into a string or a list of lines";
    if (package == "tracemalloc" || package == "psutil" || package == "resource")
        return "the figures show the memory itself";
    return "leave out what needs it";
}

struct ImageBirths
{
    ObjectHeap &heap;
    bool before;
    explicit ImageBirths(ObjectHeap &h) : heap(h), before(h.imageBirths()) { heap.setImageBirths(true); }
    ~ImageBirths() { heap.setImageBirths(before); }
};

} // namespace

ObjectId Interpreter::importModule(std::string_view name)
{
    if (const auto found = m_modules.find(std::string(name)); found != m_modules.end())
        return found->second;
    const KnownModule *known = findModule(name);
    if (!known)
        unsupported("the module '" + std::string(name) + "'; " + std::string(insteadOfModule(name)));
    if (!isThere(name, profile()))
        raise("ModuleNotFoundError", "No module named '" + std::string(name) + "'");
    const ImageBirths image(m_heap);
    const Recursion deeper(*this);
    Ref module = makeModule(name);
    const ObjectId dict = m_heap.item(module, 0);
    m_modules.emplace(std::string(name), module.id());
    known->fill(*this, dict);
    if (known->source)
        runLibrary(std::string(name), known->source, dict);
    return module.release();
}

// Executes the Python part of a module in its namespace. Its objects belong to the interpreter's image.
void Interpreter::runLibrary(const std::string &name, const char *source, ObjectId dict)
{
    auto tree = parse(source, "<" + name + ">");
    verify(tree.ok(), "a module of the library does not parse");
    auto code = compile(*tree, "<" + name + ">", profile());
    verify(code.ok(), "a module of the library does not compile");
    m_libraryCode.push_back(code.value());
    m_codeBase = static_cast<std::uint32_t>(m_recorder.trace().codes.size());
    m_libraries.push_back(loadCode(*code.value(), true));
    m_constantCache.clear();
    const LoadedCode &loaded = *m_libraries.back();
    std::unique_ptr<Frame> frame = makeFrame(loaded, dict, dict);
    enterFrame(*frame, m_heap.text(name));
    runFrame(*frame).reset();
    disposeFrame(*frame);
    leaveFrame(*frame);
}

void Interpreter::defineFrom(const std::string &source, ObjectId names)
{
    if (!m_dicts.findText(names, "__builtins__"))
        m_dicts.setText(names, "__builtins__", m_heap.own(m_modules.at("builtins")));
    runLibrary("string", source.c_str(), names);
}

// Loads what the program imports anywhere, so that an import statement finds it in place.
void Interpreter::preloadModules(const LoadedCode &code)
{
    for (const Instruction &in : code.code->instructions)
        if (in.op == Op::ImportName)
            if (const std::string &name = code.code->names[static_cast<std::size_t>(in.arg)]; findModule(name) && isThere(name, profile()))
                importModule(name);
    for (const auto &child : code.children)
        preloadModules(*child);
}

} // namespace pyrena
