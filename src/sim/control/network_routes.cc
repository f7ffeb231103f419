// The routes of the control API: faults, the wire, the Graph API, and the network itself.
#include "sim/control/cloud_schema.h"
#include "sim/control/handlers.h"
#include "sim/control/route_tables.h"
#include "sim/control/schema.h"
#include "sim/control/wire_schema.h"

namespace parley::sim::control {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kFaults[] = {{200, "The rules that stand", &Describe<ShownFaults>}};
constexpr ResponseSpec kNewFault[] = {{201, "The rule", &Describe<ShownFault>}};
constexpr ResponseSpec kWire[] = {
    {200, "How clients come in, and what they did", &Describe<ShownWire>},
    {404, "The wire is not served"}};
constexpr ResponseSpec kWireFaults[] = {{200, "The rules that stand", &Describe<ShownWireFaults>}};
constexpr ResponseSpec kNewWireFault[] = {{201, "The rule", &Describe<wire::FaultEntry>}};
constexpr ResponseSpec kCloud[] = {{200, "What the Graph API did", &Describe<ShownCloud>},
                                   {404, "The Graph API is not served"}};
constexpr ResponseSpec kCloudNumbers[] = {{200, "By id", &Describe<ShownCloudNumbers>}};
constexpr ResponseSpec kCloudNumber[] = {
    {200, "The number", &Describe<ShownCloudNumber>},
    {422, "Among others: the webhook_url did not answer the challenge"}};
constexpr ResponseSpec kNewCloudNumber[] = {
    {201, "The number, and what a program needs to use it", &Describe<ShownCloudNumber>},
    {404, "No such business account"},
    {409, "It is there already, or the phone has too many devices"},
    {422, "Among others: the webhook_url did not answer the challenge"}};
constexpr ResponseSpec kNewCloudToken[] = {{201, "The token", &Describe<ShownCloudToken>}};
constexpr ResponseSpec kReceived[] = {{201, "It waits to be told", &Describe<ReceivedBody>}};
constexpr ResponseSpec kCloudFaults[] = {
    {200, "The rules that stand", &Describe<ShownCloudFaults>}};
constexpr ResponseSpec kNewCloudFault[] = {{201, "The rule", &Describe<graph::FaultEntry>}};
constexpr ResponseSpec kTime[] = {{200, "Now", &Describe<TimeBody>}};
constexpr ResponseSpec kHealth[] = {{200, "Ready", &Describe<HealthBody>}};
constexpr ResponseSpec kDocument[] = {{200, "OpenAPI 3.1"}};

constexpr Row kNetworkRoutes[] = {
    {{kGet, "/faults", "List fault rules", nullptr, {}, kFaults}, &ListFaults},
    {{kPost, "/faults", "Set a fault rule", &Describe<network::FaultForm>, {}, kNewFault},
     &CreateFault},
    {{kDelete, "/faults/{id}", "Remove a fault rule", nullptr, {}, kDone}, &DeleteFault},
    {{kGet, "/wire", "The wire: its address, its root key, its counters", nullptr, {}, kWire},
     &GetWire},
    {{kGet, "/wire/faults", "List fault rules of the wire", nullptr, {}, kWireFaults},
     &ListWireFaults},
    {{kPost,
      "/wire/faults",
      "Set a fault rule for single stanzas",
      &Describe<wire::FaultRule>,
      {},
      kNewWireFault},
     &CreateWireFault},
    {{kDelete, "/wire/faults/{id}", "Remove a fault rule of the wire", nullptr, {}, kDone},
     &DeleteWireFault},
    {{kPost,
      "/devices/{device}/drop-keys",
      "Use up the one-time keys of a device of the wire",
      nullptr,
      {},
      kDone},
     &DropOneTimeKeys},
    {{kPost,
      "/people/{number}/new-phone",
      "The person gets a new phone: another identity, and all devices of the wire logged out",
      nullptr,
      {},
      kDone},
     &ChangePhone},
    {{kGet, "/cloud", "The Graph API: its counters", nullptr, {}, kCloud}, &GetCloud},
    {{kGet, "/cloud/numbers", "Numbers on the Cloud API", nullptr, {}, kCloudNumbers},
     &ListCloudNumbers},
    {{kPost,
      "/cloud/numbers",
      "Put a number on the Cloud API",
      &Describe<NewCloudNumber>,
      {},
      kNewCloudNumber},
     nullptr,
     nullptr,
     &CreateCloudNumber},
    {{kGet, "/cloud/numbers/{id}", "Get one by its phone_number_id", nullptr, {}, kCloudNumber},
     &GetCloudNumber},
    {{kPatch,
      "/cloud/numbers/{id}",
      "Change its webhook, limits and state",
      &Describe<ChangedCloudNumber>,
      {},
      kCloudNumber},
     nullptr,
     nullptr,
     &ChangeCloudNumber},
    {{kDelete, "/cloud/numbers/{id}", "Take it off the Cloud API", nullptr, {}, kDone},
     &DeleteCloudNumber},
    {{kPost,
      "/cloud/numbers/{id}/tokens",
      "Make an access token",
      &Describe<NewCloudToken>,
      {},
      kNewCloudToken},
     &CreateCloudToken},
    {{kDelete, "/cloud/numbers/{id}/tokens/{token}", "Revoke one", nullptr, {}, kDone},
     &RevokeCloudToken},
    {{kPost,
      "/cloud/numbers/{id}/receive",
      "Tell of a message that the network cannot carry: an order, a flow's answer, ...",
      &Describe<ReceiveBody>,
      {},
      kReceived},
     &ReceiveOnCloud},
    {{kPost,
      "/cloud/numbers/{id}/webhook",
      "Tell a change of any field",
      &Describe<TellBody>,
      {},
      kDone},
     &TellOnCloud},
    {{kGet, "/cloud/faults", "List fault rules of the Graph API", nullptr, {}, kCloudFaults},
     &ListCloudFaults},
    {{kPost,
      "/cloud/faults",
      "Set a fault rule for single requests and webhooks",
      &Describe<graph::FaultRule>,
      {},
      kNewCloudFault},
     &CreateCloudFault},
    {{kDelete, "/cloud/faults/{id}", "Remove a fault rule of the Graph API", nullptr, {}, kDone},
     &DeleteCloudFault},
    {{kGet, "/time", "The network's clock", nullptr, {}, kTime}, &GetTime},
    {{kGet, "/healthz", "Whether the network is ready", nullptr, {}, kHealth}, &GetHealth},
    {{kGet, "/openapi.json", "This description", nullptr, {}, kDocument}, &GetOpenApi},
};

}  // namespace

std::span<const Row> NetworkRoutes() { return kNetworkRoutes; }

}  // namespace parley::sim::control
