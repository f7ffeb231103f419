// Values in JSON that say their type, as a reader sees them: {"type": "text", "text": ...},
// {"type": "currency", "currency": {...}}, {"type": "date_time", "date_time": {...}}. Who fills a
// text with them and who shows it have nothing else in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace parley::base {

// In ASCII: types and their like are taken in any letter case.
std::string LowerCase(std::string_view text);

// A member that is a number or its digits; -1: neither.
std::int64_t IntegerOf(const json::object& object, std::string_view name);

// A member that is a list; empty: it is none.
const json::array& ListOf(const json::object& object, std::string_view name);

// What a reader sees in place of the variable; nullopt: it stands for no text. A `fallback_value`
// is shown as it is. Without it, an amount is made of `currency_code` and `amount_1000`, and a date
// of its `component` (day_of_week, day_of_month, month, year, hour, minute, in the Gregorian
// calendar; whatever is given of it) or of its `unix_epoch`, which may be {"timestamp": ...}: in
// English and in UTC, as neither language nor zone of the reader's phone is known here.
std::optional<std::string> TextOfParameter(const json::value& value);

}  // namespace parley::base
