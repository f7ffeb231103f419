// What the account's phone tells this device alone: names, who is who, and keys for later.
// docs/protocol/messages.md, "From the phone".
#pragma once

#include <string>
#include <vector>

#include "base/task.h"
#include "link/multidevice/addresses.h"
#include "link/multidevice/sending.h"
#include "proto/history.pb.h"

namespace parley::link::multidevice {

// What is inflated at most, and how much of it is looked at.
inline constexpr std::size_t kMaxHistory = 16 << 20;
inline constexpr std::size_t kMaxHistoryPeople = 50'000;
// People whose names or addresses one commit holds.
inline constexpr std::size_t kPeopleAtOnce = 250;

struct Named {
  Who who;
  std::string push_name, name;  // what they call themselves, what the account calls them
};
struct History {
  std::vector<Who> people;  // of whom both addresses are told
  std::vector<Named> names;
};
// kTooLarge, kMalformed.
wire::Result<History> ReadHistory(std::string_view zlib);
// Of a LID_MIGRATION_MAPPING_SYNC.
wire::Result<std::vector<Who>> ReadMappings(std::string_view zlib);

// Thread: the channel's.
class PhoneNews {
 public:
  explicit PhoneNews(const MessageParts& parts) : parts_(parts) {}

  // With the ledger's turn not taken: stores what a message from the phone to this device says,
  // durable when the task ends. Returns false when it is nothing that is known.
  base::Task<base::Result<bool>> Take(proto::Message message);

 private:
  base::Task<base::Result<void>> TakePeople(std::vector<Who> people);
  base::Task<base::Result<void>> TakeNames(std::vector<Named> names);
  base::Task<base::Result<void>> TakeKeys(proto::AppStateSyncKeyShare share);

  const MessageParts& parts_;
};

}  // namespace parley::link::multidevice
