#include "link/multidevice/requests.h"

#include <algorithm>

#include "core/contacts/resolve.h"
#include "core/messages/message_store.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/receipts.h"
#include "link/multidevice/stanzas.h"
#include "link/multidevice/usync.h"

namespace parley::link::multidevice {
namespace {

using IdsByChat = std::map<core::Address, std::vector<std::string>>;

// Messages among which those are looked for that were read.
constexpr int kFewMessages = 64, kManyMessages = 1000;

std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == '@') break;
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// <chatstate> or <presence>.
Node PresenceOf(core::PresenceKind kind, const Jid& chat, const Pairing& own) {
  switch (kind) {
    case core::PresenceKind::kAvailable:
    case core::PresenceKind::kUnavailable: {
      Node presence("presence");
      const bool available = kind == core::PresenceKind::kAvailable;
      presence.attributes.push_back(Attribute{"type", available ? "available" : "unavailable"});
      if (!own.push_name.empty()) presence.attributes.push_back(Attribute{"name", own.push_name});
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
  const Jid& from = chat.server == wire::binary::JidServer::kLid ? own.lid : own.number;
  return Node("chatstate", {{"from", from.Text()}, {"to", chat.Text()}}, std::move(children));
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
  if (auto* mark = std::get_if<core::MarkRead>(&request))
    co_return co_await Mark(online, std::move(*mark));
  if (auto* read = std::get_if<core::ReadChat>(&request))
    co_return co_await ReadAll(online, std::move(*read));
  if (auto* block = std::get_if<core::SetBlocked>(&request))
    co_return co_await Block(online, std::move(*block), limit);
  if (auto* reject = std::get_if<core::RejectCall>(&request)) {
    PARLEY_CO_CHECK(co_await calls_.Reject(online, std::move(reject->call)));
    co_return core::LinkAnswer(core::Done());
  }
  if (auto* fetch = std::get_if<core::FetchPicture>(&request))
    co_return co_await profiles_.Fetch(online, std::move(*fetch), limit);
  if (std::get_if<core::GetProfile>(&request) != nullptr)
    co_return co_await profiles_.Get(online, limit);
  if (auto* change = std::get_if<core::ChangeProfile>(&request))
    co_return co_await profiles_.Change(online, std::move(*change), limit);
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
  const TimeLeft left(parts_.scheduler, limit);
  Node query = AskForNumbers(numbers, online.port->NextId());
  PARLEY_CO_TRY(told, co_await online.port->Ask(std::move(query), left()));
  const auto users = ReadUsync(told);
  if (!users)
    co_return base::Error(base::ErrorCode::kUnavailable, "The network refused to tell",
                          users.error().detail);
  for (const UsyncUser& user : *users) {
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
  {
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    Unit unit;
    for (const UsyncUser& user : *users)
      PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, user.who));
    if (!unit.records.empty()) (void)parts_.ledger.Stage(turn, std::move(unit));
  }
  // Whoever asks about one number wants to show it; lists are only looked through.
  if (answer.size() == 1 && answer.front().on_network) {
    const Who who = WhoIs(answer.front().peer);
    const auto looks = co_await profiles_.LooksOf(online, who, left());
    if (looks) {
      answer.front().about = looks->about;
      answer.front().has_picture = looks->has_picture;
    }
  }
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
  Node stanza = PresenceOf(request.kind, who.jid(), online.own());
  PARLEY_CO_CHECK(co_await online.port->Send(std::move(stanza)));
  co_return core::LinkAnswer(core::Done());
}

// The ids are looked for among the newest messages, first among few.
base::Task<Requests::Result> Requests::Mark(Online online, core::MarkRead request) {
  auto read = [channel = channel_,
               ids = request.link_ids](const core::Transaction& tx) -> base::Result<IdsByChat> {
    IdsByChat by_chat;
    for (const int limit : {kFewMessages, kManyMessages}) {
      by_chat.clear();
      std::size_t found = 0;
      core::MessageStore::Page page;
      page.channel = channel.row;
      page.limit = limit;
      PARLEY_TRY(messages, tx.messages().List(channel.account, page));
      for (const core::MessageInChat& one : messages) {
        if (one.message.direction != core::Direction::kIn ||
            std::find(ids.begin(), ids.end(), one.message.link_id) == ids.end())
          continue;
        by_chat[one.chat.address()].push_back(one.message.link_id);
        ++found;
      }
      if (found == ids.size() || messages.size() < static_cast<std::size_t>(limit)) break;
    }
    return by_chat;
  };
  PARLEY_CO_TRY(by_chat, co_await store_.Read(std::move(read)));
  co_return co_await Tell(std::move(online), std::move(by_chat), request.played);
}

// One receipt per chat. A chat that is with nobody is passed over.
base::Task<Requests::Result> Requests::Tell(
    Online online, std::map<core::Address, std::vector<std::string>> by_chat, bool played) {
  for (auto& [chat, ids] : by_chat) {
    PARLEY_CO_TRY(who, co_await parts_.lids.Complete(WhoIs(chat)));
    if (who.empty()) continue;
    if (ids.size() > kMaxReceipted) ids.resize(kMaxReceipted);
    Node receipt = ReadReceiptFor(who.jid(), ids, played, parts_.scheduler.Now());
    PARLEY_CO_CHECK(co_await online.port->Send(std::move(receipt)));
  }
  co_return core::LinkAnswer(core::Done());
}

// What came in last, as many as are unread.
base::Task<Requests::Result> Requests::ReadAll(Online online, core::ReadChat request) {
  auto read = [channel = channel_,
               with = request.chat](const core::Transaction& tx) -> base::Result<IdsByChat> {
    IdsByChat mark;
    PARLEY_TRY(chat, core::FindChatWith(tx, channel, with));
    if (!chat || chat->unread <= 0) return mark;
    core::MessageStore::Page page;
    page.channel = channel.row;
    page.chat = chat->row;
    page.limit = static_cast<int>(kMaxReceipted);
    PARLEY_TRY(messages, tx.messages().List(channel.account, page));
    std::vector<std::string>& ids = mark[with];
    for (const core::MessageInChat& found : messages)
      if (found.message.direction == core::Direction::kIn &&
          static_cast<std::int64_t>(ids.size()) < chat->unread)
        ids.push_back(found.message.link_id);
    if (ids.empty()) mark.clear();
    return mark;
  };
  PARLEY_CO_TRY(mark, co_await store_.Read(std::move(read)));
  co_return co_await Tell(std::move(online), std::move(mark), false);
}

base::Task<Requests::Result> Requests::Block(Online online, core::SetBlocked request,
                                             base::Duration limit) {
  std::vector<Who> people(1, WhoIs(request.who));
  if (people.front().empty())
    co_return base::Error(base::ErrorCode::kNotSupported, "Only people can be blocked");
  PARLEY_CO_TRY(lists, co_await parts_.lists.Of(online.port, std::move(people)));
  if (lists.front().devices.empty()) co_return base::ErrorCode::kNotOnNetwork;
  const Who who = lists.front().who;
  Node item("item");
  item.attributes.push_back(Attribute{"action", request.blocked ? "block" : "unblock"});
  item.attributes.push_back(Attribute{"jid", who.jid().Text()});
  if (request.blocked && who.complete())
    item.attributes.push_back(Attribute{"pn_jid", Jid(who.number, JidServer::kUser).Text()});
  Node query("iq");
  query.attributes.push_back(Attribute{"to", "s.whatsapp.net"});
  query.attributes.push_back(Attribute{"type", "set"});
  query.attributes.push_back(Attribute{"xmlns", "blocklist"});
  Node::Children children;
  children.push_back(std::move(item));
  query.content = std::move(children);
  PARLEY_CO_TRY(answer, co_await online.port->Ask(std::move(query), limit));
  if (answer.Find("type") == "error")
    co_return base::Error(base::ErrorCode::kInvalidState, "The network refused it");
  co_return core::LinkAnswer(core::Done());
}

}  // namespace parley::link::multidevice
