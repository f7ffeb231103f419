#include "tests/contracts/store_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace parley::testing {
namespace {

std::string T(std::int64_t number) { return std::to_string(number); }
std::string T(const std::string& text) { return "'" + text + "'"; }
std::string T(base::Time time) { return "@" + T(base::ToUnixMs(time)); }
std::string T(const base::Uuid& id) { return id.ToText(); }
template <class E>
requires std::is_enum_v<E> std::string T(E value) { return T(static_cast<std::int64_t>(value)); }
template <class Tag, class V>
std::string T(const base::Strong<Tag, V>& strong) {
  return T(strong.value);
}
template <class V>
std::string T(const std::optional<V>& value) {
  return value ? T(*value) : "-";
}
std::string T(const core::Peer& peer) { return base::EncodeText(peer); }
std::string T(const base::Digest& digest) { return base::ToHexText(base::AsText(digest)); }

template <class... Parts>
std::string Join(const Parts&... parts) {
  std::string text;
  ((text += T(parts) + " "), ...);
  return text;
}

}  // namespace

std::string Text(const core::Account& a) {
  return Join(a.row, a.id, a.name, a.plan, std::int64_t{a.on_trial}, a.expires_at,
              std::int64_t{a.blocked}, a.block_reason, a.requests_per_minute, a.burst,
              a.messages_per_month, base::EncodeText(a.settings), a.created_at);
}

std::string Text(const core::Credential& c) {
  return Join(c.row, c.account, c.dialect, c.channel, c.digest, c.fingerprint,
              c.previous_fingerprint, c.label, c.created_at);
}

std::string Text(const core::Channel& c) {
  return Join(c.row, c.id, c.account, c.link, c.link_profile, c.state, c.state_reason, c.phone,
              c.label, c.code, std::int64_t{c.enabled}, base::EncodeText(c.settings),
              base::EncodeText(c.profile), c.created_at, c.updated_at, c.connected_at);
}

std::string Text(const core::Person& p) {
  return Join(p.row, p.id, p.account, p.peer, p.created_at);
}

std::string Text(const core::Chat& c) {
  return Join(c.row, c.channel, c.kind, c.person, c.peer, c.window_until);
}

std::string Text(const core::MessageInChat& found) {
  const core::Message& m = found.message;
  std::string content;
  AppendJsonForm(content, m.content);
  std::string text = Join(
      m.row, m.id, m.account, m.channel, m.chat, m.direction, m.origin, m.sender, content, m.quoted,
      m.status, m.failure ? base::EncodeText(*m.failure) : "-", m.link_id, m.at, m.accepted_at,
      std::int64_t{m.recipients}, m.conversation ? base::EncodeText(*m.conversation) : "-");
  for (const core::HistoryEntry& entry : m.history) text += T(entry.status) + T(entry.at) + " ";
  return text + "| " + Text(found.chat);
}

std::string Text(const core::UsageRow& row) {
  const core::UsageKey& key = row.key;
  return Join(std::int64_t{key.month.year}, std::int64_t{key.month.month}, key.direction, key.kind,
              std::string(key.category ? NameOf(*key.category) : "-"), row.count.messages,
              row.count.conversations, row.count.billable);
}

std::string Text(const core::Event& e) {
  return Join(e.position, e.id, e.account, e.channel, e.chat, e.at,
              std::string(core::NameOf(e.body)), core::EncodeEventBody(e.body));
}

std::string Text(const core::Subscription& s) {
  return Join(s.row, s.id, s.account, s.account_id, s.channel, s.dialect, s.url,
              fmt::format("{}", fmt::join(s.events, ",")), s.sealed_secret,
              base::EncodeText(s.parameters), s.state, s.state_reason, s.failing_since, s.position,
              std::int64_t{s.behind}, s.created_at);
}

std::string Text(const core::Delivery& d) {
  return Join(d.subscription, d.event, d.name, d.order_key, d.state, std::int64_t{d.attempts},
              d.next_at, std::int64_t{d.last_status}, d.last_error, d.last_duration_ms, d.body,
              d.finished_at);
}

