#include "link/cloud/format/webhook_in.h"

#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::json::array;
using base::json::object;
using base::json::value;

constexpr std::string_view kObject = "whatsapp_business_account";

constexpr std::string_view kValueMembers[] = {
    "messaging_product", "metadata", "contacts", "messages", "statuses", "message_echoes", "errors",
};

struct MetadataIn {
  std::optional<std::string> phone_number_id, display_phone_number;
  static constexpr auto Fields() {
    using M = MetadataIn;
    return base::FieldList(
        base::Optional("phone_number_id", &M::phone_number_id, base::MaxLength(kMaxMetaId)),
        base::Optional("display_phone_number", &M::display_phone_number,
                       base::MaxLength(kMaxMetaId)));
  }
};
struct AboutNumberIn {
  std::optional<MetadataIn> metadata;
  std::optional<std::string> display_phone_number;  // where there is no metadata
  static constexpr auto Fields() {
    using A = AboutNumberIn;
    return base::FieldList(base::Optional("metadata", &A::metadata),
                           base::Optional("display_phone_number", &A::display_phone_number,
                                          base::MaxLength(kMaxMetaId)));
  }
};
struct EntryIn {
  std::optional<std::string> id;
  std::optional<std::int64_t> time;
  static constexpr auto Fields() {
    using E = EntryIn;
    return base::FieldList(base::Optional("id", &E::id, base::MaxLength(kMaxMetaId)),
                           base::Optional("time", &E::time, base::Range(0, kLastSecond)));
  }
};

bool ReadChange(const value& given, Change& change) {
  const object* members = given.if_object();
  if (members == nullptr) return false;
  change.field = Clean(base::FindText(*members, "field"), kMaxMetaName);
  change.value = ObjectIn(*members, "value");
  if (change.field.empty() || change.value == nullptr) return false;
  auto about = ReadMember<AboutNumberIn>(*members, "value");
  if (!about) return false;
  if (about->metadata) {
    change.phone_number_id = about->metadata->phone_number_id.value_or("");
    change.display_phone_number = about->metadata->display_phone_number.value_or("");
  } else {
    change.display_phone_number = about->display_phone_number.value_or("");
  }
  return true;
}

// The list of that name in a change's value; a fault when it is another thing or too long.
const array* Elements(const Change& change, std::string_view name, MessageNews& news) {
  const value* list = base::Find(*change.value, name);
  if (list == nullptr || list->is_null()) return nullptr;
  if (list->is_array() && list->get_array().size() <= kMaxOfChange) return &list->get_array();
  news.faults.push_back(
      base::FieldError(std::string(name), list->is_array() ? "Too many items" : "Expected array"));
  return nullptr;
}

template <class Item, class ReadItem>
void ReadElements(const Change& change, std::string_view name, MessageNews& news,
                  std::vector<Item>& items, ReadItem read) {
  const array* elements = Elements(change, name, news);
  if (elements == nullptr) return;
  for (std::size_t i = 0; i < elements->size(); ++i) {
    auto item = read((*elements)[i]);
    if (item)
      items.push_back(std::move(*item));
    else
      news.faults.push_back(Under(PathOf(name, i), std::move(item).error()));
  }
}

}  // namespace

base::Result<Changes> ReadChanges(const value& body) {
  const object* members = body.if_object();
  if (members == nullptr) return base::FieldError("", "Expected object");
  if (base::FindText(*members, "object") != kObject)
    return base::FieldError("object", "Must be " + std::string(kObject));
  const array* entries = ListIn(*members, "entry");
  if (entries == nullptr) return base::FieldError("entry", "Required");
  Changes read;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    auto entry = ReadObject<EntryIn>((*entries)[i]);
    if (!entry) return Under(PathOf("entry", i), std::move(entry).error());
    const array* changes = ListIn((*entries)[i].get_object(), "changes");
    if (changes == nullptr) return base::FieldError(PathOf("entry", i) + ".changes", "Required");
    for (const value& given : *changes) {
      if (read.changes.size() == kMaxChanges)
        return base::FieldError("entry", "More than " + std::to_string(kMaxChanges) + " changes");
      Change change;
      change.business_account = Clean(entry->id.value_or(""), kMaxMetaId);
      change.at = AtSecond(entry->time.value_or(0));
      if (ReadChange(given, change))
        read.changes.push_back(std::move(change));
      else
        ++read.malformed;
    }
  }
  return read;
}

bool IsAboutMessages(const Change& change) {
  return change.field == "messages" || change.field == "smb_message_echoes" ||
         change.field == "message_echoes";
}

MessageNews ReadMessages(const Change& change) {
  MessageNews news;
  NoteUnknown(*change.value, kValueMembers, news.unknown);
  news.errors = ReadWebhookErrors(ListIn(*change.value, "errors"));
  std::vector<Profile> profiles;
  if (auto read = ReadProfiles(*change.value))
    profiles = std::move(*read);
  else
    news.faults.push_back(std::move(read).error());
  ReadElements(change, "messages", news, news.messages,
               [&](const value& message) { return ReadMessage(message, profiles); });
  ReadElements(change, "message_echoes", news, news.messages,
               [&](const value& message) { return ReadEcho(message, profiles); });
  ReadElements(change, "statuses", news, news.statuses,
               [](const value& status) { return ReadStatus(status); });
  return news;
}

}  // namespace parley::link::cloud::format
