// The parts of a Front and what they share. Only sim/wire includes it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "base/scheduler.h"
#include "sim/network/keep.h"
#include "sim/network/network.h"
#include "sim/wire/addresses.h"
#include "sim/wire/companions.h"
#include "sim/wire/faults.h"
#include "sim/wire/front.h"
#include "sim/wire/layers.h"
#include "sim/wire/parcels.h"
#include "sim/wire/phones.h"
#include "sim/wire/root.h"
#include "sim/wire/unread.h"

namespace parley::sim::wire {

class Client;
class Session;

// Thread: that of the network.
struct Parts {
  Parts(base::Scheduler& scheduler, base::Random& random, net::Network& network, net::Keep& keep,
        const FrontOptions& options);
  ~Parts();

  std::int64_t now_seconds() const { return base::ToUnixSeconds(scheduler.Now()); }
  // The live session of a companion; nullptr when it is not connected.
  Session* SessionOf(std::string_view companion) const;
  // To a companion, past the network: at once, or when it is connected again.
  void GiveDirectly(std::string_view companion, binary::Node stanza);
  std::string MakeId();

  base::Scheduler& scheduler;
  base::Random& random;
  net::Network& network;
  net::Keep& keep;
  const FrontOptions options;
  FrontCounters counters;
  std::string media_url;  // Front::SetMediaUrl
  Root root;
  Companions companions;
  Addresses addresses;
  Phones phones;
  Parcels parcels;
  Faults faults;
  // Every open connection, and among them those that offer pairing by their refs and numbers, and
  // those that are logged in, by the companion.
  std::map<Client*, std::weak_ptr<Client>> clients;
  std::map<std::string, Client*, std::less<>> refs;
  std::map<std::string, Client*, std::less<>> codes;
  std::map<std::string, Client*, std::less<>> sessions;
  // What waits for companions that are away (GiveDirectly), by companion.
  std::map<std::string, std::deque<binary::Node>, std::less<>> waiting;
  // What phones could not read, by the companion that sent it and the message's id.
  std::map<std::pair<std::string, std::string>, Unread> unread;
  // To whom people type, as devices were told.
  std::map<std::string, std::map<std::string, net::PresenceKind>> typing;

 private:
  std::uint64_t last_id_ = 0;
};

inline constexpr std::size_t kMaxWaiting = 200;  // stanzas of one companion

}  // namespace parley::sim::wire
