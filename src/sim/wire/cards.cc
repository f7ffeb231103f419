#include "sim/wire/cards.h"

#include "http/grammar.h"
#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

constexpr std::size_t kMaxEntries = 50;  // of a kind, as the network's cards have

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n') {
      escaped += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      plain += text[i] == 'n' ? '\n' : text[i];
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// "item1.TEL;type=CELL;waid=15550100:+1 555 0100"
struct Line {
  std::string_view name, parameters, value;
};

Line ReadLine(std::string_view text) {
  Line line;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return line;
  line.value = text.substr(colon + 1);
  std::string_view head = text.substr(0, colon);
  const std::size_t semicolon = head.find(';');
  if (semicolon != std::string_view::npos) line.parameters = head.substr(semicolon + 1);
  head = head.substr(0, semicolon);
  if (const std::size_t dot = head.find('.'); dot != std::string_view::npos)
    head.remove_prefix(dot + 1);
  line.name = head;
  return line;
}

std::string Parameter(const Line& line, std::string_view name) {
  for (const std::string_view part : Split(line.parameters, ';'))
    if (part.size() > name.size() && part[name.size()] == '=' &&
        http::EqualIgnoringCase(part.substr(0, name.size()), name))
      return std::string(part.substr(name.size() + 1));
  return "";
}

}  // namespace

std::string WriteCard(const net::ContactCard& card) {
  std::string out = "BEGIN:VCARD\nVERSION:3.0\n";
  out += "N:" + Escape(card.last_name) + ";" + Escape(card.first_name) + ";" +
         Escape(card.middle_name) + ";" + Escape(card.prefix) + ";" + Escape(card.suffix) + "\n";
  out += "FN:" + Escape(card.formatted_name) + "\n";
  if (card.org) out += "ORG:" + Escape(card.org->company) + "\n";
  for (const net::CardPhone& phone : card.phones) {
    out += "TEL;type=" + (phone.type.empty() ? "CELL" : Escape(phone.type));
    if (!phone.wa_id.empty()) out += ";waid=" + phone.wa_id;
    out += ":" + Escape(phone.phone) + "\n";
  }
  for (const net::CardEmail& email : card.emails) out += "EMAIL:" + Escape(email.email) + "\n";
  for (const net::CardUrl& url : card.urls) out += "URL:" + Escape(url.url) + "\n";
  return out + "END:VCARD";
}

net::ContactCard ReadCard(std::string_view name, std::string_view vcard) {
  net::ContactCard card;
  for (std::string_view text : Split(vcard, '\n')) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    const Line line = ReadLine(text);
    const auto is = [&line](std::string_view wanted) {
      return http::EqualIgnoringCase(line.name, wanted);
    };
    if (is("FN")) card.formatted_name = Unescape(line.value);
    if (is("TEL") && card.phones.size() < kMaxEntries)
      card.phones.push_back(
          net::CardPhone{Unescape(line.value), Parameter(line, "type"), Parameter(line, "waid")});
    if (is("EMAIL") && card.emails.size() < kMaxEntries)
      card.emails.push_back(net::CardEmail{Unescape(line.value), ""});
    if (is("URL") && card.urls.size() < kMaxEntries)
      card.urls.push_back(net::CardUrl{Unescape(line.value), ""});
    if (is("ORG")) {
      card.org.emplace();
      card.org->company = Unescape(line.value.substr(0, line.value.find(';')));
    }
    if (is("N")) {
      const std::vector<std::string_view> parts = Split(line.value, ';');
      card.last_name = Unescape(parts[0]);
      if (parts.size() > 1) card.first_name = Unescape(parts[1]);
    }
  }
  if (card.formatted_name.empty()) card.formatted_name = name;
  return card;
}

}  // namespace parley::sim::wire
