// How what Meta sends is read: by declared fields (base/fields.h), tolerant of members that nobody
// here knows, strict about the types of those that are read, with the member's path in each error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"

namespace parley::link::cloud::format {

// Meta writes ids and times as text in one place and as numbers in the other.
inline constexpr base::DecodeRules kMetaRules{.text_for_numbers = true, .numbers_for_text = true};

inline constexpr std::size_t kMaxMetaId = 200;    // of a message, file, account, ...
inline constexpr std::size_t kMaxMetaName = 512;  // what is short by its nature: a type, a name
inline constexpr std::int64_t kLastSecond = 253'402'300'799;  // the end of the year 9999

inline base::Time AtSecond(std::int64_t seconds) { return base::FromUnixMs(seconds * 1000); }

// Without zeros, which texts in JSON may hold, and cut to `max` bytes between two characters. The
// text is UTF-8.
std::string Clean(std::string_view text, std::size_t max = 64 << 10);

// "name[2]".
std::string PathOf(std::string_view name, std::size_t index);

// The error with its faults' paths below `path`: "body" becomes "messages[2].text.body".
base::Error Under(std::string_view path, base::Error error);

// A member's object or list; nullptr when there is none, or it is another thing.
const base::json::object* ObjectIn(const base::json::object& object, std::string_view name);
const base::json::array* ListIn(const base::json::object& object, std::string_view name);

// The structure; a fault of the whole has no path.
template <base::HasFields T>
base::Result<T> ReadObject(const base::json::value& value) {
  if (!value.is_object()) return base::FieldError("", "Expected object");
  return base::Decode<T>(value, kMetaRules);
}

// Reads the member `name` of `object`; the paths of faults begin with it.
template <base::HasFields T>
base::Result<T> ReadMember(const base::json::object& object, std::string_view name) {
  const base::json::value* value = base::Find(object, name);
  if (value == nullptr) return base::FieldError(std::string(name), "Required");
  auto read = ReadObject<T>(*value);
  if (!read) return Under(name, std::move(read).error());
  return read;
}

// Reads each item of a list, which may be absent; one that is too long is an error, not a part.
template <base::HasFields T>
base::Result<std::vector<T>> ReadList(const base::json::value* list, std::string_view name,
                                      std::size_t most) {
  std::vector<T> items;
  if (list == nullptr || list->is_null()) return items;
  const base::json::array* array = list->if_array();
  if (array == nullptr) return base::FieldError(std::string(name), "Expected array");
  if (array->size() > most)
    return base::FieldError(std::string(name), "More than " + std::to_string(most) + " items");
  for (const base::json::value& item : *array) {
    auto read = ReadObject<T>(item);
    if (!read) return Under(PathOf(name, items.size()), std::move(read).error());
    items.push_back(std::move(*read));
  }
  return items;
}

// The cursor of a list's next page (Graph API, "Paginated results"); empty: it was the last.
std::string NextCursor(const base::json::object& body);

// The names of members that are not in `known`, at most `kMaxUnknown`, each cut. For counting: what
// Meta added since.
inline constexpr std::size_t kMaxUnknown = 8;
template <std::size_t N>
void NoteUnknown(const base::json::object& object, const std::string_view (&known)[N],
                 std::vector<std::string>& unknown) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    bool is_known = false;
    for (const std::string_view candidate : known) is_known |= candidate == name;
    if (!is_known && unknown.size() < kMaxUnknown) unknown.push_back(Clean(name, 64));
  }
}

}  // namespace parley::link::cloud::format
