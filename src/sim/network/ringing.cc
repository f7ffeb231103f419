#include "sim/network/ringing.h"

#include "base/encoding.h"

namespace parley::sim::network {
namespace {

// When the file could not be written, what was to happen is tried again after this.
constexpr base::Duration kRingRetry = std::chrono::seconds(1);

std::string MakeCallId(base::Random& random) {
  std::string bytes(16, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  std::string id = base::ToHexText(bytes);
  for (char& c : id)
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  return id;
}

}  // namespace

void Ringing::Resume() {
  for (const CallState& call : ledger_.state().calls.all())
    if (call.call.status == CallStatus::kRinging) Schedule(call.call.id, call.rings_until);
}

base::Result<Call> Ringing::Make(PersonRow from, PersonRow to, const CallDraft& draft) {
  const State& state = ledger_.state();
  CallChanged made;
  made.call.id = MakeCallId(timeline_.random());
  made.call.from = state.people.at(from).person.number;
  made.call.to = state.people.at(to).person.number;
  made.call.group = draft.group;
  made.call.video = draft.video;
  made.call.at = made.call.changed_at = timeline_.Now();
  made.rings_until = timeline_.Now() + options_.ring_time;
  made.blocked = state.contacts.Blocks(to, from);
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = made;
  record.to.push_back(made.call.from);
  if (!made.blocked) record.to.push_back(made.call.to);
  PARLEY_CHECK(ledger_.Commit(std::move(record)));
  Schedule(made.call.id, *made.rings_until);
  return made.call;
}

base::Result<Call> Ringing::Become(const CallState& call, CallStatus status, const Actor& by) {
  if (!CanBecome(call.call.status, status))
    return base::Error(base::ErrorCode::kInvalidState,
                       "The call is " + std::string(NameOf(call.call.status)));
  CallChanged changed;
  changed.call = call.call;
  changed.call.status = status;
  changed.call.changed_at = timeline_.Now();
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = changed;
  // That the phone was off is known to the caller before; the other side hears of nothing else.
  if (call.call.status != CallStatus::kUnreached) record.to.push_back(call.call.from);
  if (status != CallStatus::kUnreached && !call.blocked) record.to.push_back(call.call.to);
  if (!by.device.empty()) record.except = by.device;
  PARLEY_CHECK(ledger_.Commit(std::move(record)));
  return changed.call;
}

base::Result<Call> Ringing::Cancel(const CallState& call) {
  const bool known = !call.blocked && CanReach(call.to);
  return Become(call, known ? CallStatus::kMissed : CallStatus::kUnreached, {});
}

void Ringing::PhoneCameOnline(PersonRow person) {
  for (const CallState* call : ledger_.state().calls.Of(person)) {
    if (call->call.status != CallStatus::kUnreached || call->to != person || call->blocked)
      continue;
    if (!Become(*call, CallStatus::kMissed, {}))
      return timeline_.After(kRingRetry, [this, person] { PhoneCameOnline(person); });
  }
}

void Ringing::Schedule(std::string id, base::Time due) {
  timeline_.At(due, [this, id = std::move(id)] { StopRinging(id); });
}

void Ringing::StopRinging(const std::string& id) {
  const CallState* call = ledger_.state().calls.Find(id);
  if (call == nullptr || call->call.status != CallStatus::kRinging) return;
  if (!Cancel(*call)) Schedule(id, timeline_.Now() + kRingRetry);
}

bool Ringing::CanReach(PersonRow person) const {
  const PersonState& called = ledger_.state().people.at(person);
  return called.person.online || !called.devices.empty();
}

}  // namespace parley::sim::network
