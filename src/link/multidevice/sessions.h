// Sessions: sealing for devices and opening what they sealed, on the ledger.
// docs/protocol/messages.md, "Sessions".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/task.h"
#include "link/multidevice/device.h"
#include "link/multidevice/device_session.h"
#include "link/multidevice/ledger.h"
#include "link/multidevice/lid_map.h"
#include "link/multidevice/stanza_port.h"
#include "wire/signal/cipher.h"

namespace parley::link::multidevice {

// Devices that one question for keys is about at most.
inline constexpr std::size_t kMaxKeysAsked = 100;

using DevicePtr = std::shared_ptr<const Device>;

// One device that gets a message, and the encoded message, which is not padded.
struct Addressee {
  Addressee(Jid device, std::shared_ptr<const std::string> plain)
      : device(std::move(device)), plain(std::move(plain)) {}

  Jid device;
  std::shared_ptr<const std::string> plain;
};
struct SealedFor {
  Jid device;
  wire::signal::Sealed sealed;
};
struct SealedMessage {
  std::vector<SealedFor> devices;  // without those for which there are no keys
  bool starts_session = false;     // one of them is a pre-key message
  StagedPtr staged;                // durable before anything of it leaves
};

// A message that came, before it is opened.
struct Sealed {
  Sealed(Jid from, std::string id, wire::signal::MessageType type, std::string bytes)
      : from(std::move(from)), id(std::move(id)), type(type), bytes(std::move(bytes)) {}

  Jid from;  // a device
  std::string id;
  wire::signal::MessageType type;
  std::string bytes;
};
struct OpenedMessage {
  // The message without its padding; or why not.
  wire::Result<std::string> plain = wire::Fault{wire::FaultCode::kNone, ""};
  bool known = false;             // it was opened before; `plain` is empty
  bool changed_identity = false;  // and is trusted now
};

// All arguments outlive it. Thread: the channel's.
class Sessions {
 public:
  Sessions(Ledger& ledger, LidMap& lids, base::Scheduler& scheduler, base::Random& random)
      : ledger_(ledger), lids_(lids), scheduler_(scheduler), random_(random) {}

  // Without the ledger's turn: begins sessions where there are none, which may ask the network for
  // keys, and steps all. kUnavailable or kTimeout when the network or the store does not answer.
  base::Task<base::Result<SealedMessage>> Seal(std::shared_ptr<StanzaPort> port, DevicePtr own,
                                               std::vector<Addressee> addressees);

  // With the turn: opens it and puts what changed into `unit`, which outlives the call. kInternal
  // when a record cannot be read.
  base::Task<base::Result<OpenedMessage>> Open(Unit& unit, DevicePtr own, Sealed sealed);

  // With the turn: a new session, by keys that the device itself sent along.
  base::Task<base::Result<wire::Result<void>>> Start(Unit& unit, DevicePtr own, Jid device,
                                                     wire::signal::Bundle bundle);
  // With the turn: nobody sends in the sessions with these any more; the next message begins new
  // ones.
  base::Task<base::Result<void>> End(Unit& unit, std::vector<Jid> devices);
  // Whether there is a session that messages for the device are sealed in, by whose registration.
  base::Task<base::Result<std::optional<std::uint32_t>>> RegistrationOf(DevicePtr own, Jid device);

 private:
  // A record, and whether it stands under the other address of the same device still.
  struct Loaded {
    RecordName name;
    DeviceSession session;
    std::optional<RecordName> moved_from;
  };
  base::Task<base::Result<std::vector<Loaded>>> Load(std::vector<Jid> devices);
  static void Keep(Unit& unit, const Loaded& loaded);
  base::Task<base::Result<std::vector<struct DeviceKeys>>> AskKeys(std::shared_ptr<StanzaPort> port,
                                                                   std::vector<Jid> devices);

  Ledger& ledger_;
  LidMap& lids_;
  base::Scheduler& scheduler_;
  base::Random& random_;
};

}  // namespace parley::link::multidevice
