// State: what notices of people, calls, chats and businesses change.
#include "sim/network/state_step.h"

namespace parley::sim::network {

base::Result<void> State::Step::Happened(base::Time, const ProfileChanged& notice) {
  PARLEY_CHECK(PersonOf(notice.person.number));
  return (*this)(PersonRecord{notice.person});
}

base::Result<void> State::Step::Happened(base::Time, const ContactChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  if (!IsNumber(notice.number)) return Misfit("the contact has no number");
  state.contacts.Put(owner, notice.number, notice.name);
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const BlockChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  PARLEY_TRY(other, PersonOf(notice.number));
  state.contacts.Block(owner, other, notice.blocked);
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const CallChanged& notice) {
  PARLEY_TRY(from, PersonOf(notice.call.from));
  PARLEY_TRY(to, PersonOf(notice.call.to));
  Touch(from, ChangeKind::kCalls);
  Touch(to, ChangeKind::kCalls);
  CallState* known = state.calls.Find(notice.call.id);
  if (known == nullptr) {
    if (notice.call.status != CallStatus::kRinging || !notice.rings_until)
      return Misfit("the call was not made");
    state.calls.Add(CallState{notice.call, from, to, *notice.rings_until, notice.blocked});
    return {};
  }
  if (known->from != from || known->to != to || !CanBecome(known->call.status, notice.call.status))
    return Misfit("the call cannot become like this");
  known->call.status = notice.call.status;
  known->call.changed_at = notice.call.changed_at;
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const ChatChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  if (!state.HasChat(notice.chat)) return Misfit("it names a chat that is none");
  ChatState& chat = state.chats.At(owner, notice.chat);
  switch (notice.action) {
    case ChatAction::kMute:
    case ChatAction::kUnmute:
      chat.muted = notice.action == ChatAction::kMute;
      chat.muted_until = chat.muted ? notice.muted_until : std::nullopt;
      break;
    case ChatAction::kArchive:
    case ChatAction::kUnarchive:
      chat.archived = notice.action == ChatAction::kArchive;
      break;
    case ChatAction::kRead:
      break;  // the messages are read by records of their own
    case ChatAction::kDelete:
      chat = ChatState();
      chat.deleted_up_to = Serial(static_cast<std::uint32_t>(state.messages.size()));
      break;
  }
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time at, const TemplateChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  const Template& subject = notice.subject;
  PARLEY_CHECK(
      Check(TemplateDraft{subject.name, subject.category, subject.language, subject.components}));
  const std::string_view misfit = state.templates.Apply(owner, at, notice);
  if (!misfit.empty()) return Misfit(std::string(misfit));
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const CommerceChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  state.commerce[owner] = notice.commerce;
  Touch(owner, ChangeKind::kPerson);
  return {};
}

}  // namespace parley::sim::network
