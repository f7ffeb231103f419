#include <algorithm>

#include "sim/control/cloud_schema.h"
#include "sim/control/handlers.h"

namespace parley::sim::control {
namespace {

constexpr std::size_t kMaxTokenPermissions = 2;

ShownCloudNumber ShowCloudNumber(const graph::ShownNode& node, const Call& call) {
  ShownCloudNumber shown;
  shown.phone_number_id = node.number.id;
  shown.number = ShowNumber(node.number.number);
  shown.name = node.number.name;
  shown.business_account_id = node.account.id;
  shown.app_id = node.app.id;
  shown.app_secret = node.app.secret;
  shown.access_token = node.token;
  if (node.app.callback) {
    shown.webhook_url = node.app.callback->url;
    shown.verify_token = node.app.callback->verify_token;
  }
  shown.subscribed = node.account.subscribed;
  shown.registered = node.number.registered;
  shown.locked = node.account.locked;
  shown.pair_limit = node.number.pair_limit;
  shown.needs_proof = node.app.needs_proof;
  shown.quality = node.number.quality;
  shown.throughput = node.number.throughput;
  shown.device = node.number.device;
  shown.base_url = call.BaseUrl() + std::string(graph::kGraphPath);
  shown.waiting = static_cast<std::int64_t>(node.waiting);
  return shown;
}

// A quality that others see is worse or better from now on.
base::Result<void> TellQuality(graph::Front& front, const graph::Number& number) {
  base::json::object value;
  value["display_phone_number"] = base::JsonView(number.number);
  value["event"] = number.quality == graph::Quality::kGreen ? "UNFLAGGED" : "FLAGGED";
  value["current_limit"] = "TIER_UNLIMITED";
  return front.Tell(number.id, "phone_number_quality_update", std::move(value));
}

base::Result<void> TellLock(graph::Front& front, const graph::ShownNode& node, base::Time now) {
  base::json::object ban, value;
  ban["waba_ban_state"] = node.account.locked ? "DISABLE" : "REINSTATE";
  ban["waba_ban_date"] = base::JsonView(base::FormatTime(now, base::TimeStyle::kIsoZ));
  value["event"] = "DISABLED_UPDATE";
  value["ban_info"] = std::move(ban);
  return front.Tell(node.number.id, "account_update", std::move(value));
}

base::Result<void> ApplyToNumber(graph::Front& front, graph::ShownNode& node,
                                 const ChangedCloudNumber& body) {
  const graph::Quality before = node.number.quality;
  if (body.registered) node.number.registered = *body.registered;
  if (body.pair_limit) node.number.pair_limit = *body.pair_limit;
  if (body.quality) node.number.quality = *body.quality;
  if (body.throughput) node.number.throughput = *body.throughput;
  PARLEY_CHECK(front.ChangeNumber(node.number));
  if (node.number.quality == before) return {};
  return TellQuality(front, node.number);
}

base::Result<void> ApplyToAccount(const Call& call, graph::Front& front, graph::ShownNode& node,
                                  const ChangedCloudNumber& body) {
  const bool was_locked = node.account.locked;
  if (body.subscribed) node.account.subscribed = *body.subscribed;
  if (body.locked) node.account.locked = *body.locked;
  PARLEY_CHECK(front.ChangeAccount(node.number.id, node.account));
  if (node.account.locked == was_locked) return {};
  return TellLock(front, node, call.network.Now());
}

}  // namespace

Answer GetCloud(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  const graph::FrontCounters& counters = front->counters();
  ShownCloud shown;
  shown.requests = counters.requests;
  shown.refused = counters.refused;
  shown.posts = counters.posts;
  shown.posts_failed = counters.posts_failed;
  shown.told = counters.told;
  shown.unheard = counters.unheard;
  shown.given_up = counters.given_up;
  return Reply(200, shown);
}

Answer ListCloudNumbers(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  ShownCloudNumbers shown;
  for (const graph::ShownNode& node : front->ListNumbers())
    shown.numbers.push_back(ShowCloudNumber(node, call));
  return Reply(200, shown);
}

Answer GetCloudNumber(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(node, front->FindNumber(call.Parameter("id")));
  return Reply(200, ShowCloudNumber(node, call));
}

base::Task<Answer> CreateCloudNumber(const Call* call) {
  PARLEY_CO_TRY(front, call->Graph());
  PARLEY_CO_TRY(body, call->Body<NewCloudNumber>());
  graph::NewNumber wanted;
  PARLEY_CO_TRY(number, ParseNumber(body.number, "number"));
  wanted.number = number;
  wanted.name = body.name.value_or("");
  wanted.account = body.business_account_id.value_or("");
  wanted.app_secret = body.app_secret.value_or("");
  wanted.subscribed = body.subscribed;
  const bool is_new = wanted.account.empty();
  if (!is_new && (body.app_secret || body.webhook_url))
    co_return base::FieldError("business_account_id",
                               "Its app has a secret and a webhook_url already");
  if (body.webhook_url) {
    wanted.callback = graph::Callback{*body.webhook_url, body.verify_token.value_or("")};
    PARLEY_CO_CHECK(co_await front->Verify(*wanted.callback));
  }
  PARLEY_CO_TRY(node, front->AddNumber(std::move(wanted)));
  co_return Reply(201, ShowCloudNumber(node, *call));
}

base::Task<Answer> ChangeCloudNumber(const Call* call) {
  PARLEY_CO_TRY(front, call->Graph());
  const std::string id = call->Parameter("id");
  PARLEY_CO_TRY(known, front->FindNumber(id));
  PARLEY_CO_TRY(body, call->Body<ChangedCloudNumber>());
  std::optional<graph::Callback> callback = known.app.callback;
  if (body.webhook_url || body.verify_token) {
    if (!callback) callback.emplace();
    if (body.webhook_url) callback->url = *body.webhook_url;
    if (body.verify_token) callback->verify_token = *body.verify_token;
    if (callback->url.empty()) callback.reset();
    if (callback) PARLEY_CO_CHECK(co_await front->Verify(*callback));
  }
  PARLEY_CO_TRY(node, front->FindNumber(id));  // as it is after the wait
  if (body.webhook_url || body.verify_token) node.app.callback = callback;
  if (body.needs_proof) node.app.needs_proof = *body.needs_proof;
  if (body.fields) node.app.fields = *body.fields;
  PARLEY_CO_CHECK(front->ChangeApp(id, node.app));
  PARLEY_CO_CHECK(ApplyToAccount(*call, *front, node, body));
  PARLEY_CO_CHECK(ApplyToNumber(*front, node, body));
  PARLEY_CO_TRY(changed, front->FindNumber(id));
  co_return Reply(200, ShowCloudNumber(changed, *call));
}

Answer DeleteCloudNumber(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_CHECK(front->RemoveNumber(call.Parameter("id")));
  return NoContent();
}

Answer CreateCloudToken(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(body, call.Body<NewCloudToken>());
  const std::vector<std::string> all = {std::string(graph::kManagementPermission),
                                        std::string(graph::kMessagingPermission)};
  const std::vector<std::string> permissions = body.permissions.value_or(all);
  for (const std::string& permission : permissions)
    if (std::find(all.begin(), all.end(), permission) == all.end())
      return base::FieldError("permissions", "There is no permission " + permission);
  if (permissions.size() > kMaxTokenPermissions)
    return base::FieldError("permissions", "One is there twice");
  std::optional<base::Time> expires_at;
  if (body.expires_in) expires_at = call.network.Now() + std::chrono::seconds(*body.expires_in);
  PARLEY_TRY(token, front->AddToken(call.Parameter("id"), permissions, expires_at));
  ShownCloudToken shown;
  shown.access_token = token.token;
  return Reply(201, shown);
}

Answer RevokeCloudToken(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_CHECK(front->RevokeToken(call.Parameter("id"), call.Parameter("token")));
  return NoContent();
}

Answer ReceiveOnCloud(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(body, call.Body<ReceiveBody>());
  PARLEY_TRY(from, ParseNumber(body.from, "from"));
  base::json::object* message = body.message.if_object();
  if (message == nullptr || base::FindText(*message, "type").empty())
    return base::FieldError("message", "Must be an object with a type");
  PARLEY_TRY(id, front->Receive(call.Parameter("id"), from, std::move(*message)));
  ReceivedBody shown;
  shown.id = id;
  return Reply(201, shown);
}

Answer TellOnCloud(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(body, call.Body<TellBody>());
  base::json::object* value = body.value.if_object();
  if (value == nullptr) return base::FieldError("value", "Must be an object");
  PARLEY_CHECK(front->Tell(call.Parameter("id"), body.field, std::move(*value)));
  return NoContent();
}

Answer ListCloudFaults(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  ShownCloudFaults shown;
  shown.faults = front->ListFaults();
  return Reply(200, shown);
}

Answer CreateCloudFault(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(rule, call.Body<graph::FaultRule>());
  PARLEY_TRY(entry, front->AddFault(std::move(rule)));
  return Reply(201, entry);
}

Answer DeleteCloudFault(const Call& call) {
  PARLEY_TRY(front, call.Graph());
  PARLEY_TRY(id, call.RuleId());
  PARLEY_CHECK(front->RemoveFault(id));
  return NoContent();
}

}  // namespace parley::sim::control