std::string Text(const core::Media& m) {
  return Join(m.account, m.channel, base::EncodeText(m.ref), m.created_at);
}

std::string Text(const core::Operation& o) {
  return Join(o.id, o.account, o.channel, o.type, o.state, o.error, o.enqueued_at, o.started_at,
              o.finished_at);
}

std::string Text(const core::IdempotencyRecord& r) {
  return Join(r.command, r.result, r.expires_at);
}

// ------------------------------------------------------------------------------------- changes

void Model::PutPerson(const core::Person& person) {
  persons[person.row] = person;
  const core::Address all[] = {{core::AddressKind::kPhone, person.peer.phone},
                               {core::AddressKind::kLid, person.peer.lid},
                               {core::AddressKind::kUsername, person.peer.username}};
  for (const core::Address& address : all)
    if (!address.value.empty()) addresses[{person.account, address}] = person.row;
}

void Model::MergePersons(core::PersonRow kept, core::PersonRow dropped) {
  for (auto& [address, person] : addresses)
    if (person == dropped) person = kept;
  for (auto& [from, to] : merged)
    if (to == dropped) to = kept;
  merged[dropped] = kept;
  for (auto& [number, message] : messages)
    if (message.sender == dropped) message.sender = kept;
  std::vector<core::ChatRow> gone;
  for (auto& [row, chat] : chats) {
    if (chat.person != dropped) continue;
    const auto same = std::find_if(chats.begin(), chats.end(), [&, &its = chat](const auto& other) {
      return other.second.channel == its.channel && other.second.person == kept;
    });
    if (same == chats.end()) {
      chat.person = kept;
      continue;
    }
    for (auto& [number, message] : messages)
      if (message.chat == row) message.chat = same->first;
    core::Chat& into = same->second;
    if (chat.window_until)
      into.window_until =
          std::max(into.window_until.value_or(base::FromUnixMs(0)), *chat.window_until);
    // What the kept chat is in stays; what only the dropped one was in, it is in now.
    for (const auto& [key, id] : std::map(conversations))
      if (key.first == row) {
        conversations.emplace(std::pair(same->first, key.second), id);
        conversations.erase(key);
      }
    gone.push_back(row);
  }
  for (const core::ChatRow row : gone) chats.erase(row);
}

int Model::PruneMessages(base::Time until, core::MessageRow after, int limit,
                         std::vector<core::MessageRow>& queued,
                         std::optional<core::MessageRow>& next) {
  std::vector<core::MessageRow> window;
  for (const auto& [row, message] : messages)
    if (row > after && row < messages.rbegin()->first && static_cast<int>(window.size()) < limit)
      window.push_back(row);
  if (static_cast<int>(window.size()) == limit) next = window.back();
  int deleted = 0;
  for (const core::MessageRow row : window) {
    if (messages[row].accepted_at >= until) {
      next.reset();
      break;
    }
    if (messages[row].status == core::MessageStatus::kQueued) {
      queued.push_back(row);
    } else {
      messages.erase(row);
      ++deleted;
    }
  }
  return deleted;
}

int Model::PruneEvents(base::Time until, core::EventPosition settled, int limit) {
  int deleted = 0;
  while (deleted < limit && events.size() > 1 && events.begin()->first <= settled &&
         events.begin()->second.at < until) {
    events.erase(events.begin());
    ++deleted;
  }
  return deleted;
}

int Model::PruneRecords(base::Time now, int limit) {
  int deleted = 0;
  while (deleted < limit && idempotency.size() > 1 &&
         idempotency.front().second.expires_at <= now) {
    idempotency.erase(idempotency.begin());
    ++deleted;
  }
  return deleted;
}

int Model::PruneMedia(base::Time until, int limit) {
  std::vector<std::pair<base::Time, core::MediaId>> old;
  for (const auto& [id, row] : media)
    if (row.created_at < until) old.push_back({row.created_at, id});
  std::sort(old.begin(), old.end());
  if (static_cast<int>(old.size()) > limit) old.resize(static_cast<std::size_t>(limit));
  for (const auto& [time, id] : old) media.erase(id);
  return static_cast<int>(old.size());
}

