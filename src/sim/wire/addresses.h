// Addresses: people and devices as the wire spells them, and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/network/network.h"
#include "sim/wire/companions.h"
#include "sim/wire/layers.h"
#include "wire/binary/jid.h"
#include "wire/signal/address.h"

namespace parley::sim::wire {

class Addresses {
 public:
  explicit Addresses(const net::Network& network) : network_(network) {}

  // The number of the person that the JID means, by number or by LID; nullopt when there is none.
  std::optional<std::string> NumberOf(const binary::Jid& jid) const;
  std::optional<std::string> NumberOf(std::string_view jid) const;

  binary::Jid ByNumber(std::string_view number, std::uint16_t device = 0) const {
    return binary::Jid(std::string(number), binary::JidServer::kUser, device);
  }
  // Of somebody who is on the network.
  binary::Jid ByLid(std::string_view number, std::uint16_t device = 0) const;
  // What a session with the device is known by.
  signal::Address SessionWith(const Companion& companion) const;
  std::string PushName(std::string_view number) const;

 private:
  const net::Network& network_;
};

}  // namespace parley::sim::wire
