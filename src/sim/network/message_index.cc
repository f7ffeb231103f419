#include "sim/network/message_index.h"

#include "sim/network/frame.h"

namespace parley::sim::network {

std::optional<Serial> MessageIndex::Add(std::string_view id, std::uint64_t offset, PersonRow from,
                                        PersonRow to, ChatKind chat) {
  static_assert(sizeof(MessageEntry) == 24);
  if (entries_.size() >= UINT32_MAX - 1) return std::nullopt;
  const Serial serial(static_cast<std::uint32_t>(entries_.size()) + 1);
  std::uint32_t& newest = newest_by_fingerprint_[Crc32(id)];
  MessageEntry& entry = entries_.emplace_back();
  entry.offset = offset;
  entry.from = from;
  entry.to = to;
  entry.chat = chat;
  entry.same_fingerprint = Serial(newest);
  newest = serial.value;
  return serial;
}

Serial MessageIndex::FirstOf(Serial serial) const {
  while (serial.value > 1 && entries_[serial.value - 2].offset == at(serial).offset) --serial.value;
  return serial;
}

Serial MessageIndex::EndOf(Serial serial) const {
  const std::uint64_t offset = at(serial).offset;
  while (Has(serial) && at(serial).offset == offset) ++serial.value;
  return serial;
}

std::vector<Serial> MessageIndex::Candidates(std::string_view id, std::size_t limit,
                                             std::optional<PersonRow> to) const {
  std::vector<Serial> found;
  const auto newest = newest_by_fingerprint_.find(Crc32(id));
  if (newest == newest_by_fingerprint_.end()) return found;
  for (Serial serial(newest->second); serial.value != 0 && found.size() < limit;
       serial = at(serial).same_fingerprint)
    if (!to || at(serial).to == *to) found.push_back(serial);
  return found;
}

}  // namespace parley::sim::network
