#include "link/cloud/webhook_check.h"

#include <fmt/format.h>

#include "base/time.h"
#include "http/address_guard.h"
#include "http/client.h"
#include "http/forms.h"
#include "http/url.h"
#include "link/cloud/factory.h"

namespace parley::link::cloud {
namespace {

constexpr base::Duration kReachLimit = std::chrono::seconds(10);
constexpr std::size_t kNonceLength = 24;
constexpr std::string_view kWebhookStart = "/cloud/", kWebhookEnd = "/webhook";
constexpr std::string_view kProxyFix =
    "Lead https requests for /cloud/ at that address to this server as they are, with their query";

Finding WebhookFinding(std::string text, std::string fix) {
  return Finding{"webhook", false, std::move(text), std::move(fix)};
}

// Names that no public DNS has, and addresses that are not public.
bool IsPublicHost(const std::string& host) {
  const http::AddressGuard guard({});
  if (http::Network::Parse(host)) return guard.Allows(host);
  for (const std::string_view end : {".local", ".internal", ".lan", ".home.arpa", ".localhost"})
    if (host.ends_with(end)) return false;
  return host.find('.') != std::string::npos;
}

// What it means that the address gave no answer at all.
Finding Unreached(const std::string& url, const base::Error& error) {
  if (error.code == base::ErrorCode::kAddressRefused)
    return WebhookFinding(
        fmt::format("From here, the host of {} has an address that is not public: {}", url,
                    error.public_text()),
        "Give --public-url a name that the public DNS knows. If it is known outside and another "
        "address is used inside, allow that network with --allow-networks and check again");
  return WebhookFinding(
      fmt::format("{} cannot be reached: {}", url, error.public_text()),
      "Start what takes https requests at that address and leads /cloud/ to this server, with a "
      "certificate of a public authority, or name the right address with --public-url");
}

// What it means that the address answered this. `arrived`: this process has seen the challenge.
Finding Reached(const std::string& url, const http::ClientResponse& response,
                const std::string& challenge, bool arrived) {
  const bool is_answer = response.status == 200 && response.body == challenge;
  if (is_answer && arrived) return Finding{"webhook", true, url + " leads here", ""};
  if (is_answer)
    return WebhookFinding(
        fmt::format("Another server that knows this channel answers at {}", url),
        "End the copy of this server, or lead the address of --public-url to this one");
  if (response.status >= 300 && response.status <= 399)
    return WebhookFinding(
        fmt::format("{} answers with a redirect, which Meta does not follow, to {}", url,
                    response.headers.Get("Location")),
        "Name the address that it redirects to with --public-url");
  if (arrived || response.status == 403)
    return WebhookFinding(
        fmt::format("{} answers {}: the challenge or its verify token is lost on the way", url,
                    response.status),
        std::string(kProxyFix));
  return WebhookFinding(
      fmt::format("{} answers {}, and not the challenge: it does not lead to this server", url,
                  response.status),
      std::string(kProxyFix));
}

}  // namespace

std::string WebhookUrlOf(const CheckedNumber& number) {
  return fmt::format("{}{}{}{}", number.public_base, kWebhookStart, number.channel.value.ToText(),
                     kWebhookEnd);
}

bool IsOwnWebhook(const CloudFactory& factory, const CheckedNumber& number, std::string_view url) {
  const std::string start = number.public_base + std::string(kWebhookStart);
  if (!url.starts_with(start) || !url.ends_with(kWebhookEnd)) return false;
  url.remove_prefix(start.size());
  if (url.size() < kWebhookEnd.size()) return false;
  url.remove_suffix(kWebhookEnd.size());
  const auto id = base::Uuid::Parse(url);
  if (id && core::ChannelId(*id) == number.channel) return true;
  const CloudLink* link = id ? factory.OfChannel(core::ChannelId(*id)) : nullptr;
  return link != nullptr && link->credentials()->app_secret == number.credentials.app_secret;
}

Finding CheckPublicUrl(const CloudFactory& factory, const CheckedNumber& number) {
  const auto url = http::ParseUrl(number.public_base);
  const bool is_meta = factory.options().url.starts_with("https://");
  if (!is_meta)
    return Finding{"public_url", true,
                   number.public_base + " will do for a Graph that has no TLS itself", ""};
  if (!url || !IsPublicHost(url->host))
    return Finding{
        "public_url", false, fmt::format("{} is no public address", number.public_base),
        "Give --public-url the https address under which Meta reaches your reverse proxy, as in "
        "--public-url https://whatsapp.example.com"};
  if (!url->tls)
    return Finding{"public_url", false,
                   fmt::format("{} has no TLS, and Meta takes https only", number.public_base),
                   fmt::format("--public-url https://{}", url->host)};
  return Finding{"public_url", true, number.public_base + " is public, with TLS", ""};
}

base::Task<Finding> ReachWebhook(CloudFactory* factory, CheckedNumber number) {
  const std::string url = WebhookUrlOf(number);
  if (factory->OfChannel(number.channel) == nullptr)
    co_return WebhookFinding(fmt::format("The channel does not run, so that {} answers 404", url),
                             "See why in the channel's state_reason, and connect it");
  const std::string challenge = factory->parts().random.Token(kNonceLength);
  http::ClientRequest request(
      http::Method::kGet,
      fmt::format("{}?hub.mode=subscribe&hub.challenge={}&hub.verify_token={}", url, challenge,
                  http::PercentEncode(number.credentials.verify_token)));
  request.timeout = kReachLimit;
  factory->ExpectChallenge(challenge);
  const auto response = co_await factory->parts().client.Send(std::move(request));
  const bool arrived = factory->ForgetChallenge(challenge);
  if (!response) co_return Unreached(url, response.error());
  co_return Reached(url, *response, challenge, arrived);
}

Finding CheckVerifyToken(CloudFactory& factory, const CheckedNumber& number) {
  Finding finding{"verify_token", true, "Meta has not asked the webhook since the channel started",
                  ""};
  CloudLink* link = factory.OfChannel(number.channel);
  if (link == nullptr) return finding;
  const ChallengeTimes& times = link->challenges();
  const auto at = [](base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoZ); };
  finding.ok = !times.wrong_at || (times.right_at && *times.right_at >= *times.wrong_at);
  if (!finding.ok) {
    finding.text = fmt::format("At {} Meta came with another verify token than the channel's",
                               at(*times.wrong_at));
    finding.fix =
        fmt::format("Under WhatsApp > Configuration of the app, enter the verify token {}",
                    number.credentials.verify_token);
  } else if (times.right_at) {
    finding.text = fmt::format("Meta came with the right verify token at {}", at(*times.right_at));
  }
  return finding;
}

}  // namespace parley::link::cloud
