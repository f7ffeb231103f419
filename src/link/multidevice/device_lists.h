// DeviceLists: which devices people have, asked of the network and kept for a day, or until it says
// that they changed. docs/protocol/addresses.md, "Devices".
#pragma once

#include <memory>
#include <vector>

#include "base/task.h"
#include "link/multidevice/lid_map.h"
#include "link/multidevice/stanza_port.h"
#include "link/multidevice/usync.h"

namespace parley::link::multidevice {

inline constexpr base::Duration kListLifetime = std::chrono::hours(24);
inline constexpr base::Duration kQueryLimit = std::chrono::seconds(20);

struct PersonDevices {
  Who who;
  std::vector<Jid> devices;  // by LID when it is known; none: nobody of that address
};

// All outlive it. Thread: the channel's.
class DeviceLists {
 public:
  DeviceLists(Ledger& ledger, LidMap& lids, base::Scheduler& scheduler)
      : ledger_(ledger), lids_(lids), scheduler_(scheduler) {}

  // In the order asked. Asks the network for those of whom nothing is kept, without the ledger's
  // turn. kTimeout, kUnavailable, kInternal when it does not say.
  base::Task<base::Result<std::vector<PersonDevices>>> Of(std::shared_ptr<StanzaPort> port,
                                                          std::vector<Who> people);

  // What is kept of them is out of date.
  static void Forget(Unit& unit, const Who& who);

 private:
  base::Task<base::Result<std::vector<UsyncUser>>> Ask(std::shared_ptr<StanzaPort> port,
                                                       std::vector<Who> people);
  base::Task<base::Result<void>> Keep(std::vector<UsyncUser> users);

  Ledger& ledger_;
  LidMap& lids_;
  base::Scheduler& scheduler_;
};

// As stored.
struct DeviceList {
  base::Time asked_at;
  std::vector<UsyncDevice> devices;

  bool operator==(const DeviceList&) const = default;
};
std::string EncodeDeviceList(const DeviceList& list);
// nullopt for bytes that no EncodeDeviceList gave: it is asked for again.
std::optional<DeviceList> DecodeDeviceList(std::string_view bytes);

}  // namespace parley::link::multidevice
