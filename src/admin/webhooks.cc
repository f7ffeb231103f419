// Webhook subscriptions: how they do, switching them on, their secrets, and posting again what was
// given up.
#include "core/webhooks/webhooks.h"

#include <algorithm>

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "admin/webhook_schema.h"
#include "admin/webhook_view.h"
#include "base/text.h"
#include "core/channels/channels.h"

namespace parley::admin {
namespace {

SubscriptionView ViewOf(const core::Subscription& subscription, const ChannelIds& channels) {
  SubscriptionView view;
  view.subscription_id = Spell(subscription.id);
  view.account_id = Spell(subscription.account_id);
  view.channel_id = SpellChannel(channels, subscription.channel);
  view.dialect = NameOf(subscription.dialect);
  view.url = subscription.url;
  view.events = subscription.events;
  view.state = NameOf(subscription.state);
  view.state_reason = base::NonEmpty(subscription.state_reason);
  view.failing_since = Spell(subscription.failing_since);
  view.behind = subscription.behind;
  view.created_at = Spell(subscription.created_at);
  return view;
}

base::Task<base::Result<ChannelIds>> ChannelsOf(Call& call, core::AccountRow account,
                                                std::vector<core::Subscription> subscriptions) {
  std::vector<core::ChannelRow> rows;
  for (const core::Subscription& subscription : subscriptions)
    if (subscription.channel) rows.push_back(*subscription.channel);
  return ChannelIdsOf(call, account, std::move(rows));
}

HandlerResult Shown(Call& call, core::Subscription subscription) {
  const std::vector<core::Subscription> one(1, subscription);
  PARLEY_CO_TRY(channels, co_await ChannelsOf(call, subscription.account, one));
  co_return Reply(200, ViewOf(subscription, channels));
}

base::Task<base::Result<core::ChannelPtr>> ChannelNamed(Call& call, core::AccountRow account,
                                                        std::string text) {
  const auto id = base::Uuid::Parse(text);
  if (!id) co_return base::FieldError("channel_id", "Unknown channel");
  auto found = co_await call.core.channels.GetById(account, core::ChannelId(*id));
  if (!found && found.error().code == base::ErrorCode::kNotFound)
    co_return base::FieldError("channel_id", "Unknown channel");
  if (!found) co_return found.error();
  co_return std::make_shared<const core::Channel>(std::move(*found));
}

}  // namespace

HandlerResult ListSubscriptions(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(after, QueryId<core::SubscriptionId>(call.request, "after"));
  core::SubscriptionStore::Filter everything;
  PARLEY_CO_TRY(all, co_await call.core.webhooks.List(account.row, everything));
  if (after) {
    const auto last = std::find_if(all.begin(), all.end(),
                                   [&](const core::Subscription& one) { return one.id == *after; });
    if (last == all.end()) co_return base::FieldError("after", "Unknown subscription");
    all.erase(all.begin(), last + 1);
  }
  const bool more = all.size() > static_cast<std::size_t>(limit);
  if (more) all.resize(static_cast<std::size_t>(limit));
  PARLEY_CO_TRY(channels, co_await ChannelsOf(call, account.row, all));
  SubscriptionList list;
  for (const core::Subscription& one : all) list.subscriptions.push_back(ViewOf(one, channels));
  if (more) list.next = list.subscriptions.back().subscription_id;
  co_return Reply(200, list);
}

HandlerResult GetSubscription(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  auto found = co_await call.core.webhooks.Get(account.row, id);
  PARLEY_CO_TRY(subscription, Named(std::move(found), "subscription"));
  co_return co_await Shown(call, subscription);
}

HandlerResult CreateSubscription(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(body, ReadBody<NewSubscriptionBody>(call.request));
  core::Dialect dialect = core::Dialect::kAdmin;
  ParseName(body.fields.dialect, dialect);
  core::ChannelPtr channel;
  if (body.fields.channel_id) {
    PARLEY_CO_TRY(found, co_await ChannelNamed(call, account.row, *body.fields.channel_id));
    channel = std::move(found);
  }
  core::NewSubscription wanted;
  wanted.url = std::move(body.fields.url);
  if (body.fields.events) wanted.events = std::move(*body.fields.events);
  wanted.secret = std::move(body.fields.secret);
  PARLEY_CO_TRY(made, co_await call.core.webhooks.SubscribeByRules(account, channel, dialect,
                                                                   std::move(wanted)));
  // Read again: with what only the store knows.
  PARLEY_CO_TRY(subscription, co_await call.core.webhooks.Get(account.row, made.id));
  const std::vector<core::Subscription> one(1, subscription);
  PARLEY_CO_TRY(channels, co_await ChannelsOf(call, account.row, one));
  co_return Reply(201, ViewOf(subscription, channels));
}

HandlerResult TestSubscription(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  auto posted = co_await call.core.webhooks.Test(account.row, id);
  PARLEY_CO_TRY(test, Named(std::move(posted), "subscription"));
  TestReply reply;
  if (test.answer.status != 0) reply.status = test.answer.status;
  reply.error = base::NonEmpty(test.answer.error);
  reply.duration_ms = test.answer.took.count();
  reply.request = ViewOf(test.post);
  if (test.answer.status != 0) reply.response = std::move(test.answer.body);
  co_return Reply(200, reply);
}

HandlerResult EnableSubscription(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  auto enabled = co_await call.core.webhooks.Enable(account.row, id);
  PARLEY_CO_TRY(subscription, Named(std::move(enabled), "subscription"));
  co_return co_await Shown(call, subscription);
}

HandlerResult SetSubscriptionSecret(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  PARLEY_CO_TRY(body, ReadBody<SecretBody>(call.request));
  auto set = co_await call.core.webhooks.SetSecret(account.row, id, std::move(body.fields.secret));
  SecretReply reply;
  PARLEY_CO_TRY(secret, Named(std::move(set), "subscription"));
  reply.secret = std::move(secret);
  co_return Reply(200, reply);
}

HandlerResult DeleteSubscription(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  auto found = co_await call.core.webhooks.Get(account.row, id);
  PARLEY_CO_TRY(subscription, Named(std::move(found), "subscription"));
  auto deleted = co_await call.core.webhooks.Delete(account.row, subscription.dialect, id);
  PARLEY_CO_CHECK(Named(std::move(deleted), "subscription"));
  co_return NoContent();
}

HandlerResult ReplayDeliveries(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  PARLEY_CO_TRY(body, ReadBody<ReplayBody>(call.request));
  if (body.fields.from > body.fields.to)
    co_return base::FieldError("to", "Must not be less than from");
  auto count = co_await call.core.webhooks.Replay(
      account.row, id, core::EventPosition(body.fields.from), core::EventPosition(body.fields.to),
      body.fields.also_done.value_or(false));
  PARLEY_CO_TRY(replayed, Named(std::move(count), "subscription"));
  ReplayReply reply;
  reply.replayed = replayed;
  co_return Reply(200, reply);
}

}  // namespace parley::admin
