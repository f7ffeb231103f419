// Network: linking devices, and their connections.
#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {

std::unique_ptr<PairingOffer> Network::OfferQr(Profile profile, PairingListener& listener) {
  return parts_->pairings.OfferQr(profile, listener);
}

base::Result<std::unique_ptr<PairingOffer>> Network::OfferCode(std::string_view number,
                                                               Profile profile,
                                                               PairingListener& listener) {
  if (!IsOnNetwork(number)) return base::ErrorCode::kNotOnNetwork;
  return parts_->pairings.OfferCode(std::string(number), profile, listener);
}

base::Result<DeviceInfo> Network::Scan(std::string_view number, std::string_view qr) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  const auto offer = parts_->pairings.FindQr(qr);
  if (offer == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "This QR code is not on offer, or not any more");
  PARLEY_TRY(device, parts_->Link(person, Pairings::ProfileOf(*offer)));
  parts_->pairings.TakeUp(offer, device);
  return device;
}

base::Result<DeviceInfo> Network::EnterCode(std::string_view number, std::string_view code) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  const auto offer = parts_->pairings.FindCode(number, code);
  if (offer == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "This code is not on offer for the number");
  PARLEY_TRY(device, parts_->Link(person, Pairings::ProfileOf(*offer)));
  parts_->pairings.TakeUp(offer, device);
  return device;
}

base::Result<DeviceInfo> Network::LinkDirectly(std::string_view number, Profile profile) {
  PARLEY_TRY(person, parts_->PersonOf(number));
  return parts_->Link(person, profile);
}

base::Result<void> Network::Unlink(std::string_view number, std::string_view device) {
  PARLEY_TRY(person, parts_->PersonOf(number));
  PARLEY_TRY(row, parts_->DeviceOf(device));
  const DeviceState& state = parts_->ledger.state().devices.at(row);
  if (state.person != person || !state.linked)
    return base::Error(base::ErrorCode::kNotFound, "The device is not linked to this phone");
  return parts_->ledger.Commit(UnlinkedRecord{state.id, parts_->timeline.Now()});
}

base::Result<std::vector<DeviceInfo>> Network::ListDevices(std::string_view number) const {
  PARLEY_TRY(person, parts_->PersonOf(number));
  std::vector<DeviceInfo> devices;
  for (const DeviceRow row : parts_->ledger.state().people.at(person).devices)
    devices.push_back(parts_->InfoOf(row));
  return devices;
}

base::Result<DeviceInfo> Network::FindDevice(std::string_view device) const {
  PARLEY_TRY(row, parts_->DeviceOf(device));
  if (!parts_->ledger.state().devices.at(row).linked)
    return base::Error(base::ErrorCode::kGone, "The device was logged out");
  return parts_->InfoOf(row);
}

base::Result<std::unique_ptr<Connection>> Network::Connect(std::string_view device,
                                                           DeviceListener& listener) {
  PARLEY_TRY(row, parts_->DeviceOf(device));
  if (!parts_->ledger.state().devices.at(row).linked)
    return base::Error(base::ErrorCode::kGone, "The device was logged out");
  return parts_->sessions.Connect(row, listener);
}

}  // namespace parley::sim::network
