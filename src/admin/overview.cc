// The overview: what happens, and what needs attention.
#include <algorithm>

#include "admin/addresses.h"
#include "admin/figures.h"
#include "admin/handlers.h"
#include "admin/overview_schema.h"
#include "base/scheduler.h"
#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/store.h"
#include "core/webhooks/webhook_store.h"

namespace parley::admin {
namespace {

constexpr int kChannelsPerRead = 500;

// What the store knows of trouble.
struct Trouble {
  std::vector<TroubledChannel> channels;
  std::vector<core::Subscription> subscriptions;
};

base::Result<void> AddChannels(const core::Transaction& tx, Trouble& trouble) {
  core::ChannelRow after;
  for (;;) {
    PARLEY_TRY(page, tx.channels().ListAll(after, kChannelsPerRead));
    for (core::Channel& channel : page) {
      if (trouble.channels.size() >= kMaxAttention) return {};
      if (!AttentionOf(TroubledChannel{channel, core::AccountId()})) continue;
      PARLEY_TRY(account, tx.accounts().Find(channel.account));
      if (account) trouble.channels.push_back(TroubledChannel{std::move(channel), account->id});
    }
    if (page.size() < static_cast<std::size_t>(kChannelsPerRead)) return {};
    after = page.back().row;
  }
}

// Whether reading all channels can find anything.
bool MayBeTroubled(const std::vector<StateFigures>& states) {
  return std::any_of(states.begin(), states.end(), [](const StateFigures& one) {
    return one.count > 0 && (one.state == NameOf(core::ChannelState::kLoggedOut) ||
                             one.state == NameOf(core::ChannelState::kDisconnected) ||
                             one.state == NameOf(core::ChannelState::kPairing));
  });
}

base::Task<base::Result<std::vector<AttentionView>>> ReadAttention(Context& context,
                                                                   bool with_channels) {
  auto read = [with_channels](const core::Transaction& tx) -> base::Result<Trouble> {
    Trouble trouble;
    if (with_channels) PARLEY_CHECK(AddChannels(tx, trouble));
    PARLEY_TRY(subscriptions, tx.subscriptions().ListFailing(static_cast<int>(kMaxAttention)));
    trouble.subscriptions = std::move(subscriptions);
    return trouble;
  };
  PARLEY_CO_TRY(trouble, co_await context.core.store.Read(read));
  std::vector<AttentionView> views;
  for (const TroubledChannel& channel : trouble.channels) views.push_back(*AttentionOf(channel));
  for (const core::Subscription& one : trouble.subscriptions) views.push_back(AttentionOf(one));
  co_return views;
}

void AddSample(SeriesView& series, const Sample& sample) {
  const LoadCounters& counted = sample.counted;
  series.accepted.push_back(counted.accepted);
  series.sent.push_back(counted.sent);
  series.received.push_back(counted.received);
  series.webhooks_delivered.push_back(counted.webhooks_delivered);
  series.webhooks_failed.push_back(counted.webhooks_failed);
  series.queue.push_back(sample.levels.store_queue);
  series.deliveries_waiting.push_back(sample.levels.deliveries_waiting);
  // Whole microseconds, in milliseconds.
  const std::int64_t mean_us = counted.requests == 0 ? 0 : counted.request_us / counted.requests;
  series.request_ms.push_back(static_cast<double>(mean_us) / 1000);
}

TotalsView TotalsOf(const LoadCounters& counters) {
  TotalsView totals;
  totals.accepted = counters.accepted;
  totals.sent = counters.sent;
  totals.received = counters.received;
  totals.webhooks_delivered = counters.webhooks_delivered;
  totals.webhooks_failed = counters.webhooks_failed;
  totals.webhooks_dead = counters.webhooks_dead;
  totals.requests = counters.requests;
  return totals;
}

}  // namespace

HandlerResult GetOverview(Call& call) {
  Context& context = call.context;
  PARLEY_CO_TRY(figures, co_await FiguresOf(context));
  PARLEY_CO_TRY(attention, co_await ReadAttention(context, MayBeTroubled(figures.channels)));
  const base::Time now = call.core.scheduler.Now();
  OverviewView view;
  LoadCounters lately;
  for (const Sample& sample : context.samples.Read()) {
    AddSample(view.series, sample);
    lately += sample.counted;
  }
  for (AttentionView& one : AttentionOf(figures, context.node, lately.webhooks_dead, now))
    attention.push_back(std::move(one));
  SortBySeverity(attention);
  view.now = Spell(now);
  view.step_seconds = Samples::kStep.count();
  view.from = Spell(context.samples.from());
  view.channels = std::move(figures.channels);
  view.totals = TotalsOf(context.node.CurrentLoad().counters);
  view.attention = std::move(attention);
  co_return Reply(200, view);
}

}  // namespace parley::admin
