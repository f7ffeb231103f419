#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

constexpr std::size_t kMaxCursor = 2048;

}  // namespace

std::string Clean(std::string_view text, std::size_t max) {
  std::string clean;
  clean.reserve(std::min(text.size(), max));
  for (std::size_t at = 0; at < text.size();) {
    // A character ends before the next byte that does not continue one.
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    if (clean.size() + (end - at) > max) break;
    if (text[at] != '\0') clean.append(text, at, end - at);
    at = end;
  }
  return clean;
}

std::string PathOf(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

base::Error Under(std::string_view path, base::Error error) {
  for (base::FieldFault& fault : error.faults) {
    if (fault.path.empty())
      fault.path = path;
    else
      fault.path = std::string(path) + (fault.path.front() == '[' ? "" : ".") + fault.path;
  }
  return error;
}

const base::json::object* ObjectIn(const base::json::object& object, std::string_view name) {
  const base::json::value* value = base::Find(object, name);
  return value == nullptr ? nullptr : value->if_object();
}

const base::json::array* ListIn(const base::json::object& object, std::string_view name) {
  const base::json::value* value = base::Find(object, name);
  return value == nullptr ? nullptr : value->if_array();
}

// `next` is there exactly while there is a next page; the cursors are there on the last one, too.
std::string NextCursor(const base::json::object& body) {
  const base::json::object* paging = ObjectIn(body, "paging");
  if (paging == nullptr || base::FindText(*paging, "next").empty()) return "";
  const base::json::object* cursors = ObjectIn(*paging, "cursors");
  return cursors == nullptr ? "" : Clean(base::FindText(*cursors, "after"), kMaxCursor);
}

}  // namespace parley::link::cloud::format
