#include "link/multidevice/calls.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/log.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

using core::CallStatus;

struct TagStatus {
  std::string_view tag;
  CallStatus status;
};
// What a <call> may hold, and what it makes of the call. Others say how its media travels.
constexpr TagStatus kTags[] = {
    {"offer", CallStatus::kRinging},    {"offer_notice", CallStatus::kRinging},
    {"accept", CallStatus::kAccepted},  {"reject", CallStatus::kRejected},
    {"terminate", CallStatus::kMissed},  // ended, when it was accepted
};

bool IsOver(CallStatus status) {
  return status != CallStatus::kRinging && status != CallStatus::kAccepted;
}

}  // namespace

std::optional<CallNews> ReadCall(const Node& stanza, base::Time now) {
  const auto from = stanza.FindJid("from");
  if (!from || !IsPerson(*from)) return std::nullopt;
  for (const Node& child : stanza.children())
    for (const TagStatus& row : kTags) {
      const auto id = child.Find("call-id");
      if (child.tag != row.tag || !id || id->empty() || id->size() > kMaxIdLength ||
          !base::IsUtf8(*id))
        continue;
      CallNews news;
      news.status = row.status;
      news.from = *from;
      const auto creator = child.FindJid("call-creator");
      news.creator = creator && IsPerson(*creator) ? *creator : *from;
      news.caller = WhoIs(AccountOf(news.creator));
      for (const std::string_view name : {"caller_pn", "caller_lid"})
        if (const auto other = child.FindJid(name))
          news.caller = Both(news.caller, WhoIs(AccountOf(*other)));
      news.id = *id;
      news.video = child.FindChild("video") != nullptr || child.Find("media") == "video";
      news.at = TimeIn(stanza, "t", now);
      return news;
    }
  return std::nullopt;
}

Calls::Known* Calls::Note(const CallNews& news, bool by_us) {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& one) { return one.call.id == news.id; });
  if (found == known_.end()) {
    if (news.status != CallStatus::kRinging) return nullptr;
    if (known_.size() == kMaxCalls) known_.pop_front();
    Known& known = known_.emplace_back();
    known.creator = news.creator;
    known.call.id = news.id;
    known.call.from_me = by_us;
    known.call.video = news.video;
    known.call.at = known.call.changed_at = news.at;
    return &known;
  }
  core::Call& call = found->call;
  CallStatus status = news.status;
  if (status == CallStatus::kMissed && call.status == CallStatus::kAccepted)
    status = CallStatus::kEnded;
  if (IsOver(call.status) || call.status == status || status == CallStatus::kRinging)
    return nullptr;
  call.status = status;
  call.changed_at = news.at;
  return &*found;
}

base::Task<> Calls::OnCall(Online online, Node stanza) {
  const auto news = ReadCall(stanza, parts_.scheduler.Now());
  Known* known = news ? Note(*news, IsOwn(online.own(), news->caller)) : nullptr;
  if (known != nullptr) {
    core::CallReport report;
    report.call = known->call;
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    Unit unit;
    const auto learned = co_await parts_.lids.Learn(unit, news->caller);
    const auto caller = co_await parts_.lids.Complete(news->caller);
    report.with = PeerOf(learned && caller ? *caller : news->caller);
    unit.reports.emplace_back(std::move(report));
    const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
    turn.End();
    const auto durable = co_await parts_.ledger.Durable(staged);
    if (!durable && base::IsTransient(durable.error().code)) co_return;
  }
  Node ack = AckOf(stanza);
  (void)co_await online.port->Send(std::move(ack));
}

base::Task<base::Result<void>> Calls::Reject(Online online, std::string id) {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& one) { return one.call.id == id; });
  if (found == known_.end()) co_return base::ErrorCode::kNotFound;
  if (found->call.status != CallStatus::kRinging || found->call.from_me)
    co_return base::Error(base::ErrorCode::kInvalidState, "The call does not ring any more");
  Node reject("reject");
  reject.attributes.push_back(Attribute{"call-id", id});
  reject.attributes.push_back(Attribute{"call-creator", found->creator.Text()});
  reject.attributes.push_back(Attribute{"count", "0"});
  Node call("call");
  call.attributes.push_back(Attribute{"id", online.port->NextId()});
  call.attributes.push_back(Attribute{"from", online.own().number.Text()});
  call.attributes.push_back(Attribute{"to", found->creator.Text()});
  Node::Children children;
  children.push_back(std::move(reject));
  call.content = std::move(children);
  CallNews news;
  news.status = CallStatus::kRejected;
  news.id = std::move(id);
  news.caller = WhoIs(AccountOf(found->creator));
  news.at = parts_.scheduler.Now();
  PARLEY_CO_CHECK(co_await online.port->Send(std::move(call)));
  Known* known = Note(news, false);
  if (known == nullptr) co_return base::Result<void>();  // it ended meanwhile
  core::CallReport report;
  report.call = known->call;
  auto caller = co_await parts_.lids.Complete(news.caller);
  report.with = PeerOf(caller ? *caller : news.caller);
  Unit unit;
  unit.reports.emplace_back(std::move(report));
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
  turn.End();
  co_return co_await parts_.ledger.Durable(staged);
}

}  // namespace parley::link::multidevice
