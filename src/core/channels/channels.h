// Operations on channels, as dialects call them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/accounts/keys.h"
#include "core/channels/channel_port.h"
#include "core/channels/channel_store.h"
#include "core/channels/cloud.h"
#include "core/channels/proxy.h"
#include "core/events.h"
#include "core/idempotency.h"
#include "core/operations.h"
#include "core/secrets.h"
#include "core/store.h"
#include "core/webhooks/delivery_port.h"
#include "core/webhooks/subscribe.h"

namespace parley::core {

struct NewChannel {
  std::string label;
  std::string phone;             // digits the owner expects; informational until paired
  std::optional<LinkKind> link;  // absent: as the gateway makes them
  std::string link_profile = "phone";
  ChannelSettings settings;
  std::optional<Dialect> key;  // also issue a key bound to the channel
  // Made with it, of the key's dialect. Webhooks::CheckUrl has looked at its URL.
  std::optional<NewSubscription> webhook;
  std::optional<Proxy> proxy;
  // Of a channel on the Cloud API, which connects at once then. An empty verify token is drawn.
  std::optional<CloudCredentials> cloud;
  std::optional<IdempotencyKey> once;
};
struct CreatedChannel {
  Channel channel;
  std::optional<IssuedKey> key;
};

struct OperationInfo {
  Operation operation;
  std::optional<ChannelId> channel;
};

// Changes of what an owner may change; absent = as it is.
struct ChannelChange {
  std::optional<std::string> label;
  std::optional<std::string> phone;
  // Is given the settings as they stand when the change is written, so that of two changes at once
  // neither undoes the other. Pure, as it runs inside the transaction.
  std::function<void(ChannelSettings&)> settings;
};

// The state_reason of a restart that was asked for.
inline constexpr std::string_view kRestartRequested = "restart_requested";

// Refuses to switch on what the channel's link cannot give: nothing is accepted that would have no
// effect. Faults are told under "settings.<name>". Create and Change look, too; a dialect looks
// before it does something else in the same call.
base::Result<void> CheckSettings(const Channel& channel, const ChannelSettings& wanted);

// Thread: its store's scheduler.
class Channels {
 public:
  Channels(Store& store, base::Random& random, Secrets& secrets, ChannelPort& port,
           DeliveryPort& deliverer, LinkKind new_channels = LinkKind::kSimulated)
      : store_(store),
        random_(random),
        secrets_(secrets),
        port_(port),
        deliverer_(deliverer),
        new_channels_(new_channels) {}

  // One transaction: a channel is there with all that was asked for, or not at all. With `once` and
  // a key, the key stays sealed in the store until the record expires, so that a repeat gets it
  // again; a repeat makes nothing, whatever was changed or removed since.
  base::Task<base::Result<CreatedChannel>> Create(AccountRow account, NewChannel wanted);
  base::Task<base::Result<Channel>> Change(AccountRow account, ChannelRow channel,
                                           ChannelChange change);
  base::Task<base::Result<Channel>> Get(AccountRow account, ChannelRow channel);
  base::Task<base::Result<Channel>> GetById(AccountRow account, ChannelId id);
  base::Task<base::Result<std::vector<Channel>>> List(AccountRow account,
                                                      ChannelStore::Filter filter);

  struct Search {
    std::optional<ChannelState> state;
    std::string text;                // in label, number or code, in any case of A to Z; empty: all
    std::optional<ChannelId> after;  // where to go on
    int limit = 50;
  };
  struct Listed {
    std::vector<std::pair<Channel, AccountId>> channels;  // newest first
    bool more = false;
  };
  // Channels of every account. A fault of "after" when it names none.
  base::Task<base::Result<Listed>> ListAll(Search search);

  // Of any channel of the account, deleted ones too: where a list goes on.
  base::Task<base::Result<ChannelRow>> RowOf(AccountRow account, ChannelId id);
  // The ids of these channels of the account, deleted ones too; unknown rows are left out.
  base::Task<base::Result<std::map<ChannelRow, ChannelId>>> IdsOf(AccountRow account,
                                                                  std::vector<ChannelRow> rows);
  // How many channels stand at each state, of every account.
  base::Task<base::Result<ChannelStore::StateCounts>> CountByState();

  // Wants the channel connected; starts pairing when it is not paired. kInvalidState when it is
  // connected or connecting already, or is being deleted.
  base::Task<base::Result<void>> Connect(AccountRow account, ChannelRow channel);
  // Wants it disconnected, also after a restart. kInvalidState when it was never paired.
  base::Task<base::Result<void>> Disconnect(AccountRow account, ChannelRow channel);
  // Ends the connection and makes it anew; connects one that is disconnected. kInvalidState when
  // the channel has no pairing or is being deleted.
  base::Task<base::Result<void>> Restart(AccountRow account, ChannelRow channel);
  // The QR text or, with a phone number, the 8-character code. Starts pairing when needed.
  base::Task<base::Result<ChannelPort::Pairing>> Pair(ChannelRow channel, std::string phone);

  base::Task<base::Result<Operation>> Delete(AccountRow account, ChannelRow channel);
  base::Task<base::Result<OperationInfo>> GetOperation(AccountRow account, OperationId id);

  // A new key bound to the channel; every older one of that dialect stops working in the same
  // commit.
  base::Task<base::Result<IssuedKey>> RenewKey(AccountRow account, ChannelRow channel,
                                               Dialect dialect);
  base::Task<base::Result<std::vector<Credential>>> Keys(ChannelRow channel);

  // The changes of the channel's state that the event log still has, newest first, from those
  // before `before` on (0 = the newest).
  base::Task<base::Result<std::vector<Event>>> StateLog(AccountRow account, ChannelRow channel,
                                                        EventPosition before, int limit);

  // The proxy that was set for the channel, if any (proxy.h).
  base::Task<base::Result<std::optional<Proxy>>> GetProxy(AccountRow account, ChannelRow channel);
  base::Task<base::Result<void>> SetProxy(AccountRow account, ChannelRow channel, Proxy proxy);
  base::Task<base::Result<void>> RemoveProxy(AccountRow account, ChannelRow channel);

  // What connects the channel by the Cloud API, if it was given (cloud.h). New credentials are used
  // at once; an empty verify token keeps the one before. kNotSupported for channels of other links.
  base::Task<base::Result<std::optional<CloudCredentials>>> GetCloud(AccountRow account,
                                                                     ChannelRow channel);
  base::Task<base::Result<void>> SetCloud(AccountRow account, ChannelRow channel,
                                          CloudCredentials credentials);

 private:
  base::Task<base::Result<void>> Want(AccountRow account, ChannelRow channel, bool connected);
  base::Task<base::Result<void>> WriteProxy(AccountRow account, ChannelRow channel,
                                            LinkWrite proxy);

  Store& store_;
  base::Random& random_;
  Secrets& secrets_;
  ChannelPort& port_;
  DeliveryPort& deliverer_;
  const LinkKind new_channels_;
};

}  // namespace parley::core
