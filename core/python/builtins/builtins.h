#pragma once

#include "core/python/runtime/types.h"

#include <span>

namespace pyrena {

// The tables of built-in functions and methods. Each file of this folder fills one.
std::span<const NativeDef> builtinFunctions();      // print, len, ...
std::span<const NativeDef> callableMethods();
std::span<const NativeDef> objectMethods();
std::span<const NativeDef> typeMethods();
std::span<const NativeDef> intMethods();
std::span<const NativeDef> floatMethods();
std::span<const NativeDef> complexMethods();
std::span<const NativeDef> sliceMethods();
std::span<const NativeDef> strMethods();
std::span<const NativeDef> listMethods();
std::span<const NativeDef> tupleMethods();
std::span<const NativeDef> dictMethods();
std::span<const NativeDef> setMethods();
std::span<const NativeDef> frozenSetMethods();
std::span<const NativeDef> generatorMethods();
std::span<const NativeDef> iteratorMethods();
std::span<const NativeDef> propertyMethods();
std::span<const NativeDef> exceptionMethods();
std::span<const NativeDef> rangeMethods();

Ref dirOf(Interpreter &, const CallArgs &);

std::span<const NativeDef> mappingProxyMethods();
std::span<const NativeDef> sysFunctions();

// Calls of built-in classes: int(...), list(...).
Ref constructObject(Interpreter &, const CallArgs &);
Ref constructBool(Interpreter &, const CallArgs &);
Ref constructInt(Interpreter &, const CallArgs &);
Ref constructFloat(Interpreter &, const CallArgs &);
Ref constructComplex(Interpreter &, const CallArgs &);
Ref constructStr(Interpreter &, const CallArgs &);
Ref constructBytes(Interpreter &, const CallArgs &);
Ref constructTuple(Interpreter &, const CallArgs &);
Ref constructList(Interpreter &, const CallArgs &);
Ref constructDict(Interpreter &, const CallArgs &);
Ref constructMappingProxy(Interpreter &, const CallArgs &);
Ref constructSet(Interpreter &, const CallArgs &);
Ref constructFrozenSet(Interpreter &, const CallArgs &);
Ref constructRange(Interpreter &, const CallArgs &);
Ref constructSlice(Interpreter &, const CallArgs &);
Ref constructProperty(Interpreter &, const CallArgs &);
Ref constructStaticMethod(Interpreter &, const CallArgs &);
Ref constructClassMethod(Interpreter &, const CallArgs &);
Ref constructSuper(Interpreter &, const CallArgs &);
Ref newSuper(Interpreter &, ObjectId type, ObjectId self);
Ref constructEnumerate(Interpreter &, const CallArgs &);
Ref constructZip(Interpreter &, const CallArgs &);
Ref constructMap(Interpreter &, const CallArgs &);
Ref constructFilter(Interpreter &, const CallArgs &);
Ref constructReversed(Interpreter &, const CallArgs &);

// Filled by their modules' files; the dict is the module's namespace.
void fillSysModule(Interpreter &, ObjectId dict);
void fillGcModule(Interpreter &, ObjectId dict);
void fillAtexitModule(Interpreter &, ObjectId dict);
void fillCopyModule(Interpreter &, ObjectId dict);
void fillWeakrefModule(Interpreter &, ObjectId dict);
void fillMathModule(Interpreter &, ObjectId dict);
void fillRandomModule(Interpreter &, ObjectId dict);
void fillTimeModule(Interpreter &, ObjectId dict);
void fillLibrarySupport(Interpreter &, ObjectId dict);
void fillModule(Interpreter &, ObjectId dict, std::span<const NativeDef> functions);
void addWeakrefTypes(Interpreter &);
void addSpecialMethods(Interpreter &);
void addBytesMethods(Interpreter &);

} // namespace pyrena
