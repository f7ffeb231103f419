#include "api/wapio/auth.h"

#include <algorithm>

#include "api/wapio/addresses.h"

namespace parley::api::wapio {
namespace {

constexpr std::string_view kBearer = "bearer ";

std::string BearerToken(const http::Request& request) {
  std::string_view value = request.headers.Get("Authorization");
  if (value.size() <= kBearer.size()) return "";
  for (std::size_t i = 0; i < kBearer.size(); ++i)
    if ((value[i] | 0x20) != kBearer[i] && value[i] != kBearer[i]) return "";
  value.remove_prefix(kBearer.size());
  while (value.starts_with(' ')) value.remove_prefix(1);
  return std::string(value);
}

// No fault of a field: the vendor's answer to this has a message of its own.
base::Error OtherSession() {
  return base::Error(base::ErrorCode::kInvalidFields,
                     "session_id in request does not match the session this API key is bound to.");
}

}  // namespace

base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request) {
  return directory.Admit(core::Dialect::kWapio, BearerToken(request), core::RateScope::kAccount);
}

void AddRateHeaders(const core::RateStatus& rate, base::Time now, http::Headers& headers) {
  const auto reset = now + std::chrono::ceil<base::Duration>(rate.until_full);
  headers.Set("X-RateLimit-Limit", std::to_string(rate.limit));
  headers.Set("X-RateLimit-Remaining", std::to_string(rate.remaining));
  headers.Set("X-RateLimit-Reset", std::to_string(base::ToUnixSeconds(reset)));
}

base::Task<base::Result<core::ChannelPtr>> SelectSession(Call& call,
                                                         std::optional<std::string> in_body) {
  std::string named = in_body.value_or("");
  if (named.empty()) named = call.request.Query("session_id").value_or("");
  if (named.empty()) named = call.request.headers.Get("X-Session-Id");
  const bool bound = call.caller->credential.channel.has_value();
  if (named.empty()) {
    if (!bound) co_return base::FieldError("session_id", "Required");
    co_return co_await call.core.directory.BoundChannel(call.caller);
  }
  const auto id = ParseSessionId(named);
  if (!id && bound) co_return OtherSession();
  if (!id) co_return base::ErrorCode::kNotFound;
  auto channel = co_await call.core.directory.ChannelById(call.caller, *id);
  if (!channel && bound && channel.error().code == base::ErrorCode::kNotFound)
    co_return OtherSession();
  co_return channel;
}

base::Result<std::optional<core::IdempotencyKey>> IdempotencyOf(const Call& call,
                                                                std::string_view command) {
  const std::string_view key = call.request.headers.Get("Idempotency-Key");
  if (key.empty()) return std::optional<core::IdempotencyKey>();
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (key.size() > core::kMaxIdempotencyKeyLength || !printable)
    return base::FieldError("Idempotency-Key", "Must be 1 to 255 printable ASCII characters");
  const core::Credential& credential = call.caller->credential;
  return std::optional(core::MakeIdempotencyKey(call.caller->account.row, credential.row,
                                                call.match.row->spec.pattern, key, command));
}

base::Task<base::Result<core::ChannelPtr>> SessionInPath(Call& call) {
  const auto id = ParseSessionId(call.match["session_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  co_return co_await call.core.directory.ChannelById(call.caller, *id);
}

}  // namespace parley::api::wapio
