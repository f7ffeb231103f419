// The parts of a Network and how they hear of each other. Only network*.cc includes it.
#pragma once

#include "sim/network/actor.h"
#include "sim/network/carrier.h"
#include "sim/network/fault_draw.h"
#include "sim/network/ledger.h"
#include "sim/network/network.h"
#include "sim/network/presence.h"
#include "sim/network/reviews.h"
#include "sim/network/ringing.h"
#include "sim/network/sessions.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

struct Network::Parts final : LedgerListener {
  Parts(base::Scheduler& scheduler, base::Random& random, Log& log, MediaShelf& media,
        NetworkOptions chosen);
  ~Parts() override;

  void OnTouched(const Touched& touched) override;

  // kNotFound when there is none.
  base::Result<PersonRow> PersonOf(std::string_view number) const;
  // The same, and kInvalidState while the phone is offline.
  base::Result<PersonRow> PhoneOf(std::string_view number) const;
  // Whoever does something: kInvalidState when the phone is offline, kGone when the device is not
  // linked any more, kNotFound when it is somebody else's.
  base::Result<PersonRow> ActorOf(const Actor& by) const;
  // The same; kNotSupported when the person is no business.
  base::Result<PersonRow> BusinessOf(const Actor& by) const;
  // Lets it happen, and the devices of the people in `to` hear of it, but for the one that did it.
  base::Result<void> Announce(NoticeContent notice, std::vector<std::string> to,
                              const Actor& by = {});
  base::Result<DeviceRow> DeviceOf(std::string_view id) const;
  base::Result<Person> Change(PersonRow person, const PersonChange& change, const Actor& by);
  base::Result<DeviceInfo> Link(PersonRow person, Profile profile);
  DeviceInfo InfoOf(DeviceRow device) const;
  // What the person with that number types; the carrier makes the rest of the record. See
  // Network::SendAsPerson for the errors.
  base::Result<MessageRecord> Compose(std::string_view number, Draft draft);
  base::Result<Typed> Carry(PersonRow person, MessageRecord record);
  // The messages that have this id, oldest first.
  base::Result<std::vector<Serial>> MessagesWithId(std::string_view id);

  MediaShelf& media;
  const NetworkOptions options;
  Timeline timeline;
  Ledger ledger;
  FaultDraw faults;
  Carrier carrier;
  Groups groups;
  Newsletters newsletters;
  Watchers watchers;
  Pairings pairings;
  Presence presence;
  Ringing ringing;
  Reviews reviews;
  Sessions sessions;  // last: it writes what was acknowledged when it ends
};

}  // namespace parley::sim::network
