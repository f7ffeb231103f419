#include "core/messages/vcard.h"

namespace parley::core {
namespace {

using Text = std::optional<std::string>;

// RFC 2426, section 5: these would end a value or a line.
std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}
std::string Escaped(const Text& text) { return text ? Escaped(*text) : ""; }

// A parameter's value has no way to escape; what cannot stand in one is left out.
std::string Parameter(std::string_view name, const Text& value) {
  std::string text;
  if (value)
    for (const char c : *value)
      if (static_cast<unsigned char>(c) > 0x20 && c != ';' && c != ':' && c != ',' && c != '"')
        text += c;
  return text.empty() ? "" : ";" + std::string(name) + "=" + text;
}

struct Lines {
  std::string text;
  void Add(const std::string& name, const std::string& value) { text += name + ":" + value + "\n"; }
};

}  // namespace

std::string VCardOf(const ContactCard& card) {
  Lines lines;
  lines.Add("BEGIN", "VCARD");
  lines.Add("VERSION", "3.0");
  lines.Add("N", Escaped(card.last_name) + ";" + Escaped(card.first_name) + ";" +
                     Escaped(card.middle_name) + ";" + Escaped(card.prefix) + ";" +
                     Escaped(card.suffix));
  lines.Add("FN", Escaped(card.formatted_name));
  if (card.org) {
    if (card.org->company || card.org->department)
      lines.Add("ORG", Escaped(card.org->company) + ";" + Escaped(card.org->department));
    if (card.org->title) lines.Add("TITLE", Escaped(card.org->title));
  }
  if (card.birthday) lines.Add("BDAY", Escaped(card.birthday));
  for (const auto& phone : card.phones.value_or(std::vector<ContactCard::Phone>()))
    lines.Add("TEL" + Parameter("type", phone.type) + Parameter("waid", phone.wa_id),
              Escaped(phone.phone));
  for (const auto& email : card.emails.value_or(std::vector<ContactCard::Email>()))
    lines.Add("EMAIL" + Parameter("type", email.type), Escaped(email.email));
  for (const auto& url : card.urls.value_or(std::vector<ContactCard::Url>()))
    lines.Add("URL" + Parameter("type", url.type), Escaped(url.url));
  for (const auto& at : card.addresses.value_or(std::vector<ContactCard::PostalAddress>()))
    lines.Add("ADR" + Parameter("type", at.type),
              ";;" + Escaped(at.street) + ";" + Escaped(at.city) + ";" + Escaped(at.state) + ";" +
                  Escaped(at.zip) + ";" + Escaped(at.country));
  lines.text += "END:VCARD";
  return lines.text;
}

}  // namespace parley::core
