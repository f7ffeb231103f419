// MultideviceLink: what follows from the end of a connection.
#include <utility>

#include "base/log.h"
#include "link/multidevice/link.h"

namespace parley::link::multidevice {
namespace {

// A network that asks for a restart again so soon gets one after a pause.
constexpr base::Duration kRestartsApart = std::chrono::seconds(10);
// Attempts to offer pairing before it is given up.
constexpr int kOfferAttempts = 3;
constexpr base::Duration kRecordsRetry = std::chrono::seconds(1);

}  // namespace

// What comes after an end; false when there is nothing left to do.
base::Task<bool> MultideviceLink::Follow(Ending ending) {
  if (!device_->pairing) co_return co_await FollowUnpaired(std::move(ending));
  if (just_paired_) co_return true;
  const bool comes_back = ending.next != Next::kStop && ending.next != Next::kLogOut;
  if (comes_back) ++context_.counters.reconnects[ending.reason];
  switch (ending.next) {
    case Next::kRestart: {
      const base::Microseconds now = scheduler_.Monotonic();
      const bool at_once = !restarted_at_ || now - *restarted_at_ >= kRestartsApart;
      restarted_at_ = now;
      if (at_once) co_return true;
      [[fallthrough]];
    }
    case Next::kReconnect:
    case Next::kEndOffer:
      co_await ReportState(core::ChannelState::kConnecting, std::move(ending.reason));
      if (!logging_out_) co_await Pause(backoff_.Next(random_));
      co_return true;
    case Next::kStop:
      base::LogWarning("A channel stays disconnected",
                       {{"channel", channel_.id.value.ToText()}, {"reason", ending.reason}});
      co_await ReportState(core::ChannelState::kDisconnected, std::move(ending.reason));
      while (!stopping_ && !client_changed_ && !logging_out_) co_await changed_.Wait();
      co_return true;
    case Next::kLogOut:
      break;
  }
  base::LogInfo("A channel was logged out",
                {{"channel", channel_.id.value.ToText()}, {"reason", ending.reason}});
  auto writes = co_await records_.DropAll();
  while (!writes && !stopping_) {
    co_await Pause(kRecordsRetry);
    writes = co_await records_.DropAll();
  }
  if (!writes) co_return false;
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{core::ChannelState::kLoggedOut, ending.reason});
  (void)co_await reporter_.Report(std::move(reports), std::move(*writes));
  co_return false;
}

// An offer of pairing is not repeated by itself: whoever asked for it is gone by then.
base::Task<bool> MultideviceLink::FollowUnpaired(Ending ending) {
  const bool was_offered = !ref_.empty();
  const bool try_again = ending.next == Next::kReconnect && !was_offered;
  if (try_again && ++failures_ < kOfferAttempts) {
    co_await Pause(backoff_.Next(random_));
    co_return true;
  }
  std::string reason = std::move(ending.reason);
  if (was_offered && ending.next == Next::kReconnect) reason = "pairing_expired";
  co_await ReportState(core::ChannelState::kPending, std::move(reason));
  co_return false;
}

}  // namespace parley::link::multidevice
