// ChannelRunner: what its link reports, what follows from it, and pairing.
#include <algorithm>

#include "base/log.h"
#include "core/channels/reports.h"
#include "core/channels/runner.h"

namespace parley::core {
namespace {

constexpr base::Duration kFollowLimit = std::chrono::seconds(10);

}  // namespace

base::Task<base::Result<void>> ChannelRunner::Report(std::vector<LinkReport> reports,
                                                     LinkWrites state) {
  const Stamp stamp(scheduler_.Now(), random_);
  auto write = [account = channel_->account, row = channel_->row, reports, state = std::move(state),
                stamp](Transaction& tx) {
    return ApplyReports(tx, account, row, reports, state, stamp);
  };
  ++tasks_;
  auto written = co_await store_.Write(std::move(write));
  if (written) {
    for (const LinkReport& report : reports) Apply(report);
    std::vector<LinkRequest> requests = RequestsAfter(reports);
    if (!requests.empty()) {
      ++tasks_;
      scheduler_.Spawn("channel follow", Follow(std::move(requests)));
    }
  }
  TaskEnded();
  co_return written;
}

void ChannelRunner::Apply(const LinkReport& report) {
  if (const auto* state = std::get_if<StateReport>(&report)) {
    connected_ = state->state == ChannelState::kConnected && !stopping_;
    ended_ = state->state == ChannelState::kPending || state->state == ChannelState::kLoggedOut;
    if (state->state != ChannelState::kPairing) {
      pairing_.reset();
      pairing_ended_ = state->reason.empty() ? "ended" : state->reason;
      pairing_changed_.Notify();
    }
    if (!connected_) return;
    Wake();
    Dispatch();
  } else if (const auto* offered = std::get_if<PairingReport>(&report)) {
    pairing_ = ChannelPort::Pairing{offered->qr, offered->code, offered->expires_at};
    pairing_changed_.Notify();
  }
}

std::vector<LinkRequest> ChannelRunner::RequestsAfter(
    const std::vector<LinkReport>& reports) const {
  std::vector<LinkRequest> requests;
  core::MarkRead read;
  for (const LinkReport& report : reports) {
    if (const auto* message = std::get_if<IncomingMessage>(&report))
      if (settings_.read_incoming && !message->from_me && !message->history)
        read.link_ids.push_back(message->link_id);
    if (const auto* call = std::get_if<CallReport>(&report))
      if (settings_.auto_reject_calls && !call->call.from_me &&
          call->call.status == CallStatus::kRinging)
        requests.emplace_back(RejectCall{call->call.id});
    if (const auto* state = std::get_if<StateReport>(&report))
      if (settings_.always_online && state->state == ChannelState::kConnected)
        requests.emplace_back(core::ShowPresence{PresenceKind::kAvailable, std::nullopt});
  }
  if (!read.link_ids.empty()) requests.emplace_back(std::move(read));
  return requests;
}

base::Task<> ChannelRunner::Follow(std::vector<LinkRequest> requests) {
  for (LinkRequest& request : requests) {
    if (!connected_ || stopping_) break;
    const auto answer = co_await link_->Request(std::move(request), kFollowLimit);
    if (!answer)
      base::LogDebug("What a setting asks for could not be done",
                     {{"reason", answer.error().public_text()}});
  }
  TaskEnded();
}

void ChannelRunner::SetSettings(const ChannelSettings& settings) {
  const bool shows = settings.always_online, showed = settings_.always_online;
  settings_ = settings;
  if (shows == showed || !connected_ || stopping_) return;
  std::vector<LinkRequest> requests;
  requests.emplace_back(core::ShowPresence{
      shows ? PresenceKind::kAvailable : PresenceKind::kUnavailable, std::nullopt});
  ++tasks_;
  scheduler_.Spawn("channel follow", Follow(std::move(requests)));
}

base::Task<base::Result<LinkAnswer>> ChannelRunner::Request(LinkRequest request,
                                                            base::Duration limit) {
  if (!connected_) co_return base::ErrorCode::kChannelNotConnected;
  ++tasks_;
  auto answer = co_await link_->Request(std::move(request), limit);
  TaskEnded();
  co_return answer;
}

base::Task<base::Result<ChannelPort::Pairing>> ChannelRunner::OfferPairing(std::string phone,
                                                                           base::Duration limit) {
  if (!capabilities_.pairing_qr && !capabilities_.pairing_code)
    co_return base::Error(base::ErrorCode::kNotSupported,
                          "The channel is connected by credentials, there is nothing to scan");
  ++tasks_;
  auto pairing = co_await WaitForPairing(std::move(phone), limit);
  TaskEnded();
  co_return pairing;
}

base::Task<base::Result<ChannelPort::Pairing>> ChannelRunner::WaitForPairing(std::string phone,
                                                                             base::Duration limit) {
  // Another request would end the code that somebody is about to type.
  const bool on_offer = pairing_ && !pairing_->code.empty() && pairing_phone_ == phone;
  if (!phone.empty() && !on_offer) {
    if (pairing_ && !pairing_->code.empty()) pairing_.reset();
    pairing_phone_ = phone;
    auto requested = co_await link_->RequestPairingCode(phone);
    if (!requested) co_return requested.error();
  }
  const auto fits = [&] { return pairing_ && pairing_->code.empty() == phone.empty(); };
  const base::Microseconds end = scheduler_.Monotonic() + limit;
  while (!fits()) {
    const auto left = std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic());
    if (left.count() <= 0 || !co_await pairing_changed_.WaitFor(left))
      co_return base::Error(base::ErrorCode::kTimeout, "The network offered no pairing code");
    if (!pairing_ && (stopping_ || !pairing_ended_.empty()))
      co_return base::Error(base::ErrorCode::kInvalidState, "Pairing ended: " + pairing_ended_);
  }
  co_return *pairing_;
}

}  // namespace parley::core
