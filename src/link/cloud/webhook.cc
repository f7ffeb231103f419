#include "link/cloud/webhook.h"

#include <map>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/json.h"
#include "base/log.h"
#include "http/router.h"
#include "link/cloud/format/webhook_in.h"

namespace parley::link::cloud {
namespace {

constexpr std::string_view kSignaturePrefix = "sha256=";

// The changes of each number, by its id at Meta.
using Takers = std::map<std::string, std::vector<std::string>>;

http::Response Plain(int status, std::string text) {
  return http::Response::Text(status, std::move(text));
}

// The links that a change is for: its number's, or those of its account.
std::vector<CloudLink*> LinksFor(const CloudFactory& factory, const format::Change& change) {
  if (change.phone_number_id.empty()) return factory.OfAccount(change.business_account);
  CloudLink* link = factory.OfNumber(change.phone_number_id);
  return link == nullptr ? std::vector<CloudLink*>() : std::vector<CloudLink*>{link};
}

// A body of one change, as Meta would have sent it alone.
std::string BodyOf(const format::Change& change) {
  base::json::object told, entry, body;
  told["field"] = base::JsonView(change.field);
  told["value"] = *change.value;
  entry["id"] = base::JsonView(change.business_account);
  entry["time"] = base::ToUnixMs(change.at) / 1000;
  entry["changes"] = base::json::array{std::move(told)};
  body["object"] = "whatsapp_business_account";
  body["entry"] = base::json::array{std::move(entry)};
  return base::ToText(body);
}

// Sorts what the body holds by number.
Takers Sort(CloudFactory& factory, const format::Changes& read, std::string_view secret) {
  Takers takers;
  for (const format::Change& change : read.changes) {
    bool taken = false;
    for (CloudLink* link : LinksFor(factory, change)) {
      // Who may sign for one number may not speak for another's.
      if (!base::EqualInConstantTime(link->credentials()->app_secret, secret)) continue;
      takers[link->credentials()->phone_number_id].push_back(BodyOf(change));
      taken = true;
    }
    ++(taken ? factory.counters().changes : factory.counters().changes_of_others);
  }
  return takers;
}

class Webhook final : public http::Service {
 public:
  explicit Webhook(CloudFactory& factory) : factory_(factory), router_(kWebhookRoutes) {}

  std::size_t BodyLimit(const http::Request&) const override { return kMaxWebhook; }
  base::Task<http::Response> Handle(http::Request request) override;

 private:
  using Handler = base::Task<http::Response> (Webhook::*)(http::Request, std::string);
  struct Row {
    http::RouteSpec spec;
    Handler handler;
  };
  base::Task<http::Response> Challenge(http::Request request, std::string channel);
  base::Task<http::Response> Post(http::Request request, std::string channel);

  static constexpr Row kWebhookRoutes[] = {
      {{http::Method::kGet, "/cloud/{channel_id}/webhook", "Answer Meta's challenge"},
       &Webhook::Challenge},
      {{http::Method::kPost, "/cloud/{channel_id}/webhook", "Take what Meta tells"},
       &Webhook::Post},
  };

  // So that Meta brings it again.
  http::Response Defer() {
    ++factory_.counters().webhooks_deferred;
    return Plain(503, "Not now, send it again\n");
  }
  CloudLink* LinkOf(const std::string& channel) const {
    const auto id = base::Uuid::Parse(channel);
    return id ? factory_.OfChannel(core::ChannelId(*id)) : nullptr;
  }

  CloudFactory& factory_;
  const http::Router<Row> router_;
};

base::Task<http::Response> Webhook::Handle(http::Request request) {
  const auto match = router_.Find(request.method, request.path());
  if (match.row == nullptr && !match.path_known) co_return Plain(404, "Not found\n");
  if (match.row == nullptr) {
    http::Response response = Plain(405, "Method not allowed\n");
    response.headers.Set("Allow", http::AllowValue(match.allowed));
    co_return response;
  }
  if (request.body_state == http::BodyState::kTooLarge)
    co_return Plain(413, "The body is too large\n");
  if (request.body_state == http::BodyState::kNoRoom) {
    ++factory_.counters().webhooks_deferred;
    co_return Plain(503, "Too much at once, send it again\n");
  }
  const std::string channel = match["channel_id"];
  co_return co_await (this->*match.row->handler)(std::move(request), channel);
}

base::Task<http::Response> Webhook::Challenge(http::Request request, std::string channel) {
  CloudLink* link = LinkOf(channel);
  if (link == nullptr) co_return Plain(404, "No such channel is connected by the Cloud API\n");
  const std::string token = request.Query("hub.verify_token").value_or("");
  std::string challenge = request.Query("hub.challenge").value_or("");
  const bool is_ours = factory_.MeetChallenge(challenge);
  const base::Time now = factory_.parts().store.scheduler().Now();
  if (request.Query("hub.mode").value_or("") != "subscribe" ||
      !base::EqualInConstantTime(token, link->credentials()->verify_token)) {
    if (!is_ours && !token.empty()) link->challenges().wrong_at = now;
    base::LogWarning("A webhook challenge with a wrong verify token", {{"channel", channel}});
    co_return Plain(403, "The verify token is not this channel's\n");
  }
  if (!is_ours) {
    link->challenges().right_at = now;
    base::LogInfo("Meta has verified the webhook", {{"channel", channel}});
  }
  co_return Plain(200, std::move(challenge));
}

base::Task<http::Response> Webhook::Post(http::Request request, std::string channel) {
  CloudLink* link = LinkOf(channel);
  if (link == nullptr) {
    ++factory_.counters().webhooks_deferred;
    co_return Plain(404, "No such channel is connected by the Cloud API\n");
  }
  const std::string secret = link->credentials()->app_secret;
  if (!IsSigned(request.body, request.headers.Get("X-Hub-Signature-256"), secret)) {
    ++factory_.counters().webhooks_refused;
    base::LogWarning("A webhook without a right signature: is the app secret right?",
                     {{"channel", channel}});
    co_return Plain(401, "The signature is not right\n");
  }
  const auto body = base::ParseJson(request.body);
  const auto read = body ? format::ReadChanges(*body) : base::Result<format::Changes>(body.error());
  if (!read) {
    ++factory_.counters().webhooks_refused;
    co_return Plain(400, std::string(read.error().public_text()) + "\n");
  }
  Takers takers = Sort(factory_, *read, secret);
  // A link may stop while another's changes are written; it is looked for again before its turn.
  for (auto& [number, changes] : takers) {
    CloudLink* taker = factory_.OfNumber(number);
    if (taker == nullptr) co_return Defer();
    const auto taken = co_await taker->Take(std::move(changes));
    if (!taken) co_return Defer();
  }
  ++factory_.counters().webhooks;
  co_return Plain(200, "");
}

}  // namespace

bool IsSigned(std::string_view body, std::string_view header, std::string_view secret) {
  if (!header.starts_with(kSignaturePrefix)) return false;
  const std::string wanted = base::ToHexText(base::AsText(base::HmacSha256(secret, body)));
  return base::EqualInConstantTime(header.substr(kSignaturePrefix.size()), wanted);
}

std::unique_ptr<http::Service> MakeWebhook(CloudFactory& factory) {
  return std::make_unique<Webhook>(factory);
}

}  // namespace parley::link::cloud
