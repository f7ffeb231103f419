#include "storage/sqlite/migrations.h"

#include <fmt/format.h>

#include <array>

namespace parley::storage {
namespace {

// Why the hot tables (messages, events, deliveries) look as they do:
// docs/decisions/0002-hot-schema.md. Times are Unix milliseconds. Integers of enums are numbered in
// core and never renumbered.
constexpr char kInitial[] = R"sql(
CREATE TABLE accounts (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  on_trial INTEGER NOT NULL,
  expires_at INTEGER,
  blocked INTEGER NOT NULL,
  block_reason TEXT NOT NULL,
  requests_per_minute INTEGER NOT NULL,
  burst INTEGER NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credentials (
  row INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  dialect INTEGER NOT NULL,
  channel INTEGER,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  fingerprint TEXT NOT NULL,
  previous_fingerprint TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX credentials_by_account ON credentials (account);
CREATE INDEX credentials_by_channel ON credentials (channel) WHERE channel IS NOT NULL;

CREATE TABLE channels (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  link INTEGER NOT NULL,
  link_profile TEXT NOT NULL,
  state INTEGER NOT NULL,
  state_reason TEXT NOT NULL,
  phone TEXT NOT NULL,
  label TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL,
  profile TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  connected_at INTEGER,
  enabled INTEGER NOT NULL
) STRICT;
CREATE INDEX channels_by_account ON channels (account);
CREATE INDEX channels_by_phone ON channels (account, phone);

CREATE TABLE persons (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  phone TEXT NOT NULL,
  lid TEXT NOT NULL,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  push_name TEXT NOT NULL,
  verified_name TEXT NOT NULL,
  is_business INTEGER NOT NULL,
  merged_into INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person_addresses (
  account INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (account, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_addresses_by_person ON person_addresses (person);

CREATE TABLE chats (
  row INTEGER PRIMARY KEY,
  channel INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  person INTEGER NOT NULL,
  window_until INTEGER
) STRICT;
CREATE UNIQUE INDEX chats_by_person ON chats (channel, kind, person);
CREATE INDEX chats_of_person ON chats (person);

-- history: 9 bytes per step, status and time (big-endian milliseconds).
CREATE TABLE messages (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  chat INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  sender INTEGER,
  content TEXT NOT NULL,
  quoted BLOB,
  status INTEGER NOT NULL,
  failure TEXT,
  link_id TEXT,
  at INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  history BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_queued ON messages (channel) WHERE status = 1;

-- What finds messages by chat, by channel and by the network's id, and idempotency records by
-- scope: storage/key_index.h.
CREATE TABLE key_runs (
  run INTEGER PRIMARY KEY,
  level INTEGER NOT NULL,
  digests INTEGER NOT NULL,
  filter BLOB NOT NULL
) STRICT;
CREATE TABLE key_blocks (
  run INTEGER NOT NULL,
  first BLOB NOT NULL CHECK (length(first) = 25),
  keys BLOB NOT NULL,
  PRIMARY KEY (run, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE late_keys (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  key BLOB NOT NULL CHECK (length(key) = 25)
) STRICT;

CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  channel INTEGER,
  chat INTEGER,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE subscriptions (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  channel INTEGER,
  dialect INTEGER NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  sealed_secret BLOB NOT NULL,
  parameters TEXT NOT NULL,
  state INTEGER NOT NULL,
  state_reason TEXT NOT NULL,
  failing_since INTEGER,
  position INTEGER NOT NULL,
  behind INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX subscriptions_by_account ON subscriptions (account);

CREATE TABLE deliveries (
  subscription INTEGER NOT NULL,
  event INTEGER NOT NULL,
  name TEXT NOT NULL,
  order_key INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER,
  last_status INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  last_duration_ms INTEGER NOT NULL,
  body TEXT NOT NULL,
  finished_at INTEGER,
  PRIMARY KEY (subscription, event, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_unsettled ON deliveries (subscription, order_key, event)
  WHERE state IN (1, 2);
CREATE INDEX deliveries_dead ON deliveries (subscription, event) WHERE state = 4;

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_digest ON media (sha256);
CREATE INDEX media_by_time ON media (created_at);

CREATE TABLE operations (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  account INTEGER NOT NULL,
  channel INTEGER,
  type TEXT NOT NULL,
  state INTEGER NOT NULL,
  error TEXT NOT NULL,
  enqueued_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX operations_unfinished ON operations (state) WHERE state IN (1, 2);

-- Rows stand in the order they expire, so that old ones are found at the front.
CREATE TABLE idempotency (
  row INTEGER PRIMARY KEY,
  scope BLOB NOT NULL CHECK (length(scope) = 16),
  command BLOB NOT NULL CHECK (length(command) = 32),
  result BLOB NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE link_state (
  channel INTEGER NOT NULL,
  space TEXT NOT NULL,
  key TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (channel, space, key)
) STRICT, WITHOUT ROWID;
)sql";

// The newest rows and the latest time that a run's keys name: a search need not look into a run
// that has nothing as new as what it has found, and when the rows are pruned, the run goes as a
// whole. Of runs that are there already nobody knows, so they stay until they are merged.
constexpr char kAgeOfKeyRuns[] = R"sql(
ALTER TABLE key_runs ADD COLUMN newest_message INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE key_runs ADD COLUMN newest_record INTEGER NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE key_runs ADD COLUMN newest_at INTEGER NOT NULL DEFAULT 9223372036854775807;
)sql";

// A modifier is a row that no list shows: rows that came before are none.
constexpr char kModifiers[] = R"sql(
ALTER TABLE messages ADD COLUMN modifier INTEGER NOT NULL DEFAULT 0;
-- person 0 is the channel itself.
CREATE TABLE reactions (
  message INTEGER NOT NULL,
  person INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (message, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_by_person ON reactions (person);
CREATE TABLE votes (
  message INTEGER NOT NULL,
  person INTEGER NOT NULL,
  options TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (message, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX votes_by_person ON votes (person);
)sql";

// Groups and newsletters, each per channel. The `person` of their chats is the row here.
constexpr char kGroups[] = R"sql(
CREATE TABLE groups (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  channel INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX groups_by_address ON groups (channel, kind, address);
)sql";

// What a channel went through is asked for by its owner. So few events are of this kind that the
// index costs the others nothing.
constexpr char kStates[] = R"sql(
CREATE INDEX events_of_states ON events (channel) WHERE name = 'channel.state';
)sql";

// What the channel's phone shows of its chats, and whom its number blocks.
constexpr char kChatsAndBlocks[] = R"sql(
ALTER TABLE chats ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN muted_until INTEGER;
CREATE TABLE blocks (
  channel INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_by_person ON blocks (person);
)sql";

// Who in a group has a message, read and played it: rows of messages to groups alone. Nothing finds
// them by person (storage/receipts.cc).
constexpr char kReceipts[] = R"sql(
ALTER TABLE messages ADD COLUMN recipients INTEGER NOT NULL DEFAULT 0;
CREATE TABLE receipts (
  message INTEGER NOT NULL,
  person INTEGER NOT NULL,
  delivered_at INTEGER,
  read_at INTEGER,
  played_at INTEGER,
  PRIMARY KEY (message, person)
) STRICT, WITHOUT ROWID;
)sql";

// What was sent and received, month by month (year * 100 + month); and the conversation that a chat
// is in, by category. Both are kept when the messages are deleted.
constexpr char kUsage[] = R"sql(
ALTER TABLE messages ADD COLUMN conversation TEXT;
CREATE TABLE usage (
  channel INTEGER NOT NULL,
  month INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  category INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  billable INTEGER NOT NULL,
  PRIMARY KEY (channel, month, direction, kind, category)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
  chat INTEGER NOT NULL,
  category INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (chat, category)
) STRICT, WITHOUT ROWID;
)sql";

// Whether anybody has written in a chat since its channel was paired: of chats from before, nobody
// knows. And what the network said of a group last, while the channel is in it.
constexpr char kNewsAndGroupInfo[] = R"sql(
ALTER TABLE chats ADD COLUMN has_news INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET has_news = 1;
ALTER TABLE groups ADD COLUMN info TEXT;
)sql";

// By how much a message of a chat ever came late, in milliseconds (storage/message_pages.cc). Whose
// media it is, among an account's channels, and in whose address book a person stands: of what was
// there before, nobody knows. And the messages of a plan, counted while it has a limit.
constexpr char kOwnersAndPlans[] = R"sql(
ALTER TABLE chats ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
UPDATE chats SET late = m.late FROM (
  SELECT chat, max(accepted_at - at) AS late FROM messages GROUP BY chat
) m WHERE m.chat = chats.row;
ALTER TABLE media ADD COLUMN channel INTEGER;
CREATE TABLE book_entries (
  channel INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX book_entries_by_person ON book_entries (person);
ALTER TABLE accounts ADD COLUMN messages_per_month INTEGER NOT NULL DEFAULT 0;
CREATE TABLE plan_messages (
  account INTEGER NOT NULL,
  month INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  PRIMARY KEY (account, month)
) STRICT, WITHOUT ROWID;
)sql";

// What was said in voice messages, and which of them wait to be heard.
constexpr char kTranscriptions[] = R"sql(
ALTER TABLE messages ADD COLUMN transcription TEXT;
ALTER TABLE accounts ADD COLUMN transcription_key BLOB NOT NULL DEFAULT x'';
CREATE TABLE transcription_jobs (
  engine INTEGER NOT NULL,
  account INTEGER NOT NULL,
  message INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (engine, account, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX transcription_jobs_by_due ON transcription_jobs (due);
)sql";

// When a chat was written in for the last time, which outlives the messages themselves.
constexpr char kActivity[] = R"sql(
ALTER TABLE chats ADD COLUMN active_at INTEGER;
UPDATE chats SET active_at = m.at FROM (SELECT chat, max(at) AS at FROM messages GROUP BY chat) m
  WHERE chats.row = m.chat;
)sql";

// What media care found: of media from before, nobody looked.
constexpr char kMediaFacts[] = R"sql(
ALTER TABLE media ADD COLUMN facts TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN thumbnail BLOB NOT NULL DEFAULT x'';
)sql";

// Messages whose media came and waits to be looked into.
constexpr char kInspections[] = R"sql(
CREATE TABLE media_inspections (
  account INTEGER NOT NULL,
  message INTEGER NOT NULL,
  PRIMARY KEY (account, message)
) STRICT, WITHOUT ROWID;
)sql";

constexpr auto kMigrations = std::to_array<Migration>({
    {1, "initial", kInitial},
    {2, "age of key runs", kAgeOfKeyRuns},
    {3, "modifiers", kModifiers},
    {4, "groups", kGroups},
    {5, "states of channels", kStates},
    {6, "chats and blocks", kChatsAndBlocks},
    {7, "receipts in groups", kReceipts},
    {8, "usage", kUsage},
    {9, "news and group info", kNewsAndGroupInfo},
    {10, "owners and plans", kOwnersAndPlans},
    {11, "transcriptions", kTranscriptions},
    {12, "activity of chats", kActivity},
    {13, "what media shows", kMediaFacts},
    {14, "media that waits to be looked into", kInspections},
});

}  // namespace

std::span<const Migration> SqliteMigrations() { return kMigrations; }

base::Result<int> SchemaVersion(SqliteConnection& connection) {
  static constexpr Sql kVersion{"PRAGMA user_version"};
  PARLEY_TRY(rows, connection.Query(kVersion, {}));
  PARLEY_TRY(found, rows.Next());
  return found ? static_cast<int>(rows.Integer(0)) : 0;
}

base::Result<void> Migrate(SqliteConnection& connection) {
  PARLEY_TRY(version, SchemaVersion(connection));
  const int newest = kMigrations.back().number;
  if (version > newest)
    return base::Error(
        base::ErrorCode::kUnavailable,
        fmt::format("The database has schema {}, this Parley knows up to {}: run the newer Parley "
                    "that wrote it, or restore a backup",
                    version, newest));
  for (const Migration& migration : kMigrations) {
    if (migration.number <= version) continue;
    const std::string script = fmt::format("BEGIN IMMEDIATE;{}PRAGMA user_version = {};COMMIT;",
                                           migration.sql, migration.number);
    auto done = connection.Script(script.c_str());
    if (done) continue;
    (void)connection.Script("ROLLBACK");
    return done.error();
  }
  return {};
}

}  // namespace parley::storage
