#include "delivery/post.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/encoding.h"
#include "delivery/signature.h"

namespace parley::delivery {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// "Sun, 06 Nov 1994 08:49:37 GMT" as "1994-11-06T08:49:37Z"; empty when it does not look like one.
std::string IsoOfHttpDate(std::string_view date) {
  if (date.size() != 29 || !date.ends_with(" GMT")) return "";
  for (std::size_t month = 0; month < kMonths.size(); ++month)
    if (date.substr(8, 3) == kMonths[month])
      return fmt::format("{}-{:02}-{}T{}Z", date.substr(12, 4), month + 1, date.substr(5, 2),
                         date.substr(17, 8));
  return "";
}

}  // namespace

std::string ExcerptOf(std::string_view body, std::size_t most) {
  std::string excerpt(body.substr(0, most));
  while (!excerpt.empty() && !base::IsUtf8(excerpt) && body.size() - excerpt.size() < 4)
    excerpt.pop_back();  // a character cut in the middle
  return base::IsUtf8(excerpt) ? excerpt : "(not text)";
}

http::ClientRequest PostOf(const core::Subscription& subscription, std::string_view secret,
                           const core::EventId& event, std::string_view name, std::string body,
                           base::Time now) {
  http::ClientRequest request(http::Method::kPost, subscription.url);
  request.timeout = kPostTimeout;
  request.max_response = 4096;
  request.headers.Add("Content-Type", "application/json");
  const std::string id = core::DeliveryIdOf(event, subscription.id, name).value.ToText();
  Sign(subscription.dialect, id, name, secret, now, body, request.headers);
  request.body = std::move(body);
  return request;
}

Verdict Judge(const base::Result<http::ClientResponse>& answer, base::Time now) {
  Verdict verdict;
  if (!answer) {
    verdict.error = answer.error().public_text();
    return verdict;
  }
  verdict.status = answer->status;
  verdict.delivered = answer->status >= 200 && answer->status < 300;
  verdict.gone = answer->status == 410;
  if (!verdict.delivered) {
    verdict.error = ExcerptOf(answer->body, kKeptAnswer);
    verdict.retry_after = ParseRetryAfter(answer->headers.Get("Retry-After"), now);
  }
  return verdict;
}

std::optional<base::Duration> ParseRetryAfter(std::string_view value, base::Time now) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc() && end == value.data() + value.size()) {
    if (seconds < 0) return std::nullopt;
    return std::chrono::seconds(std::min<std::int64_t>(seconds, 366 * 86400));
  }
  const auto date = base::ParseTime(IsoOfHttpDate(value));
  if (!date) return std::nullopt;
  return std::max(*date - now, base::Duration(0));
}

}  // namespace parley::delivery
