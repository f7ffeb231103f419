// The people of the network in memory: who they are, and the rows of their phones' inbox and
// outbox. A row is a number of a message; the message itself is in the file.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/person.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

// One copy that reached the phone. Its seq is its place, from 1.
struct InboxEntry {
  Serial message;
  bool read = false;
  bool played = false;
};

struct PersonState {
  Person person;
  std::vector<InboxEntry> inbox;
  std::vector<Serial> outbox;
  std::vector<DeviceRow> devices;    // linked now
  std::uint32_t devices_linked = 0;  // ever; makes device ids
  std::size_t first_unread = 0;      // everything in the inbox before it is read
};

class People {
 public:
  std::optional<PersonRow> Find(std::string_view number) const;
  std::optional<PersonRow> FindByLid(std::string_view lid) const;
  std::optional<PersonRow> FindByUsername(std::string_view username) const;
  bool Has(PersonRow row) const { return row.value < people_.size(); }
  PersonState& at(PersonRow row) { return people_[row.value]; }
  const PersonState& at(PersonRow row) const { return people_[row.value]; }
  std::size_t size() const { return people_.size(); }

  // Adds the person, or changes the one with that number. kAlreadyExists names what belongs to
  // somebody else.
  base::Result<PersonRow> Put(const Person& person);
  // What Put would answer, without doing it.
  base::Result<void> CheckUnique(const Person& person) const;

 private:
  using Index = absl::flat_hash_map<std::string, std::uint32_t>;
  static std::optional<PersonRow> FindIn(const Index& index, std::string_view key);

  std::deque<PersonState> people_;
  Index by_number_, by_lid_, by_username_;
};

}  // namespace parley::sim::network
