// ReadVCard (vcard.h).
#include <vector>

#include "core/messages/vcard.h"

namespace parley::core {
namespace {

using Text = std::optional<std::string>;

// One property: its name in upper case, its parameters and its value, which is still escaped.
struct Property {
  std::string name;
  Text type, wa_id;
  std::string value;
};

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

// RFC 2426, section 2.6: a line that begins with a blank goes on with the one before.
std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!lines.empty() && (line.starts_with(' ') || line.starts_with('\t')))
      lines.back() += line.substr(1);
    else
      lines.emplace_back(line);
  }
  return lines;
}

// "group.NAME;PARAMETER=VALUE;...:value"
std::optional<Property> PropertyIn(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Property property;
  property.value = line.substr(colon + 1);
  std::string_view head = line.substr(0, colon);
  std::string_view name = head.substr(0, head.find(';'));
  head.remove_prefix(name.size());
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos)
    name.remove_prefix(dot + 1);
  property.name = Upper(name);
  while (!head.empty()) {
    head.remove_prefix(1);
    const std::string_view parameter = head.substr(0, head.find(';'));
    head.remove_prefix(parameter.size());
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string key = Upper(parameter.substr(0, equals));
    std::string value(parameter.substr(equals + 1));
    if (value.empty()) continue;
    if (key == "TYPE" && !property.type) property.type = std::move(value);
    if (key == "WAID") property.wa_id = std::move(value);
  }
  return property;
}

// The parts between semicolons that are not escaped, without their escapes.
std::vector<std::string> PartsOf(std::string_view value) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == ';') {
      parts.emplace_back();
    } else if (c == '\\' && i + 1 < value.size()) {
      const char escaped = value[++i];
      parts.back() += escaped == 'n' || escaped == 'N' ? '\n' : escaped;
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// A text of one part: a semicolon in it, though it ought to be escaped, is its own.
std::string TextOf(std::string_view value) {
  std::string text;
  for (const std::string& part : PartsOf(value)) text += (text.empty() ? "" : ";") + part;
  return text;
}

Text Part(const std::vector<std::string>& parts, std::size_t at) {
  if (at >= parts.size() || parts[at].empty()) return std::nullopt;
  return parts[at];
}

template <class Entry>
void Add(std::optional<std::vector<Entry>>& entries, Entry entry) {
  if (!entries) entries.emplace();
  if (entries->size() < kMaxCardEntries) entries->push_back(std::move(entry));
}

void Read(const Property& property, ContactCard& card) {
  const std::string& name = property.name;
  const std::vector<std::string> parts = PartsOf(property.value);
  std::string text = TextOf(property.value);
  if (text.empty()) return;
  if (name == "FN") {
    card.formatted_name = std::move(text);
  } else if (name == "N") {
    card.last_name = Part(parts, 0);
    card.first_name = Part(parts, 1);
    card.middle_name = Part(parts, 2);
    card.prefix = Part(parts, 3);
    card.suffix = Part(parts, 4);
  } else if (name == "ORG" || name == "TITLE") {
    if (!card.org) card.org.emplace();
    if (name == "TITLE") {
      card.org->title = std::move(text);
    } else {
      card.org->company = Part(parts, 0);
      card.org->department = Part(parts, 1);
    }
  } else if (name == "BDAY") {
    card.birthday = std::move(text);
  } else if (name == "TEL") {
    Add(card.phones, ContactCard::Phone{std::move(text), property.type, property.wa_id});
  } else if (name == "EMAIL") {
    Add(card.emails, ContactCard::Email{std::move(text), property.type});
  } else if (name == "URL") {
    Add(card.urls, ContactCard::Url{std::move(text), property.type});
  } else if (name == "ADR") {
    ContactCard::PostalAddress address;
    address.street = Part(parts, 2);
    address.city = Part(parts, 3);
    address.state = Part(parts, 4);
    address.zip = Part(parts, 5);
    address.country = Part(parts, 6);
    address.type = property.type;
    Add(card.addresses, std::move(address));
  }
}

}  // namespace

ContactCard ReadVCard(std::string_view text) {
  ContactCard card;
  for (const std::string& line : LinesOf(text))
    if (const auto property = PropertyIn(line)) Read(*property, card);
  return card;
}

}  // namespace parley::core
