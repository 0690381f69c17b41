#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>

namespace pyrena {

// Turns an English phrase with %1, %2 ... into the learner's language. The ui sets it once, before anything is explained;
// without one the phrases are English.
using Translate = std::function<std::string(const char *english)>;
void setTranslator(Translate translate);

// The translated phrase with its places filled in: phrase("count of %1 goes from %2 to %3", {"list#1", "2", "1"}).
// Every phrase of core goes through here, so that a search for `phrase(` lists all there is to translate.
std::string phrase(const char *english, std::initializer_list<std::string> arguments = {});

std::string number(std::int64_t value);   // with thousands separators: "1,240"

} // namespace pyrena
