// The account at a glance.
#include "api/wapio/addresses.h"
#include "api/wapio/dashboard_schema.h"
#include "api/wapio/handlers.h"
#include "core/channels/channels.h"
#include "core/webhooks/webhooks.h"

namespace parley::api::wapio {
namespace {

constexpr int kPage = 200;

void Count(SessionCounts& counts, std::string_view status) {
  ++counts.total;
  if (status == "connected") ++counts.connected;
  if (status == "connecting") ++counts.connecting;
  if (status == "disconnected") ++counts.disconnected;
  if (status == "pending") ++counts.pending;
  if (status == "pending_deletion") ++counts.pending_deletion;
}

}  // namespace

HandlerResult GetDashboard(Call& call) {
  const core::Account& account = call.caller->account;
  DashboardReply reply;
  reply.account_id = Spell(account.id);
  reply.name = account.name;
  reply.plan = account.plan;
  reply.on_trial = account.on_trial;
  if (account.expires_at) reply.expires_at = Iso(*account.expires_at);
  reply.requests_per_minute = account.requests_per_minute;

  core::ChannelStore::Filter filter;
  filter.limit = kPage;
  for (bool more = true; more;) {
    PARLEY_CO_TRY(channels, co_await call.core.channels.List(account.row, filter));
    for (const core::Channel& channel : channels) Count(reply.sessions, StatusOf(channel.state));
    more = static_cast<int>(channels.size()) == kPage;
    if (more) filter.before = channels.back().row;
  }
  core::SubscriptionStore::Filter of_wapio;
  of_wapio.dialect = core::Dialect::kWapio;
  PARLEY_CO_TRY(webhooks, co_await call.core.webhooks.List(account.row, of_wapio));
  for (const core::Subscription& webhook : webhooks) {
    ++reply.webhooks.total;
    if (webhook.state == core::SubscriptionState::kActive) ++reply.webhooks.active;
  }
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace parley::api::wapio
