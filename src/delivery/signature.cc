#include "delivery/signature.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::delivery {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";

void SignWapio(std::string_view event_name, std::string_view secret, std::string_view timestamp,
               std::string_view body, http::Headers& headers) {
  const base::Digest mac = base::HmacSha256(secret, fmt::format("{}.{}", timestamp, body));
  headers.Add("X-Webhook-Event", std::string(event_name));
  headers.Add("X-Webhook-Signature",
              fmt::format("t={},v1={}", timestamp, base::ToHexText(base::AsText(mac))));
}

}  // namespace

std::string StandardKey(std::string_view secret) {
  if (secret.starts_with(kSecretPrefix))
    if (auto key = base::FromBase64(secret.substr(kSecretPrefix.size()))) return std::move(*key);
  return std::string(secret);
}

void Sign(core::Dialect dialect, std::string_view delivery_id, std::string_view event_name,
          std::string_view secret, base::Time now, std::string_view body, http::Headers& headers) {
  const std::string timestamp = std::to_string(base::ToUnixSeconds(now));
  const base::Digest mac =
      base::HmacSha256(StandardKey(secret), fmt::format("{}.{}.{}", delivery_id, timestamp, body));
  headers.Add("webhook-id", std::string(delivery_id));
  headers.Add("webhook-timestamp", timestamp);
  headers.Add("webhook-signature", "v1," + base::ToBase64(base::AsText(mac)));
  if (dialect == core::Dialect::kWapio) SignWapio(event_name, secret, timestamp, body, headers);
}

}  // namespace parley::delivery
