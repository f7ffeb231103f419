#include "link/multidevice/requests.h"

#include <algorithm>

#include "link/multidevice/stanzas.h"
#include "link/multidevice/usync.h"

namespace parley::link::multidevice {
namespace {

std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == '@') break;
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// <chatstate> or <presence>.
Node PresenceOf(core::PresenceKind kind, const Jid& chat, const std::string& push_name) {
  switch (kind) {
    case core::PresenceKind::kAvailable:
    case core::PresenceKind::kUnavailable: {
      Node presence("presence");
      const bool available = kind == core::PresenceKind::kAvailable;
      presence.attributes.push_back(Attribute{"type", available ? "available" : "unavailable"});
      if (!push_name.empty()) presence.attributes.push_back(Attribute{"name", push_name});
      return presence;
    }
    case core::PresenceKind::kComposing:
    case core::PresenceKind::kRecording:
    case core::PresenceKind::kPaused:
      break;
  }
  Node state(kind == core::PresenceKind::kPaused ? "paused" : "composing");
  if (kind == core::PresenceKind::kRecording)
    state.attributes.push_back(Attribute{"media", "audio"});
  Node::Children children;
  children.push_back(std::move(state));
  return Node("chatstate", {{"to", chat.Text()}}, std::move(children));
}

}  // namespace

base::Task<base::Result<core::LinkAnswer>> Requests::Answer(Online online,
                                                            core::LinkRequest request,
                                                            base::Duration limit) {
  if (!online) co_return base::ErrorCode::kChannelNotConnected;
  if (auto* check = std::get_if<core::CheckNumbers>(&request))
    co_return co_await Check(online, std::move(*check), limit);
  if (auto* show = std::get_if<core::ShowPresence>(&request))
    co_return co_await Show(online, std::move(*show));
  co_return base::Error(base::ErrorCode::kNotSupported, "This link cannot do that yet");
}

base::Task<Requests::Result> Requests::Check(Online online, core::CheckNumbers request,
                                             base::Duration limit) {
  core::CheckNumbers::Answer answer;
  std::vector<std::string> numbers;
  for (const core::Address& asked : request.numbers) {
    core::NumberFound& found = answer.emplace_back();
    found.asked = asked;
    if (asked.kind == core::AddressKind::kPhone) numbers.push_back(asked.value);
  }
  if (numbers.size() > kMaxAsked)
    co_return base::Error(base::ErrorCode::kInvalidFields, "Too many numbers at once");
  if (numbers.empty()) co_return core::LinkAnswer(std::move(answer));
  Node query = AskForNumbers(numbers, online.port->NextId());
  PARLEY_CO_TRY(told, co_await online.port->Ask(std::move(query), limit));
  PARLEY_CO_TRY(users, ReadUsync(told));
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  Unit unit;
  for (const UsyncUser& user : users) {
    PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, user.who));
    const std::string digits = DigitsOf(user.contact);
    for (core::NumberFound& found : answer) {
      const bool asked = found.asked.value == (digits.empty() ? user.who.number : digits);
      if (!asked || !user.on_network) continue;
      found.on_network = true;
      // The network may know the number under another spelling: theirs is the right one.
      found.peer = PeerOf(user.who);
      if (found.peer.phone.empty()) found.peer.phone = found.asked.value;
    }
  }
  if (!unit.records.empty()) (void)parts_.ledger.Stage(turn, std::move(unit));
  co_return core::LinkAnswer(std::move(answer));
}

base::Task<Requests::Result> Requests::Show(Online online, core::ShowPresence request) {
  Who who;
  if (core::NeedsChat(request.kind)) {
    if (!request.chat || WhoIs(*request.chat).empty())
      co_return base::Error(base::ErrorCode::kNotSupported, "This link only shows it to people");
    PARLEY_CO_TRY(known, co_await parts_.lids.Complete(WhoIs(*request.chat)));
    who = known;
  }
  Node stanza = PresenceOf(request.kind, who.jid(), online.own().push_name);
  PARLEY_CO_CHECK(co_await online.port->Send(std::move(stanza)));
  co_return core::LinkAnswer(core::Done());
}

}  // namespace parley::link::multidevice
