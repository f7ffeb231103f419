// Network: calls.
#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {
namespace {

base::Error NoSuchCall() {
  return base::Error(base::ErrorCode::kNotFound, "There is no such call");
}

// Whether the person's phone shows it.
bool Shows(const CallState& call, const PersonState& person, bool is_called) {
  if (!is_called) return true;
  if (call.blocked || call.call.status == CallStatus::kUnreached) return false;
  return call.call.status != CallStatus::kRinging || person.person.online;
}

}  // namespace

base::Result<Call> Network::MakeCall(std::string_view number, const CallDraft& draft) {
  PARLEY_TRY(from, parts_->PhoneOf(number));
  const State& state = parts_->ledger.state();
  const std::optional<PersonRow> to = state.people.Find(draft.to);
  if (!to) return base::ErrorCode::kNotOnNetwork;
  if (*to == from) return base::FieldError("to", "Nobody calls themselves");
  if (draft.group.empty()) return parts_->ringing.Make(from, *to, draft);
  const auto group = state.groups.find(draft.group);
  if (group == state.groups.end() || group->second.group.Find(number) == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "There is no such group");
  if (group->second.group.Find(draft.to) == nullptr)
    return base::FieldError("to", "Is not in the group");
  return parts_->ringing.Make(from, *to, draft);
}

base::Result<Call> Network::AcceptCall(std::string_view number, std::string_view id) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  const CallState* call = parts_->ledger.state().calls.Find(id);
  if (call == nullptr || call->to != person || call->blocked) return NoSuchCall();
  return parts_->ringing.Become(*call, CallStatus::kAccepted, {});
}

base::Result<Call> Network::RejectCall(const Actor& by, std::string_view id) {
  PARLEY_TRY(person, parts_->ActorOf(by));
  const CallState* call = parts_->ledger.state().calls.Find(id);
  if (call == nullptr || call->to != person || call->blocked) return NoSuchCall();
  return parts_->ringing.Become(*call, CallStatus::kRejected, by);
}

base::Result<Call> Network::HangUp(std::string_view number, std::string_view id) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  const CallState* call = parts_->ledger.state().calls.Find(id);
  if (call == nullptr || (call->from != person && (call->to != person || call->blocked)))
    return NoSuchCall();
  if (call->call.status != CallStatus::kRinging)
    return parts_->ringing.Become(*call, CallStatus::kEnded, {});
  if (call->from != person)
    return base::Error(base::ErrorCode::kInvalidState, "The call rings; reject it instead");
  return parts_->ringing.Cancel(*call);
}

base::Result<std::vector<Call>> Network::ListCalls(std::string_view number) const {
  PARLEY_TRY(person, parts_->PersonOf(number));
  const State& state = parts_->ledger.state();
  std::vector<Call> shown;
  for (const CallState* call : state.calls.Of(person))
    if (Shows(*call, state.people.at(person), call->to == person)) shown.push_back(call->call);
  return shown;
}

}  // namespace parley::sim::network
