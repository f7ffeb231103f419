#include "core/channels/host.h"

#include <algorithm>

#include "base/log.h"
#include "core/channels/channel_store.h"
#include "core/channels/deletion.h"
#include "core/channels/reports.h"

namespace parley::core {
namespace {

constexpr int kChannelsPage = 200;
constexpr base::Duration kLoadRetry = std::chrono::seconds(1);

// Whether the channel should have a connection: its owner wants it and there is a pairing.
bool ShouldConnect(const Channel& channel) {
  return channel.enabled &&
         (channel.state == ChannelState::kConnecting || channel.state == ChannelState::kConnected ||
          channel.state == ChannelState::kDisconnected);
}

// Whether a device of it may be linked at a phone.
bool MayBePaired(const Channel& channel, const LinkFactory* factory) {
  if (factory == nullptr || !channel.connected_at) return false;
  const Capabilities capabilities = factory->CapabilitiesOf(channel.link_profile);
  return capabilities.pairing_qr || capabilities.pairing_code;
}

}  // namespace

base::Task<> ChannelHost::Start() {
  ChannelRow after;
  while (true) {
    auto read = [after](const Transaction& tx) {
      return tx.channels().ListAll(after, kChannelsPage);
    };
    auto page = co_await store_.Read(read);
    if (!page) {
      base::LogError("Channels could not be read", {{"reason", page.error().detail}});
      co_return;
    }
    for (const Channel& channel : *page) {
      after = channel.row;
      const bool was_pairing = channel.state == ChannelState::kPairing;
      if (ShouldConnect(channel) || was_pairing || channel.state == ChannelState::kDeleting)
        Refresh(channel.row);
    }
    if (page->size() < kChannelsPage) co_return;
  }
}

base::Task<> ChannelHost::Stop() {
  stopping_ = true;
  // Side by side: each may have to wait for its network.
  for (auto& [row, runner] : std::exchange(runners_, {})) {
    ++tasks_;
    store_.scheduler().Spawn("channel stop", StopRunner(std::move(runner)));
  }
  while (tasks_ > 0) co_await idle_.Wait();
}

base::Task<> ChannelHost::StopRunner(std::unique_ptr<ChannelRunner> runner) {
  co_await runner->Stop(false);
  if (--tasks_ == 0) idle_.Notify();
}

std::size_t ChannelHost::connected() const {
  return static_cast<std::size_t>(
      std::count_if(runners_.begin(), runners_.end(),
                    [](const auto& entry) { return entry.second->connected(); }));
}

void ChannelHost::Wake(ChannelRow channel) {
  store_.scheduler().Post([this, channel] {
    if (const auto runner = runners_.find(channel); runner != runners_.end())
      runner->second->Wake();
  });
}

void ChannelHost::Refresh(ChannelRow channel) {
  store_.scheduler().Post([this, channel] {
    if (stopping_) return;
    ++tasks_;
    store_.scheduler().Spawn("channel refresh", RefreshNow(channel));
  });
}

void ChannelHost::Restart(ChannelRow channel) {
  store_.scheduler().Post([this, channel] {
    if (stopping_) return;
    ++tasks_;
    store_.scheduler().Spawn("channel restart", RestartNow(channel));
  });
}

base::Task<> ChannelHost::RestartNow(ChannelRow channel) {
  co_await End(channel, false);
  co_await RefreshNow(channel);
}

base::Task<ChannelPtr> ChannelHost::Load(ChannelRow row) {
  // A page of one row: the only read that needs no account, for the owner of the channels.
  auto read = [row](const Transaction& tx) -> base::Result<ChannelPtr> {
    PARLEY_TRY(page, tx.channels().ListAll(ChannelRow(row.value - 1), 1));
    if (page.empty() || page.front().row != row) return ChannelPtr();
    return std::make_shared<const Channel>(std::move(page.front()));
  };
  auto found = co_await store_.Read(read);
  co_return found ? *found : ChannelPtr();
}

ChannelRunner* ChannelHost::RunnerOf(const ChannelPtr& channel) {
  std::unique_ptr<ChannelRunner>& runner = runners_[channel->row];
  if (!runner) {
    LinkFactory* factory = links_.Get(channel->link);
    if (factory == nullptr) {
      base::LogWarning("A channel's link is not available",
                       {{"channel", channel->id.value.ToText()}, {"link", NameOf(channel->link)}});
      runners_.erase(channel->row);
      return nullptr;
    }
    runner = std::make_unique<ChannelRunner>(store_, random_, *factory, channel);
    runner->Start();
  }
  return runner.get();
}

base::Task<> ChannelHost::RefreshNow(ChannelRow row) {
  const ChannelPtr channel = co_await Load(row);
  if (channel && !stopping_) {
    if (channel->state == ChannelState::kDeleting) {
      co_await Delete(channel);
    } else if (ShouldConnect(*channel)) {
      if (ChannelRunner* runner = RunnerOf(channel)) runner->SetSettings(channel->settings);
    } else if (!channel->enabled) {
      co_await End(row, false);
    } else if (channel->state == ChannelState::kPairing && !runners_.contains(row)) {
      // The offer ended with the process that made it.
      const Stamp stamp(store_.scheduler().Now(), random_);
      auto write = [channel, stamp](Transaction& tx) {
        Stamp ids = stamp;
        return ChangeState(tx, *channel, UnpairedState(*channel), "restarted", ids);
      };
      (void)co_await store_.Write(std::move(write));
    }
  }
  if (--tasks_ == 0) idle_.Notify();
}

base::Task<> ChannelHost::End(ChannelRow channel, bool log_out) {
  auto node = runners_.extract(channel);
  if (node) co_await node.mapped()->Stop(log_out);
}

// A runner whose pairing is over makes room for the one that pairs again.
base::Task<> ChannelHost::DropEnded(ChannelRow channel) {
  const auto runner = runners_.find(channel);
  if (runner == runners_.end() || !runner->second->ended()) co_return;
  ++tasks_;
  co_await End(channel, false);
  if (--tasks_ == 0) idle_.Notify();
}

// Once at a time. A pairing is ended also by a channel that is not connected: its link sees to it.
base::Task<> ChannelHost::Delete(ChannelPtr channel) {
  if (!deleting_.insert(channel->row).second) co_return;
  if (MayBePaired(*channel, links_.Get(channel->link))) RunnerOf(channel);
  co_await End(channel->row, true);
  co_await FinishDeletion(channel);
  deleting_.erase(channel->row);
}

// It was promised: a store that takes nothing now is asked again. What a stop interrupts is taken
// up at the next start.
base::Task<> ChannelHost::FinishDeletion(ChannelPtr channel) {
  bool done = false;
  while (!done && !stopping_) {
    const Stamp stamp(store_.scheduler().Now(), random_);
    auto write = [channel, stamp](Transaction& tx) { return DeleteStep(tx, *channel, stamp); };
    auto finished = co_await store_.Write(std::move(write));
    if (!finished) {
      base::LogWarning("A channel could not be deleted", {{"channel", channel->id.value.ToText()},
                                                          {"reason", finished.error().detail}});
      co_await store_.scheduler().Sleep(kLoadRetry);
      continue;
    }
    done = *finished;
  }
}

base::Task<base::Result<ChannelPort::Pairing>> ChannelHost::OfferPairing(ChannelRow row,
                                                                         std::string phone,
                                                                         base::Duration limit) {
  co_await DropEnded(row);
  const ChannelPtr channel = co_await Load(row);
  if (!channel) co_return base::ErrorCode::kNotFound;
  if (channel->state != ChannelState::kPending && channel->state != ChannelState::kPairing &&
      channel->state != ChannelState::kLoggedOut)
    co_return base::Error(base::ErrorCode::kInvalidState, "The channel is paired already");
  if (!phone.empty() && channel->connected_at && phone != channel->phone)
    co_return base::FieldError("phone", "The channel belongs to another number");
  ChannelRunner* runner = stopping_ ? nullptr : RunnerOf(channel);
  if (runner == nullptr)
    co_return base::Error(base::ErrorCode::kUnavailable, "The channel cannot be reached now");
  co_return co_await runner->OfferPairing(std::move(phone), limit);
}

base::Task<base::Result<LinkAnswer>> ChannelHost::Request(ChannelRow channel, LinkRequest request,
                                                          base::Duration limit) {
  const auto runner = runners_.find(channel);
  if (runner == runners_.end() || stopping_) co_return base::ErrorCode::kChannelNotConnected;
  co_return co_await runner->second->Request(std::move(request), limit);
}

}  // namespace parley::core