int Model::Replay(core::SubscriptionRow subscription, core::EventPosition from,
                  core::EventPosition to, bool also_done, base::Time now) {
  int replayed = 0;
  for (auto& [key, row] : deliveries) {
    if (row.subscription != subscription || row.event < from || row.event > to) continue;
    if (events.empty() || row.event < events.begin()->first) continue;
    const bool chosen = row.state == core::DeliveryState::kDead ||
                        (also_done && row.state == core::DeliveryState::kDone);
    if (!chosen) continue;
    row.state = core::DeliveryState::kWaiting;
    row.attempts = 0;
    row.next_at = now;
    row.finished_at.reset();
    ++replayed;
  }
  return replayed;
}

// ------------------------------------------------------------------------------------- answers

std::string Model::MessageText(const core::Message& message) const {
  core::MessageInChat found{message, chats.at(message.chat)};
  found.chat.peer = persons.at(found.chat.person).peer;
  return Text(found);
}

std::vector<std::string> Model::List(core::AccountRow account,
                                     const core::MessageStore::Page& page) const {
  std::vector<const core::Message*> chosen;
  for (const auto& [row, m] : messages) {
    if (page.chat ? m.chat != *page.chat : m.channel != page.channel) continue;
    if (m.row <= page.after || (page.before.value > 0 && m.row >= page.before)) continue;
    if ((page.from && m.at < *page.from) || (page.until && m.at > *page.until)) continue;
    if (page.below && core::MessageStore::Place{m.at, m.row} >= *page.below) continue;
    chosen.push_back(&m);
  }
  if (page.chat && !page.by_row)
    std::stable_sort(chosen.begin(), chosen.end(),
                     [](const auto* a, const auto* b) { return a->at < b->at; });
  if (page.newest_first) std::reverse(chosen.begin(), chosen.end());
  std::vector<std::string> texts;
  for (std::size_t i = static_cast<std::size_t>(page.offset); i < chosen.size(); ++i) {
    if (page.limit > 0 && static_cast<int>(i) >= page.offset + page.limit) break;
    if (chosen[i]->account == account) texts.push_back(MessageText(*chosen[i]));
  }
  return texts;
}

std::vector<std::string> Model::Usage(core::ChannelRow channel,
                                      std::optional<core::Month> month) const {
  std::vector<std::string> texts;
  for (const auto& [key, count] : usage)
    if (key.first == channel && (!month || key.second.month == *month))
      texts.push_back(Text(core::UsageRow{key.second, count}));
  return texts;
}

std::vector<std::string> Model::Queued(core::ChannelRow channel, core::MessageRow after,
                                       int limit) const {
  std::vector<std::string> texts;
  for (const auto& [row, m] : messages)
    if (m.channel == channel && m.status == core::MessageStatus::kQueued && row > after &&
        static_cast<int>(texts.size()) < limit)
      texts.push_back(MessageText(m));
  return texts;
}

std::optional<base::Time> Model::LatestAt(core::ChatRow chat) const {
  std::optional<base::Time> latest;
  for (const auto& [row, m] : messages)
    if (m.chat == chat && (!latest || m.at > *latest)) latest = m.at;
  return latest;
}

std::string Model::FindByLinkId(core::ChatRow chat, core::Direction direction,
                                const std::string& link_id) const {
  for (const auto& [row, m] : messages)
    if (m.chat == chat && m.direction == direction && m.link_id == link_id) return MessageText(m);
  return "none";
}

std::string Model::FindRecord(const base::Digest& scope, base::Time now) const {
  for (auto it = idempotency.rbegin(); it != idempotency.rend(); ++it)
    if (it->first == scope) return it->second.expires_at > now ? Text(it->second) : "none";
  return "none";
}

}  // namespace parley::testing
