// The bodies of the control API about the wire.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/wire/front.h"

namespace parley::sim::control {

struct ShownWire {
  std::string url, root_key;
  std::int64_t connections = 0, handshakes_failed = 0, logins = 0, logins_refused = 0, paired = 0,
               pairings_failed = 0, stanzas = 0, malformed = 0, unknown_stanzas = 0,
               unknown_queries = 0, messages = 0, unreadable = 0, not_understood = 0,
               retries_asked = 0, retries_answered = 0, refused_by_strict = 0;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using W = ShownWire;
    return base::FieldList(
        Required("url", &W::url, Doc("Of the WebSocket")),
        Required("root_key", &W::root_key, Doc("Whom clients must believe: 32 bytes in hex")),
        Required("connections", &W::connections, Doc("Since the start, as all of these")),
        Required("handshakes_failed", &W::handshakes_failed), Required("logins", &W::logins),
        Required("logins_refused", &W::logins_refused), Required("paired", &W::paired),
        Required("pairings_failed", &W::pairings_failed), Required("stanzas", &W::stanzas),
        Required("malformed", &W::malformed), Required("unknown_stanzas", &W::unknown_stanzas),
        Required("unknown_queries", &W::unknown_queries), Required("messages", &W::messages),
        Required("unreadable", &W::unreadable, Doc("Messages that a phone could not open")),
        Required("not_understood", &W::not_understood,
                 Doc("Messages of a kind that the network does not have")),
        Required("retries_asked", &W::retries_asked, Doc("By phones")),
        Required("retries_answered", &W::retries_answered, Doc("That clients asked for")),
        Required("refused_by_strict", &W::refused_by_strict));
  }
};

struct ShownWireFaults {
  std::vector<wire::FaultEntry> faults;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("faults", &ShownWireFaults::faults));
  }
};

}  // namespace parley::sim::control
