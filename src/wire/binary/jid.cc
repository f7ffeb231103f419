#include "wire/binary/jid.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace parley::wire::binary {
namespace {

// The domain bytes that stand for a server; any other one is an agent.
bool IsDomain(std::uint8_t byte) {
  return byte != kNoDomain &&
         std::any_of(kJidServers.begin(), kJidServers.end(),
                     [&](const JidServerKind& kind) { return kind.domain == byte; });
}

bool IsUserCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_';
}

// A decimal number from 1 to `max` without leading zeros.
std::optional<std::uint16_t> ReadNumber(std::string_view text, std::uint16_t max) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number == 0 || number > max || text[0] == '0') return std::nullopt;
  return number;
}

// Cuts what stands behind the last `sign` off `rest`; nullopt when there is none.
std::optional<std::string_view> CutBehind(std::string_view& rest, char sign) {
  const std::size_t at = rest.rfind(sign);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = rest.substr(at + 1);
  rest = rest.substr(0, at);
  return behind;
}

}  // namespace

Jid Jid::WithoutDevice() const { return WithDevice(0); }

Jid Jid::WithDevice(std::uint16_t other) const {
  Jid jid = *this;
  jid.device = other;
  jid.agent = 0;
  return jid;
}

std::string Jid::Text() const {
  std::string text;
  if (server == JidServer::kInterop && !user.empty()) text = fmt::format("{}-", integrator);
  text += user;
  if (agent != 0) text += fmt::format(".{}", agent);
  if (device != 0 || agent != 0) text += fmt::format(":{}", device);
  text += '@';
  text += KindOf(server).name;
  return text;
}

Result<Jid> ParseJid(std::string_view text) {
  const Fault malformed{FaultCode::kMalformed, "not a JID"};
  std::string_view rest = text;
  const auto behind = CutBehind(rest, '@');
  const std::string_view name = behind ? *behind : rest;
  const auto kind = std::find_if(kJidServers.begin(), kJidServers.end(),
                                 [&](const JidServerKind& one) { return one.name == name; });
  if (kind == kJidServers.end()) return malformed;
  Jid jid("", kind->server);
  if (!behind || rest.empty()) return jid;

  if (const auto device = CutBehind(rest, ':')) {
    const auto agent = jid.server == JidServer::kUser ? CutBehind(rest, '.') : std::nullopt;
    if (agent) {
      const auto number = ReadNumber(*agent, 0xff);
      if (!number || IsDomain(static_cast<std::uint8_t>(*number))) return malformed;
      jid.agent = static_cast<std::uint8_t>(*number);
    }
    const auto number = ReadNumber(*device, kind->max_device);
    if (!number && !(agent && *device == "0")) return malformed;
    jid.device = number.value_or(0);
  }
  if (jid.server == JidServer::kInterop) {
    const std::size_t dash = rest.find('-');
    if (dash == std::string_view::npos) return malformed;
    const auto number = ReadNumber(rest.substr(0, dash), 0xffff);
    if (!number && rest.substr(0, dash) != "0") return malformed;
    jid.integrator = number.value_or(0);
    rest.remove_prefix(dash + 1);
  }
  if (rest.empty() || rest.size() > kMaxJidUser ||
      !std::all_of(rest.begin(), rest.end(), IsUserCharacter))
    return malformed;
  jid.user = rest;
  return jid;
}

Jid StatusBroadcast() { return Jid("status", JidServer::kBroadcast); }

Jid NetworkServer() { return Jid("", JidServer::kUser); }

}  // namespace parley::wire::binary
