#include "core/channels/channels.h"

#include <fmt/format.h>

#include "core/accounts/account_store.h"
#include "core/channels/deletion.h"
#include "core/channels/reports.h"
#include "core/event_store.h"
#include "core/stamp.h"

namespace parley::core {
namespace {

constexpr base::Duration kPairingWait = std::chrono::seconds(20);

// 1MSG's channel ids: three letters and nine digits.
std::string DrawCode(base::Random& random) {
  std::string code = "PLY";
  for (int i = 0; i < 9; ++i) code += static_cast<char>('0' + random.Below(10));
  return code;
}

// What the key in an account's idempotency record is sealed for.
std::string RepeatPurpose(AccountRow account) {
  return "repeated channel key/" + std::to_string(account.value);
}

struct MadeChannel {
  CreatedChannel created;
  std::optional<SubscriptionRow> webhook;
  std::string sealed_key;  // of a repeat
};

// What is made together with a channel, drawn before the transaction.
struct Belongings {
  std::optional<IssuedKey> key;
  std::optional<Subscription> webhook;
  LinkWrites state;
};

base::Result<MadeChannel> Insert(Transaction& tx, const Channel& channel,
                                 const Belongings& belongings) {
  MadeChannel made;
  made.created.channel = channel;
  PARLEY_TRY(row, tx.channels().Insert(channel));
  made.created.channel.row = row;
  if (!belongings.state.empty()) PARLEY_CHECK(tx.link_state().Apply(row, belongings.state));
  if (belongings.webhook) {
    Subscription webhook = *belongings.webhook;
    webhook.channel = row;
    PARLEY_TRY(inserted, InsertAtEnd(tx, std::move(webhook)));
    made.webhook = inserted.row;
  }
  if (!belongings.key) return made;
  made.created.key = belongings.key;
  made.created.key->credential.channel = row;
  PARLEY_TRY(key_row, tx.credentials().Insert(made.created.key->credential));
  made.created.key->credential.row = key_row;
  return made;
}

base::Result<MadeChannel> Repeat(const Transaction& tx, AccountRow account,
                                 std::string_view record) {
  const auto id = base::Uuid::FromBytes(record.substr(0, 16));
  if (!id) return base::Error(base::ErrorCode::kInternal, "", "unreadable idempotency record");
  PARLEY_TRY(channel, tx.channels().FindById(account, ChannelId(*id)));
  if (!channel) return base::ErrorCode::kGone;
  MadeChannel made;
  made.created.channel = *channel;
  made.sealed_key = record.substr(16);
  return made;
}

base::Result<ChannelPtr> FindLive(const Transaction& tx, AccountRow account, ChannelRow row) {
  PARLEY_TRY(channel, tx.channels().Find(account, row));
  if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
  return channel;
}

base::Error WrongState(const Channel& channel, std::string_view wish) {
  return base::Error(
      base::ErrorCode::kInvalidState,
      fmt::format("The channel cannot be {} while it is {}", wish, NameOf(channel.state)));
}

base::Result<void> WantConnected(Transaction& tx, Channel channel, Stamp& stamp) {
  switch (channel.state) {
    case ChannelState::kConnecting:
    case ChannelState::kConnected:
    case ChannelState::kDeleting:
    case ChannelState::kDeleted:
      return WrongState(channel, "connected");
    case ChannelState::kPending:
    case ChannelState::kPairing:
    case ChannelState::kLoggedOut:
    case ChannelState::kDisconnected:
      break;
  }
  channel.enabled = true;
  PARLEY_CHECK(tx.channels().Update(channel));
  if (channel.state != ChannelState::kDisconnected) return {};
  return ChangeState(tx, channel, ChannelState::kConnecting, "requested", stamp);
}

base::Result<void> WantDisconnected(Transaction& tx, Channel channel, Stamp& stamp) {
  if (channel.state != ChannelState::kConnecting && channel.state != ChannelState::kConnected &&
      channel.state != ChannelState::kDisconnected)
    return WrongState(channel, "disconnected");
  channel.enabled = false;
  PARLEY_CHECK(tx.channels().Update(channel));
  return ChangeState(tx, channel, ChannelState::kDisconnected, "requested", stamp);
}

base::Result<void> WantRestarted(Transaction& tx, Channel channel, Stamp& stamp) {
  if (channel.state != ChannelState::kConnecting && channel.state != ChannelState::kConnected &&
      channel.state != ChannelState::kDisconnected)
    return WrongState(channel, "restarted");
  channel.enabled = true;
  PARLEY_CHECK(tx.channels().Update(channel));
  return ChangeState(tx, channel, ChannelState::kConnecting, std::string(kRestartRequested), stamp);
}

}  // namespace

base::Result<void> CheckSettings(const Channel& channel, const ChannelSettings& wanted) {
  if (wanted.raw_hooks && !channel.settings.raw_hooks && channel.link != LinkKind::kCloud)
    return base::FieldError("settings.raw_hooks",
                            "Not supported: this channel does not use the Cloud API, whose bodies "
                            "raw callbacks have");
  return {};
}

base::Task<base::Result<CreatedChannel>> Channels::Create(AccountRow account, NewChannel wanted) {
  Stamp stamp(store_.scheduler().Now(), random_);
  Channel channel;
  channel.id = stamp.Next<ChannelId>();
  channel.account = account;
  channel.link = wanted.link.value_or(new_channels_);
  channel.link_profile = std::move(wanted.link_profile);
  channel.phone = std::move(wanted.phone);
  channel.label = std::move(wanted.label);
  channel.code = DrawCode(random_);
  PARLEY_CO_CHECK(CheckSettings(channel, wanted.settings));
  channel.settings = wanted.settings;
  channel.created_at = channel.updated_at = stamp.now();
  Belongings belongings;
  if (wanted.key)
    belongings.key =
        DrawKey(account, *wanted.key, ChannelRow(), channel.label, stamp.now(), random_);
  if (wanted.webhook)
    belongings.webhook =
        DrawSubscription(account, std::nullopt, wanted.key.value_or(Dialect::kAdmin),
                         std::move(*wanted.webhook), stamp.now(), random_, secrets_);
  if (wanted.proxy) belongings.state.push_back(SealedProxy(secrets_, channel.id, *wanted.proxy));
  if (wanted.cloud) {
    if (wanted.cloud->verify_token.empty()) wanted.cloud->verify_token = DrawVerifyToken(random_);
    belongings.state.push_back(SealedCloud(secrets_, channel.id, *wanted.cloud));
    channel.state = ChannelState::kConnecting;  // there is nothing to pair
  }

  // What a repeat needs: the channel's id and the sealed key.
  std::string record(channel.id.value.AsBytes());
  if (wanted.once && belongings.key)
    record += secrets_.Seal(RepeatPurpose(account), belongings.key->raw);

  auto write = [channel, belongings, once = wanted.once, record,
                stamp](Transaction& tx) -> base::Result<MadeChannel> {
    if (once) {
      PARLEY_TRY(earlier, tx.idempotency().Find(once->scope, stamp.now()));
      if (earlier && earlier->command != once->command)
        return base::ErrorCode::kIdempotencyConflict;
      if (earlier) return Repeat(tx, channel.account, earlier->result);
      IdempotencyRecord stored{once->command, record, stamp.now() + kIdempotencyLifetime};
      PARLEY_CHECK(tx.idempotency().Insert(once->scope, stored));
    }
    return Insert(tx, channel, belongings);
  };
  auto made = co_await store_.Write(std::move(write));
  if (!made) co_return made.error();
  if (made->webhook) deliverer_.Refresh(*made->webhook);
  if (wanted.cloud) port_.Refresh(made->created.channel.row);
  if (!made->sealed_key.empty()) {
    // The first answer again, whatever has become of the channel since: the command was the same.
    const Channel& now = made->created.channel;
    Channel then = channel;
    then.row = now.row;
    then.id = now.id;
    then.code = now.code;
    then.created_at = then.updated_at = now.created_at;
    made->created.channel = std::move(then);
    PARLEY_CO_TRY(raw, secrets_.Open(RepeatPurpose(account), made->sealed_key));
    made->created.key = KeyFrom(std::move(raw), account, *wanted.key, made->created.channel.row,
                                made->created.channel.label, made->created.channel.created_at);
  }
  co_return std::move(made->created);
}

base::Task<base::Result<Channel>> Channels::Change(AccountRow account, ChannelRow row,
                                                   ChannelChange change) {
  auto write = [account, row, change,
                now = store_.scheduler().Now()](Transaction& tx) -> base::Result<Channel> {
    PARLEY_TRY(found, FindLive(tx, account, row));
    Channel channel = *found;
    if (change.label) channel.label = *change.label;
    if (change.settings) {
      ChannelSettings wanted = channel.settings;
      change.settings(wanted);
      PARLEY_CHECK(CheckSettings(channel, wanted));
      channel.settings = wanted;
    }
    if (change.phone) {
      // Once paired the number is a fact.
      const bool paired = channel.connected_at || (channel.state != ChannelState::kPending &&
                                                   channel.state != ChannelState::kPairing);
      if (paired && *change.phone != channel.phone)
        return base::Error(base::ErrorCode::kInvalidState,
                           "The number of a paired channel cannot be changed");
      channel.phone = *change.phone;
    }
    channel.updated_at = now;
    PARLEY_CHECK(tx.channels().Update(channel));
    return channel;
  };
  auto changed = co_await store_.Write(std::move(write));
  if (changed) port_.Refresh(row);  // its settings act from now on
  co_return changed;
}

base::Task<base::Result<Channel>> Channels::Get(AccountRow account, ChannelRow row) {
  auto read = [account, row](const Transaction& tx) -> base::Result<Channel> {
    PARLEY_TRY(channel, FindLive(tx, account, row));
    return *channel;
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<Channel>> Channels::GetById(AccountRow account, ChannelId id) {
  auto read = [account, id](const Transaction& tx) -> base::Result<Channel> {
    PARLEY_TRY(channel, tx.channels().FindById(account, id));
    if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
    return *channel;
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<ChannelRow>> Channels::RowOf(AccountRow account, ChannelId id) {
  auto read = [account, id](const Transaction& tx) -> base::Result<ChannelRow> {
    PARLEY_TRY(channel, tx.channels().FindById(account, id));
    if (!channel) return base::ErrorCode::kNotFound;
    return channel->row;
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::map<ChannelRow, ChannelId>>> Channels::IdsOf(
    AccountRow account, std::vector<ChannelRow> rows) {
  using Ids = std::map<ChannelRow, ChannelId>;
  auto read = [account, rows](const Transaction& tx) -> base::Result<Ids> {
    Ids ids;
    for (const ChannelRow row : rows) {
      PARLEY_TRY(channel, tx.channels().Find(account, row));
      if (channel) ids[row] = channel->id;
    }
    return ids;
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<ChannelStore::StateCounts>> Channels::CountByState() {
  auto read = [](const Transaction& tx) { return tx.channels().CountByState(); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<Channel>>> Channels::List(AccountRow account,
                                                              ChannelStore::Filter filter) {
  auto read = [account, filter](const Transaction& tx) {
    return tx.channels().List(account, filter);
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<void>> Channels::Want(AccountRow account, ChannelRow row, bool connected) {
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [account, row, connected, stamp](Transaction& tx) -> base::Result<void> {
    Stamp ids = stamp;
    PARLEY_TRY(channel, FindLive(tx, account, row));
    return connected ? WantConnected(tx, *channel, ids) : WantDisconnected(tx, *channel, ids);
  };
  auto written = co_await store_.Write(std::move(write));
  if (written) port_.Refresh(row);
  co_return written;
}

base::Task<base::Result<void>> Channels::Connect(AccountRow account, ChannelRow row) {
  PARLEY_CO_CHECK(co_await Want(account, row, true));
  PARLEY_CO_TRY(channel, co_await Get(account, row));
  if (channel.state == ChannelState::kPending || channel.state == ChannelState::kLoggedOut)
    PARLEY_CO_CHECK(co_await Pair(row, ""));
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Channels::Disconnect(AccountRow account, ChannelRow row) {
  return Want(account, row, false);
}

base::Task<base::Result<void>> Channels::Restart(AccountRow account, ChannelRow row) {
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [account, row, stamp](Transaction& tx) -> base::Result<void> {
    Stamp ids = stamp;
    PARLEY_TRY(channel, FindLive(tx, account, row));
    return WantRestarted(tx, *channel, ids);
  };
  auto written = co_await store_.Write(write);
  if (written) port_.Restart(row);
  co_return written;
}

base::Task<base::Result<ChannelPort::Pairing>> Channels::Pair(ChannelRow row, std::string phone) {
  return port_.OfferPairing(row, std::move(phone), kPairingWait);
}

base::Task<base::Result<Operation>> Channels::Delete(AccountRow account, ChannelRow row) {
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [account, row, stamp](Transaction& tx) {
    return RequestDeletion(tx, account, row, stamp);
  };
  auto operation = co_await store_.Write(write);
  if (operation) port_.Refresh(row);
  co_return operation;
}

base::Task<base::Result<OperationInfo>> Channels::GetOperation(AccountRow account, OperationId id) {
  auto read = [account, id](const Transaction& tx) -> base::Result<OperationInfo> {
    PARLEY_TRY(operation, tx.operations().Find(account, id));
    if (!operation) return base::ErrorCode::kNotFound;
    OperationInfo info;
    info.operation = std::move(*operation);
    if (!info.operation.channel) return info;
    PARLEY_TRY(channel, tx.channels().Find(account, *info.operation.channel));
    if (channel) info.channel = channel->id;
    return info;
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<IssuedKey>> Channels::RenewKey(AccountRow account, ChannelRow row,
                                                       Dialect dialect) {
  const IssuedKey drawn = DrawKey(account, dialect, row, "", store_.scheduler().Now(), random_);
  auto write = [account, row, dialect, drawn](Transaction& tx) -> base::Result<IssuedKey> {
    PARLEY_TRY(channel, FindLive(tx, account, row));
    if (channel->state == ChannelState::kDeleting) return WrongState(*channel, "given a key");
    IssuedKey key = drawn;
    PARLEY_TRY(old_keys, tx.credentials().ListOfChannel(row));
    for (const Credential& old : old_keys) {
      if (old.dialect != dialect) continue;
      key.credential.previous_fingerprint = old.fingerprint;
      PARLEY_CHECK(tx.credentials().Delete(old.row));
    }
    PARLEY_TRY(key_row, tx.credentials().Insert(key.credential));
    key.credential.row = key_row;
    return key;
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<std::vector<Event>>> Channels::StateLog(AccountRow account, ChannelRow row,
                                                                EventPosition before, int limit) {
  auto read = [account, row, before,
               limit](const Transaction& tx) -> base::Result<std::vector<Event>> {
    PARLEY_CHECK(FindLive(tx, account, row));
    return tx.events().StatesOf(row, before, limit);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<Credential>>> Channels::Keys(ChannelRow row) {
  auto read = [row](const Transaction& tx) { return tx.credentials().ListOfChannel(row); };
  co_return co_await store_.Read(read);
}

}  // namespace parley::core
