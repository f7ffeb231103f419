#include "sim/control/call.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"

namespace parley::sim::control {
namespace {

// What a Host header consists of: a name or an address, and a port.
constexpr std::size_t kMaxHost = 255;
constexpr std::string_view kHostCharacters =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:[]";
bool IsHost(std::string_view text) {
  return !text.empty() && text.size() <= kMaxHost &&
         text.find_first_not_of(kHostCharacters) == std::string_view::npos;
}

// "/parley/v1/sim": plain names behind slashes. What begins with two would be a host.
bool IsPrefix(std::string_view text) {
  if (!text.starts_with('/') || text.size() > kMaxHost) return false;
  for (bool slash = false; const char c : text) {
    if (c == '/' ? slash : kHostCharacters.find(c) == std::string_view::npos) return false;
    slash = c == '/';
  }
  return true;
}

std::string_view WithoutPlus(std::string_view text) {
  return text.starts_with('+') ? text.substr(1) : text;
}

}  // namespace

base::Result<std::string> Call::Number() const {
  const std::string_view number = WithoutPlus(Parameter("number"));
  if (network::IsNumber(number)) return std::string(number);
  return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
}

base::Result<std::int64_t> Call::RuleId() const {
  const std::string& text = Parameter("id");
  std::int64_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || stop != end)
    return base::Error(base::ErrorCode::kNotFound, "There is no such rule");
  return id;
}

base::Result<wire::Front*> Call::Wire() const {
  if (front != nullptr) return front;
  return base::Error(base::ErrorCode::kNotFound, "The wire is not served here");
}

base::Result<graph::Front*> Call::Graph() const {
  if (graph != nullptr) return graph;
  return base::Error(base::ErrorCode::kNotFound, "The Graph API is not served here");
}

base::Result<std::int64_t> Call::QueryInteger(std::string_view name, std::int64_t absent,
                                              std::int64_t min, std::int64_t max) const {
  const std::optional<std::string> text = request.Query(name);
  if (!text) return absent;
  std::int64_t number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && stop == end && number >= min && number <= max) return number;
  return base::FieldError(std::string(name), fmt::format("Must be from {} to {}", min, max));
}

std::string Call::BaseUrl() const {
  const std::string_view prefix = request.headers.Get("X-Forwarded-Prefix");
  if (IsPrefix(prefix)) return std::string(prefix);
  const std::string_view host = request.headers.Get("Host");
  return IsHost(host) ? "http://" + std::string(host) : std::string();
}

base::Result<std::string> ParseNumber(std::string_view text, std::string_view path) {
  const std::string_view number = WithoutPlus(text);
  if (network::IsNumber(number)) return std::string(number);
  return base::FieldError(std::string(path),
                          "Must be 5 to 15 digits that do not begin with 0, with or without '+'");
}

std::string ShowNumber(std::string_view number) { return "+" + std::string(number); }

base::Result<std::string> ParseChat(std::string_view text, std::string_view path) {
  const network::Chat chat = network::ChatOf(text);
  if (chat.kind == network::ChatKind::kPerson) return ParseNumber(text, path);
  if (chat.kind == network::ChatKind::kStatus) return std::string(text);
  if (network::IsChatId(chat.id)) return std::string(text);
  return base::FieldError(std::string(path), "Must be 5 to 30 digits before the '@'");
}

std::string ParseChat(std::string_view text) { return std::string(WithoutPlus(text)); }

std::string ShowChat(std::string_view address) {
  const bool is_person = network::ChatOf(address).kind == network::ChatKind::kPerson;
  return is_person ? ShowNumber(address) : std::string(address);
}

base::Result<std::string> StorePicture(const std::string& base64, const Call& call) {
  if (base64.empty()) return std::string();
  const std::optional<std::string> bytes = base::FromBase64(base64);
  if (!bytes) return base::FieldError("picture", "Must be Base64");
  return call.network.media().Store(*bytes);
}

http::Response NoContent() {
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace parley::sim::control
