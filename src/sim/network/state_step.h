// Inside the State: applying one record, by topic.
//
//   state.cc           people and devices, faults, and what notices have in common
//   state_messages.cc  messages, their copies, receipts and modifiers
//   state_groups.cc    notices of groups and newsletters
//   state_life.cc      notices of everything else
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/network/state.h"

namespace parley::sim::network {

inline base::Error Misfit(std::string text) {
  return base::Error(base::ErrorCode::kInvalidState, std::move(text));
}

inline std::uint64_t PairKey(PersonRow from, PersonRow to) {
  return static_cast<std::uint64_t>(from.value) << 32 | to.value;
}

// One overload per kind of record.
struct State::Step {
  State& state;
  std::uint64_t offset;
  Touched& touched;

  base::Result<void> operator()(const PersonRecord& record);
  base::Result<void> operator()(const DeviceRecord& record);
  base::Result<void> operator()(const UnlinkedRecord& record);
  base::Result<void> operator()(const MessageRecord& record);
  base::Result<void> operator()(const ArrivedRecord& record);
  base::Result<void> operator()(const ReadRecord& record);
  base::Result<void> operator()(const ReceiptRecord& record);
  base::Result<void> operator()(const NoticeRecord& record);
  base::Result<void> operator()(const AcknowledgedRecord& record);
  base::Result<void> operator()(const FaultRecord& record);
  base::Result<void> operator()(const FaultUsedRecord& record);
  base::Result<void> operator()(const FaultRemovedRecord& record);

  // What a notice changes, besides the queues that it goes into; one overload per kind.
  base::Result<void> Happened(base::Time at, const GroupChanged& notice);
  base::Result<void> Happened(base::Time at, const GroupParticipantsChanged& notice);
  base::Result<void> Happened(base::Time at, const JoinRequestChanged& notice);
  base::Result<void> Happened(base::Time at, const GroupMuted& notice);
  base::Result<void> Happened(base::Time at, const NewsletterCreated& notice);
  base::Result<void> Happened(base::Time at, const NewsletterFollowed& notice);
  base::Result<void> Happened(base::Time at, const ProfileChanged& notice);
  base::Result<void> Happened(base::Time at, const ContactChanged& notice);
  base::Result<void> Happened(base::Time at, const BlockChanged& notice);
  base::Result<void> Happened(base::Time at, const CallChanged& notice);
  base::Result<void> Happened(base::Time at, const ChatChanged& notice);
  base::Result<void> Happened(base::Time at, const TemplateChanged& notice);
  base::Result<void> Happened(base::Time at, const CommerceChanged& notice);

  base::Result<PersonRow> PersonOf(const std::string& number) const;
  base::Result<DeviceRow> LinkedDevice(const std::string& id) const;
  base::Result<Serial> MessageOf(std::int64_t serial) const;
  base::Result<GroupState*> GroupOf(const std::string& id) const;
  // Adds an item that is this record to the queues of the person's devices, but for `except`.
  void Queue(PersonRow person, std::uint64_t item, std::optional<DeviceRow> except = {});
  void Touch(PersonRow person, ChangeKind kind) { touched.people.emplace_back(person, kind); }

  // An entry per recipient, with the copies that are to arrive there.
  base::Result<void> AddCopies(const MessageRecord& record, PersonRow from);
  base::Result<void> AddCopies(std::string_view id, PersonRow from, PersonRow to, ChatKind chat,
                               const std::vector<base::Time>& arrivals);
  // Notes that the message, if it is a modifier, will change another one.
  base::Result<void> NoteModifier(const MessageRecord& record);
  // Lets it do so when it arrives at the first of its recipients.
  void TakeEffect(Serial serial);
  base::Result<void> PutInvite(const std::string& code, const std::string& address);
};

}  // namespace parley::sim::network
