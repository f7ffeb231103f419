// JSON in and out, on Boost.JSON: strict parsing with a position in the error, and short names for
// building documents.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::base {

namespace json = boost::json;

// Parses one complete document. Strict: no comments, no trailing commas, valid UTF-8 only, at most
// kMaxJsonDepth levels, few values in a large one. kMalformedBody says what is wrong, and where.
// `memory` serves the parsed value and must outlive it; see JsonArena.
inline constexpr std::size_t kMaxJsonDepth = 32;
Result<json::value> ParseJson(std::string_view text, json::storage_ptr memory = {});

std::string ToText(const json::value& value);

// The member, or nullptr.
const json::value* Find(const json::object& object, std::string_view name);
// The member when it is a string, else an empty view.
std::string_view FindText(const json::object& object, std::string_view name);

inline json::string_view JsonView(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace parley::base
