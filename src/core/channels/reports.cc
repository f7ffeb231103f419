#include "core/channels/reports.h"

#include <algorithm>

#include "core/channels/channel_store.h"
#include "core/chats/change.h"
#include "core/contacts/learn.h"
#include "core/event_store.h"
#include "core/groups/learn.h"
#include "core/messages/receive.h"

namespace parley::core {
namespace {

class Applier {
 public:
  Applier(Transaction& tx, AccountRow account, ChannelRow channel, Stamp& stamp)
      : tx_(tx), account_(account), channel_(channel), stamp_(stamp) {}

  base::Result<void> operator()(const StateReport& report) {
    PARLEY_TRY(channel, Current());
    const ChannelState state =
        report.state == ChannelState::kPending ? UnpairedState(*channel) : report.state;
    return ChangeState(tx_, *channel, state, report.reason, stamp_);
  }

  base::Result<void> operator()(const PairingReport& report) {
    PARLEY_TRY(channel, Current());
    if (channel->state != ChannelState::kPairing) {
      PARLEY_CHECK(ChangeState(tx_, *channel, ChannelState::kPairing, "", stamp_));
      PARLEY_TRY(changed, Current());
      channel = changed;
    }
    Event event = NewEvent();
    PairingOffered offered;
    offered.channel = SnapshotOf(*channel);
    offered.qr = report.qr;
    offered.code = report.code;
    offered.expires_at = report.expires_at;
    event.body = std::move(offered);
    PARLEY_CHECK(tx_.events().Append(event));
    return {};
  }

  base::Result<void> operator()(const PairedReport& report) {
    PARLEY_TRY(channel, Current());
    if (channel->connected_at && report.phone != channel->phone)
      return base::Error(base::ErrorCode::kInvalidState, "The channel belongs to another number");
    Channel paired = *channel;
    paired.phone = report.phone;
    paired.profile = report.profile;
    paired.updated_at = stamp_.now();
    return tx_.channels().Update(paired);
  }

  base::Result<void> operator()(const IncomingMessage& report) {
    PARLEY_TRY(channel, Current());
    return Receive(tx_, *channel, report, stamp_);
  }

  base::Result<void> operator()(const StatusPost& report) {
    PARLEY_TRY(channel, Current());
    return ReceiveStatus(tx_, *channel, report, stamp_);
  }

  base::Result<void> operator()(const GroupReport& report) {
    PARLEY_TRY(channel, Current());
    return ApplyGroup(tx_, *channel, report, stamp_);
  }

  base::Result<void> operator()(const ParticipantsReport& report) {
    PARLEY_TRY(channel, Current());
    return ApplyParticipants(tx_, *channel, report, stamp_);
  }

  base::Result<void> operator()(const CallReport& report) {
    PARLEY_TRY(channel, Current());
    PARLEY_TRY(person, LearnPeer(tx_, account_, report.with, stamp_));
    Event event = NewEvent();
    CallHappened happened;
    happened.channel = SnapshotOf(*channel);
    happened.with = person.peer;
    happened.call = report.call;
    event.body = std::move(happened);
    PARLEY_CHECK(tx_.events().Append(event));
    return {};
  }

  base::Result<void> operator()(const ContactReport& report) {
    PARLEY_TRY(channel, Current());
    PARLEY_CHECK(ChangeContact(tx_, account_, channel.get(), report.news, stamp_));
    return {};
  }

  base::Result<void> operator()(const ChatReport& report) {
    PARLEY_TRY(channel, Current());
    return ChangeChat(tx_, *channel, report, stamp_);
  }

  base::Result<void> operator()(const TemplateReport& report) {
    PARLEY_TRY(channel, Current());
    Event event = NewEvent();
    TemplateChanged changed;
    changed.channel = SnapshotOf(*channel);
    changed.id = report.subject.id;
    changed.name = report.subject.name;
    changed.language = report.subject.language;
    changed.category = report.subject.category;
    changed.status = report.subject.status;
    changed.reason = report.subject.rejected_reason;
    changed.changed_at = std::min(report.at, stamp_.now());
    event.body = std::move(changed);
    PARLEY_CHECK(tx_.events().Append(event));
    return {};
  }

  base::Result<void> operator()(const HookReport& report) {
    PARLEY_TRY(channel, Current());
    if (!channel->settings.raw_hooks) return {};
    Event event = NewEvent();
    ProviderHook hook;
    hook.channel = SnapshotOf(*channel);
    hook.body = report.body;
    event.body = std::move(hook);
    PARLEY_CHECK(tx_.events().Append(event));
    return {};
  }

  base::Result<void> operator()(const ReceiptReport& report) {
    PARLEY_TRY(channel, Current());
    return ApplyReceipt(tx_, *channel, report, stamp_);
  }

 private:
  Event NewEvent() {
    Event event;
    event.id = stamp_.Next<EventId>();
    event.account = account_;
    event.channel = channel_;
    event.at = stamp_.now();
    return event;
  }

  base::Result<ChannelPtr> Current() const {
    PARLEY_TRY(channel, tx_.channels().Find(account_, channel_));
    if (!channel) return base::ErrorCode::kNotFound;
    return channel;
  }

  Transaction& tx_;
  const AccountRow account_;
  const ChannelRow channel_;
  Stamp& stamp_;
};

}  // namespace

base::Result<void> ApplyReports(Transaction& tx, AccountRow account, ChannelRow channel,
                                const std::vector<LinkReport>& reports, const LinkWrites& state,
                                Stamp stamp) {
  Applier apply(tx, account, channel, stamp);
  for (const LinkReport& report : reports) PARLEY_CHECK(std::visit(apply, report));
  if (state.empty()) return {};
  return tx.link_state().Apply(channel, state);
}

base::Result<void> ChangeState(Transaction& tx, Channel channel, ChannelState state,
                               std::string reason, Stamp& stamp) {
  if (!MayChange(channel.state, state)) return {};
  const ChannelState previous = channel.state;
  channel.state = state;
  channel.state_reason = std::move(reason);
  channel.updated_at = stamp.now();
  if (state == ChannelState::kConnected && !channel.connected_at)
    channel.connected_at = stamp.now();
  PARLEY_CHECK(tx.channels().Update(channel));

  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.at = stamp.now();
  ChannelStateChanged changed;
  changed.channel = SnapshotOf(channel);
  changed.previous = previous;
  event.body = std::move(changed);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

}  // namespace parley::core
