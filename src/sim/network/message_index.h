// Every message the network accepted, as 24 bytes for each recipient: where its record stands, who
// sent it to whom, and how far it came. Made so that a million messages take some tens of
// megabytes.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/network/chat.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

struct MessageEntry {
  std::uint64_t offset = 0;
  PersonRow from, to;       // `to`: who this copy is for
  Serial same_fingerprint;  // the message before this one whose id has the same fingerprint
  bool delivered : 1 = false;
  bool read : 1 = false;
  bool played : 1 = false;
  bool failed : 1 = false;
  bool modifier : 1 = false;  // changes another message, and cannot be changed itself
  ChatKind chat = ChatKind::kPerson;
};

class MessageIndex {
 public:
  std::size_t size() const { return entries_.size(); }
  bool Has(Serial serial) const { return serial.value > 0 && serial.value <= entries_.size(); }
  MessageEntry& at(Serial serial) { return entries_[serial.value - 1]; }
  const MessageEntry& at(Serial serial) const { return entries_[serial.value - 1]; }

  // nullopt when there are as many as a Serial can number.
  std::optional<Serial> Add(std::string_view id, std::uint64_t offset, PersonRow from, PersonRow to,
                            ChatKind chat);
  // A message to a group or newsletter is one entry per recipient, one after the other: the first
  // of them, and the one behind the last.
  Serial FirstOf(Serial serial) const;
  Serial EndOf(Serial serial) const;

  // Messages that may have this id, newest first: all that have it, and seldom another. Up to
  // `limit`; with `to`, only what is for that person.
  std::vector<Serial> Candidates(std::string_view id, std::size_t limit,
                                 std::optional<PersonRow> to = {}) const;

 private:
  std::deque<MessageEntry> entries_;
  absl::flat_hash_map<std::uint32_t, std::uint32_t> newest_by_fingerprint_;
};

}  // namespace parley::sim::network
