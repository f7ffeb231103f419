#include "storage/events.h"

#include <algorithm>

#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kAppend{
    "INSERT INTO events (id, account, channel, chat, at, name, version, body) "
    "VALUES (?,?,?,?,?,?,?,?)"};
constexpr Sql kAfter{
    "SELECT position, id, account, channel, chat, at, name, body FROM events WHERE position>? "
    "ORDER BY position LIMIT ?"};
constexpr Sql kBefore{
    "SELECT position, id, account, channel, chat, at, name, body FROM events WHERE position<? "
    "ORDER BY position DESC LIMIT ?"};
constexpr Sql kFind{
    "SELECT position, id, account, channel, chat, at, name, body FROM events WHERE position=?"};
// The name is written out so that the partial index events_of_states serves it.
constexpr Sql kStatesOf{
    "SELECT position, id, account, channel, chat, at, name, body FROM events "
    "WHERE name='channel.state' AND channel=? AND position<? ORDER BY position DESC LIMIT ?"};
static_assert(core::ChannelStateChanged::kName == "channel.state");
constexpr Sql kOldest{"SELECT min(position) FROM events"};
constexpr Sql kLast{"SELECT max(position) FROM events"};
// The newest row always stays: SQLite gives the next position after the highest there is, and a
// position must never be given twice.
constexpr Sql kAges{
    "SELECT position, at FROM events WHERE position < (SELECT max(position) FROM events) AND "
    "position <= ? ORDER BY position LIMIT ?"};
constexpr Sql kDeleteUpTo{"DELETE FROM events WHERE position<=?"};

// In place: an event is a kilobyte of strings, and moving one costs as much as a part of reading
// it.
base::Result<void> ReadInto(const Rows& rows, core::Event& event) {
  event.position = rows.RowNumber<core::EventPosition>(0);
  event.id = rows.Uuid<core::EventId>(1);
  event.account = rows.RowNumber<core::AccountRow>(2);
  event.channel = rows.OptionalRow<core::ChannelRow>(3);
  event.chat = rows.OptionalRow<core::ChatRow>(4);
  event.at = rows.Time(5);
  PARLEY_TRY(body, core::DecodeEventBody(rows.View(6), rows.View(7)));
  event.body = std::move(body);
  return {};
}

base::Result<core::Event> Read(const Rows& rows) {
  core::Event event;
  PARLEY_CHECK(ReadInto(rows, event));
  return event;
}

// The status that a message takes with the event, if any.
std::optional<core::MessageStatus> StatusTaken(const core::EventBody& body) {
  if (std::holds_alternative<core::MessageAccepted>(body)) return core::MessageStatus::kQueued;
  if (std::holds_alternative<core::MessageReceived>(body)) return core::MessageStatus::kReceived;
  const auto* changed = std::get_if<core::MessageStatusChanged>(&body);
  if (changed == nullptr) return std::nullopt;
  return changed->message.status;
}

std::size_t OutcomeOf(const core::Transcription& transcription) {
  return transcription.fault ? 1 + static_cast<std::size_t>(*transcription.fault) : 0;
}

}  // namespace

base::Result<core::EventPosition> SqlEventStore::Append(const core::Event& event) {
  const std::string body = core::EncodeEventBody(event.body);
  PARLEY_CHECK(db_.Execute(kAppend, {event.id, event.account, event.channel, event.chat, event.at,
                                     core::NameOf(event.body), core::kEventVersion, body}));
  appended_.any = true;
  if (const auto status = StatusTaken(event.body))
    ++appended_.messages[static_cast<std::size_t>(*status)];
  if (const auto* told = std::get_if<core::MessageTranscribed>(&event.body))
    ++appended_.transcriptions[OutcomeOf(told->transcription)];
  return core::EventPosition(db_.last_insert_row());
}

base::Result<std::vector<core::Event>> SqlEventStore::After(core::EventPosition after,
                                                            int limit) const {
  PARLEY_TRY(rows, db_.Query(kAfter, {after, limit}));
  std::vector<core::Event> events;
  while (true) {
    PARLEY_TRY(found, rows.Next());
    if (!found) return events;
    PARLEY_CHECK(ReadInto(rows, events.emplace_back()));
  }
}

base::Result<std::vector<core::Event>> SqlEventStore::Before(core::EventPosition before,
                                                             int limit) const {
  const std::int64_t below = before.value > 0 ? before.value : INT64_MAX;
  return ReadAll(db_.Query(kBefore, {below, limit}), Read);
}

base::Result<core::EventStore::Slice> SqlEventStore::AfterOf(
    const std::vector<core::AccountRow>& accounts, core::EventPosition after, int limit) const {
  Slice slice;
  slice.last = after;
  if (accounts.empty()) {
    PARLEY_TRY(last, Last());
    slice.last = std::max(after, last);
    slice.at_end = true;
    return slice;
  }
  PARLEY_TRY(rows, db_.Query(kAfter, {after, limit}));
  for (int looked = 0; looked < limit; ++looked) {
    PARLEY_TRY(found, rows.Next());
    slice.at_end = !found;
    if (!found) break;
    slice.last = rows.RowNumber<core::EventPosition>(0);
    if (!std::binary_search(accounts.begin(), accounts.end(), rows.RowNumber<core::AccountRow>(2)))
      continue;
    PARLEY_CHECK(ReadInto(rows, slice.events.emplace_back()));
  }
  return slice;
}

base::Result<std::optional<core::Event>> SqlEventStore::Find(core::EventPosition position) const {
  return ReadOne(db_.Query(kFind, {position}), Read);
}

base::Result<std::vector<core::Event>> SqlEventStore::StatesOf(core::ChannelRow channel,
                                                               core::EventPosition before,
                                                               int limit) const {
  const std::int64_t below = before.value > 0 ? before.value : INT64_MAX;
  return ReadAll(db_.Query(kStatesOf, {channel, below, limit}), Read);
}

base::Result<core::EventPosition> SqlEventStore::Oldest() const {
  PARLEY_TRY(position, ReadInteger(db_.Query(kOldest, {})));
  return core::EventPosition(position);
}

base::Result<core::EventPosition> SqlEventStore::Last() const {
  PARLEY_TRY(position, ReadInteger(db_.Query(kLast, {})));
  return core::EventPosition(position);
}

base::Result<int> SqlEventStore::Prune(base::Time until, core::EventPosition settled, int limit) {
  std::int64_t last = 0;
  {
    PARLEY_TRY(rows, db_.Query(kAges, {settled, limit}));
    while (true) {
      PARLEY_TRY(found, rows.Next());
      if (!found || rows.Time(1) >= until) break;
      last = rows.Integer(0);
    }
  }
  if (last == 0) return 0;
  PARLEY_TRY(pruned, db_.Execute(kDeleteUpTo, {last}));
  return static_cast<int>(pruned);
}

}  // namespace parley::storage
