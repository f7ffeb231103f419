// The routes of the admin API: channels, what connects them, and operations.
#include "admin/account_schema.h"
#include "admin/channel_schema.h"
#include "admin/cloud_schema.h"
#include "admin/handlers.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kAllChannelsQuery[] = {
    {"state", "Of this state only"},
    {"query", "A part of a label, number or code, in any case of A to Z"},
    {"after", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};
constexpr QuerySpec kHistoryQuery[] = {
    {"before", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};

constexpr ResponseSpec kChannel[] = {{200, "The channel", &Describe<ChannelView>}};
constexpr ResponseSpec kMovedChannel[] = {
    {200, "The channel", &Describe<ChannelView>},
    {409, "Not possible in its state", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewChannel[] = {{201, "The channel", &Describe<ChannelView>}};
constexpr ResponseSpec kCloud[] = {
    {200, "Without the token and the secret", &Describe<CloudView>},
    {404, "It is not connected by the Cloud API", &Describe<ErrorReply>},
};
constexpr ResponseSpec kCloudCheck[] = {
    {200, "What was found, also when it is not well", &Describe<CloudCheckView>},
    {404, "It is not connected by the Cloud API", &Describe<ErrorReply>},
};
constexpr ResponseSpec kChannels[] = {{200, "Newest first", &Describe<ChannelList>}};
constexpr ResponseSpec kHistory[] = {
    {200, "Newest first, as far back as the event log goes", &Describe<ChannelHistory>}};
constexpr ResponseSpec kPairing[] = {
    {200, "A QR text, or a code when `phone` was given", &Describe<PairReply>},
    {409, "It is paired already", &Describe<ErrorReply>},
    {504, "The network offers none", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewChannelKey[] = {{201, "The key, this once", &Describe<IssuedKeyView>}};
constexpr ResponseSpec kAccepted[] = {
    {202, "It goes on by itself, also after a restart", &Describe<OperationView>}};
constexpr ResponseSpec kOperation[] = {{200, "The operation", &Describe<OperationView>}};

constexpr Row kChannelRoutes[] = {
    {{kGet, ACCOUNT "/channels", "List channels", nullptr, kPage, kChannels}, &ListChannels},
    {{kGet, "/parley/v1/channels", "List channels of every account", nullptr, kAllChannelsQuery,
      kChannels},
     &ListAllChannels},
    {{kPost, ACCOUNT "/channels", "Make a channel", &Describe<NewChannelBody>, {}, kNewChannel},
     &CreateChannel},
    {{kGet, CHANNEL, "Get a channel", nullptr, {}, kChannel}, &GetChannel},
    {{kPatch, CHANNEL, "Change a channel", &Describe<ChangedChannelBody>, {}, kMovedChannel},
     &ChangeChannel},
    {{kDelete, CHANNEL, "Delete a channel", nullptr, {}, kAccepted}, &DeleteChannel},
    {{kPost, CHANNEL "/connect", "Connect a channel", nullptr, {}, kMovedChannel}, &ConnectChannel},
    {{kPost, CHANNEL "/disconnect", "Disconnect a channel", nullptr, {}, kMovedChannel},
     &DisconnectChannel},
    {{kPost, CHANNEL "/restart", "Connect a channel anew", nullptr, {}, kMovedChannel},
     &RestartChannel},
    {{kGet, CHANNEL "/history", "List the states it went through", nullptr, kHistoryQuery,
      kHistory},
     &GetChannelHistory},
    {{kGet, CHANNEL "/cloud", "Get what connects it by the Cloud API", nullptr, {}, kCloud},
     &GetCloud},
    {{kPut,
      CHANNEL "/cloud",
      "Give it new Cloud API credentials, used at once",
      &Describe<CloudBody>,
      {},
      kCloud},
     &SetCloud},
    {{kPost,
      CHANNEL "/cloud/check",
      "Look for the usual mistakes of its set-up, within a minute",
      nullptr,
      {},
      kCloudCheck},
     &CheckCloud},
    {{kPost, CHANNEL "/pair", "Offer pairing", &Describe<PairBody>, {}, kPairing}, &PairChannel},
    {{kPost,
      CHANNEL "/keys",
      "Make a key that sees this channel alone; the one before stops working",
      &Describe<NewChannelKeyBody>,
      {},
      kNewChannelKey},
     &CreateChannelKey},
    {{kGet,
      "/parley/v1/operations/{account_id}/{operation_id}",
      "Get an operation",
      nullptr,
      {},
      kOperation},
     &GetOperation},
};

}  // namespace

std::span<const Row> ChannelRoutes() { return kChannelRoutes; }

}  // namespace parley::admin
