#include "link/multidevice/factory.h"

#include <utility>

#include "link/multidevice/link.h"

namespace parley::link::multidevice {

MultideviceFactory::MultideviceFactory(LinkParts parts, NetworkOptions network, ClientInfo client)
    : parts_(std::move(parts)),
      network_(std::move(network)),
      client_(std::move(client)),
      gate_(parts_.store.scheduler(), network_.connecting_at_once, network_.start_spacing) {}

core::Capabilities MultideviceFactory::CapabilitiesOf(std::string_view /*profile*/) const {
  core::Capabilities capabilities;
  capabilities.pairing_qr = true;
  capabilities.pairing_code = true;
  capabilities.kinds = parts_.kinds;
  return capabilities;
}

std::array<std::int64_t, kPhases> MultideviceFactory::CountPhases() const {
  std::array<std::int64_t, kPhases> counts{};
  for (const MultideviceLink* link : links_)  // order-ok: they are only counted
    ++counts[static_cast<std::size_t>(link->phase())];
  return counts;
}

std::unique_ptr<core::Link> MultideviceFactory::Make(const core::Channel& channel,
                                                     core::LinkEvents& events) {
  return std::make_unique<MultideviceLink>(*this, channel, events);
}

void MultideviceFactory::SetClient(ClientInfo client) {
  client_ = std::move(client);
  for (MultideviceLink* link : links_) link->ClientChanged();  // order-ok: they only take note
}

}  // namespace parley::link::multidevice
