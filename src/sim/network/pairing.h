// Pairing: how a device asks to be linked. It shows a QR text that a person scans, or a code that
// the person of a given number enters on the phone.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.h"
#include "sim/network/device.h"
#include "sim/network/options.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

// The device's side. Nothing here is called from inside a call into the network, and nothing after
// the PairingOffer is destroyed; destroying it inside these calls is fine.
class PairingListener {
 public:
  virtual ~PairingListener() = default;
  // Show this text until `expires`; then the next one comes, or the end. Only of OfferQr.
  virtual void OnQr(std::string_view text, base::Time expires) = 0;
  // The last call: linked. Connect with device.id.
  virtual void OnPaired(const DeviceInfo& device) = 0;
  // The last call: `reason` is "expired".
  virtual void OnEnded(std::string_view reason) = 0;
};

// An offer that stands. Destroying it withdraws it; it may outlive the network.
class PairingOffer {
 public:
  virtual ~PairingOffer() = default;
  // As people see it, "ABCD-1234"; empty for an offer by QR.
  virtual std::string_view code() const = 0;
  virtual base::Time expires() const = 0;  // of the whole offer
};

// The offers that stand now. They are not in the network's file: a device that lost its connection
// asks anew. Thread: that of the network.
class Pairings {
 public:
  Pairings(Timeline& timeline, const NetworkOptions& options)
      : timeline_(timeline), options_(options) {}
  ~Pairings();
  Pairings(const Pairings&) = delete;

  std::unique_ptr<PairingOffer> OfferQr(Profile profile, PairingListener& listener);
  std::unique_ptr<PairingOffer> OfferCode(std::string number, Profile profile,
                                          PairingListener& listener);

  // One that can be taken up.
  struct Standing;
  std::shared_ptr<Standing> FindQr(std::string_view text) const;
  // `code` may be written without the dash and in lower case.
  std::shared_ptr<Standing> FindCode(std::string_view number, std::string_view code) const;
  static Profile ProfileOf(const Standing& offer);
  void TakeUp(const std::shared_ptr<Standing>& offer, const DeviceInfo& device);

 private:
  class Handle;
  std::shared_ptr<Standing> Add(Profile profile, PairingListener& listener, base::Duration life);
  void MakeQr(Standing& offer);
  void ShowQr(const std::shared_ptr<Standing>& offer);
  void NextQr(const std::shared_ptr<Standing>& offer);
  void End(const std::shared_ptr<Standing>& offer);

  Timeline& timeline_;
  const NetworkOptions& options_;
  std::map<std::string, std::shared_ptr<Standing>, std::less<>> by_secret_;
};

}  // namespace parley::sim::network
