#include "base/typed_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace parley::base {
namespace {

constexpr std::int64_t kLastEpoch = 253'402'300'799;  // the end of the year 9999
constexpr std::string_view kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

const json::object* ObjectIn(const json::object& object, std::string_view name) {
  const json::value* value = Find(object, name);
  return value == nullptr ? nullptr : value->if_object();
}

// What is given of a date; 0 in year, month, day and weekday, and -1 in hour and minute: nothing.
struct Date {
  std::int64_t year = 0, month = 0, day = 0, weekday = 0, hour = -1, minute = -1;
};

// False: it is there, and not from `least` to `most`.
bool Read(const json::object& component, std::string_view name, std::int64_t least,
          std::int64_t most, std::int64_t& out) {
  if (Find(component, name) == nullptr) return true;
  out = IntegerOf(component, name);
  return out >= least && out <= most;
}

// 1 is Monday; also by its English name.
bool ReadWeekday(const json::object& component, std::int64_t& out) {
  const std::string name = LowerCase(FindText(component, "day_of_week"));
  for (std::size_t i = 0; i < std::size(kDays); ++i) {
    if (LowerCase(kDays[i]) != name) continue;
    out = static_cast<std::int64_t>(i) + 1;
    return true;
  }
  return Read(component, "day_of_week", 1, 7, out);
}

// GREGORIAN, or 1, is what it is without; other calendars have other months.
bool IsGregorian(const json::object& component) {
  if (Find(component, "calendar") == nullptr) return true;
  return LowerCase(FindText(component, "calendar")) == "gregorian" ||
         IntegerOf(component, "calendar") == 1;
}

bool IsInCalendar(const Date& date) {
  if (date.minute >= 0 && date.hour < 0) return false;
  if (date.day == 0 || date.month == 0) return true;
  const std::chrono::year_month_day day(
      std::chrono::year(static_cast<int>(date.year == 0 ? 2000 : date.year)),
      std::chrono::month(static_cast<unsigned>(date.month)),
      std::chrono::day(static_cast<unsigned>(date.day)));
  return day.ok();
}

std::optional<Date> DateOf(const json::object& component) {
  Date date;
  const bool fits =
      IsGregorian(component) && ReadWeekday(component, date.weekday) &&
      Read(component, "year", 1, 9999, date.year) && Read(component, "month", 1, 12, date.month) &&
      Read(component, "day_of_month", 1, 31, date.day) &&
      Read(component, "hour", 0, 23, date.hour) && Read(component, "minute", 0, 59, date.minute);
  if (!fits || !IsInCalendar(date)) return std::nullopt;
  return date;
}

std::optional<Date> DateOf(std::int64_t epoch) {
  if (epoch < 0 || epoch > kLastEpoch) return std::nullopt;
  const std::chrono::sys_seconds at{std::chrono::seconds(epoch)};
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day day(midnight);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(at - midnight).count();
  Date date;
  date.year = static_cast<int>(day.year());
  date.month = static_cast<unsigned>(day.month());
  date.day = static_cast<unsigned>(day.day());
  date.weekday = std::chrono::weekday(midnight).iso_encoding();
  date.hour = minutes / 60;
  date.minute = minutes % 60;
  return date;
}

// "Friday, 25 February 1977, 15:33", as much of it as is given.
std::string TextOf(const Date& date) {
  std::string text, calendar;
  const auto append = [](std::string& to, std::string_view divider, std::string_view piece) {
    if (!to.empty() && !piece.empty()) to += divider;
    to += piece;
  };
  if (date.weekday > 0) append(text, ", ", kDays[date.weekday - 1]);
  if (date.day > 0) append(calendar, " ", std::to_string(date.day));
  if (date.month > 0) append(calendar, " ", kMonths[date.month - 1]);
  if (date.year > 0) append(calendar, " ", std::to_string(date.year));
  append(text, ", ", calendar);
  if (date.hour >= 0)
    append(text, ", ",
           fmt::format("{:02}:{:02}", date.hour, std::max<std::int64_t>(date.minute, 0)));
  return text;
}

std::optional<std::string> TextOfDate(const json::object& given) {
  std::optional<Date> date;
  if (Find(given, "unix_epoch") != nullptr) {
    const json::object* inner = ObjectIn(given, "unix_epoch");
    date =
        DateOf(inner == nullptr ? IntegerOf(given, "unix_epoch") : IntegerOf(*inner, "timestamp"));
    if (date) return TextOf(*date) + " UTC";
    return std::nullopt;
  }
  // COMPAT: older editions have the parts in `component`, the Cloud API has them beside it.
  const json::object* component = ObjectIn(given, "component");
  date = DateOf(component == nullptr ? given : *component);
  std::string text = date ? TextOf(*date) : "";
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<std::string> TextOfAmount(const json::object& given) {
  const std::int64_t amount = IntegerOf(given, "amount_1000");
  if (amount < 0) return std::nullopt;
  return fmt::format("{} {}.{:02}", FindText(given, "currency_code"), amount / 1000,
                     amount % 1000 / 10);
}

}  // namespace

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::int64_t IntegerOf(const json::object& object, std::string_view name) {
  const json::value* value = Find(object, name);
  if (value == nullptr) return -1;
  if (value->is_int64()) return value->get_int64();
  const std::string_view digits = FindText(object, name);
  std::int64_t number = -1;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && stop == digits.data() + digits.size() ? number : -1;
}

const json::array& ListOf(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* value = Find(object, name);
  const json::array* list = value == nullptr ? nullptr : value->if_array();
  return list == nullptr ? kNone : *list;
}

std::optional<std::string> TextOfParameter(const json::value& value) {
  const json::object* parameter = value.if_object();
  if (parameter == nullptr) return std::nullopt;
  const std::string type = LowerCase(FindText(*parameter, "type"));
  if (type == "text") {
    const std::string_view text = FindText(*parameter, "text");
    if (text.empty()) return std::nullopt;
    return std::string(text);
  }
  if (type != "currency" && type != "date_time") return std::nullopt;
  const json::object* given = ObjectIn(*parameter, type);
  if (given == nullptr) return std::nullopt;
  const std::string_view fallback = FindText(*given, "fallback_value");
  if (!fallback.empty()) return std::string(fallback);
  return type == "currency" ? TextOfAmount(*given) : TextOfDate(*given);
}

}  // namespace parley::base
