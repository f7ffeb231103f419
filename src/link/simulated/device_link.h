// The link of one channel: its device's connection to the network.
//
//   device_link.cc     pairing, connecting, sending and requests
//   device_reports.cc  reporting what the network gives
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/store.h"
#include "link/simulated/media_carrier.h"
#include "link/simulated/translate.h"
#include "sim/network/network.h"

namespace parley::link::simulated {

// The link state: which device the channel is ("id"), and "<device> <seq>" of the last notice that
// was reported. A message is known by its id when it comes again after a crash, a notice (or status
// post, which is not stored) by this.
inline constexpr const char* kSpace = "device";
inline constexpr const char* kKey = "id";
inline constexpr const char* kNoticesKey = "notices";
inline constexpr base::Duration kReportRetry = std::chrono::milliseconds(300);

// All arguments outlive it. Thread: that of the store's scheduler, which is the network's.
class DeviceLink final : public core::Link, net::DeviceListener, net::PairingListener {
 public:
  DeviceLink(core::Store& store, base::Random& random, base::BlockingPool& pool,
             core::BlobStore& blobs, net::Network& network, const core::Channel& channel,
             core::LinkEvents& events)
      : store_(store),
        scheduler_(store.scheduler()),
        random_(random),
        network_(network),
        media_(scheduler_, random, pool, blobs, network, channel.account),
        events_(events),
        channel_(channel.row),
        profile_(ProfileOf(channel.link_profile)),
        changed_(scheduler_),
        ended_(scheduler_) {}

  core::Capabilities capabilities() const override { return CapabilitiesOf(profile_); }

  void Start() override {
    running_ = true;
    scheduler_.Spawn("simulated link", Run());
  }

  base::Task<> Stop() override {
    stopping_ = true;
    media_.Stop();
    connection_.reset();
    offer_.reset();
    changed_.Notify();
    while (running_) co_await ended_.Wait();
  }

  base::Task<> LogOut() override {
    logging_out_ = true;
    if (device_.empty()) co_await LoadDevice();
    if (!device_.empty())
      if (const auto device = network_.FindDevice(device_))
        (void)network_.Unlink(device->number, device_);
    co_return;
  }

  base::Task<base::Result<void>> RequestPairingCode(std::string phone) override {
    if (!device_.empty())
      co_return base::Error(base::ErrorCode::kInvalidState, "The channel is paired already");
    auto offer = network_.OfferCode(phone, profile_, *this);
    if (!offer) co_return offer.error();
    offer_ = std::move(*offer);
    core::PairingReport report;
    report.code = offer_->code();
    report.expires_at = offer_->expires();
    offered_.push_back(std::move(report));
    changed_.Notify();
    co_return base::Result<void>();
  }

  base::Task<core::SendOutcome> Send(core::OutgoingMessage message) override;
  // The network answers at once.
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                     base::Duration limit) override;

 private:
  // The network's side. Everything is only noted; Run reports it, one report at a time.
  void OnItems(std::span<const net::Item> items) override {
    items_.insert(items_.end(), items.begin(), items.end());
    changed_.Notify();
  }
  void OnClosed(net::CloseReason reason) override {
    closed_ = reason;
    changed_.Notify();
  }
  void OnQr(std::string_view text, base::Time expires) override {
    core::PairingReport report;
    report.qr = text;
    report.expires_at = expires;
    offered_.push_back(std::move(report));
    changed_.Notify();
  }
  void OnPaired(const net::DeviceInfo& device) override {
    paired_ = device;
    changed_.Notify();
  }
  void OnEnded(std::string_view reason) override {
    pairing_ended_ = reason;
    changed_.Notify();
  }

  base::Task<> Run();
  base::Task<> LoadDevice();
  base::Task<bool> Pair();
  base::Task<bool> StayConnected();
  base::Task<> ReportItems();
  base::Task<std::optional<core::LinkReport>> ReportOf(net::Item item);
  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites writes);
  base::Task<> ReportState(core::ChannelState state, std::string reason);
  base::Task<> ReportLoggedOut();

  core::Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  net::Network& network_;
  MediaCarrier media_;
  core::LinkEvents& events_;
  const core::ChannelRow channel_;
  const net::Profile profile_;

  bool running_ = false;
  bool stopping_ = false;
  bool logging_out_ = false;
  std::string device_;  // empty while not linked
  std::unique_ptr<net::PairingOffer> offer_;
  std::unique_ptr<net::Connection> connection_;
  std::deque<core::PairingReport> offered_;
  std::optional<net::DeviceInfo> paired_;
  std::string pairing_ended_;
  std::deque<net::Item> items_;
  std::uint64_t reported_notices_ = 0;  // seq of the last one
  std::optional<net::CloseReason> closed_;
  base::Signal changed_, ended_;
};

}  // namespace parley::link::simulated
