// The routes of the admin API: the node: what it is, how it does, and what a number tells.
#include "admin/handlers.h"
#include "admin/node_schema.h"
#include "admin/number_schema.h"
#include "admin/option_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kBackup[] = {
    {200, "What the backup holds, after all of it is on the disk", &Describe<BackupView>},
    {409, "The folder holds something else", &Describe<ErrorReply>},
};
constexpr ResponseSpec kNativeClient[] = {
    {200, "As it is now", &Describe<NativeClientView>},
    {422, "This server has no native channels", &Describe<ErrorReply>},
};
constexpr ResponseSpec kNumber[] = {
    {200, "What the digits tell; nobody is asked", &Describe<NumberView>}};
constexpr ResponseSpec kNode[] = {{200, "Version and figures", &Describe<NodeView>}};
constexpr ResponseSpec kOptionList[] = {
    {200, "With where each value comes from", &Describe<OptionList>}};
constexpr ResponseSpec kDocument[] = {{200, "OpenAPI 3.1 of all APIs"}};
constexpr ResponseSpec kHealth[] = {{200, "Requests are served", &Describe<HealthReply>}};
constexpr ResponseSpec kReady[] = {
    {200, "The gateway is started and the store can commit a write", &Describe<ReadyReply>},
    {503, "Why not", &Describe<ReadyReply>}};
constexpr ResponseSpec kMetricsText[] = {{200, "Prometheus text format"}};

constexpr Row kNodeRoutes[] = {
    {{kGet, "/parley/v1/numbers/{number}", "Describe a phone number", nullptr, {}, kNumber},
     &DescribeNumber},
    {{kGet, "/parley/v1/node", "Version and figures of this node", nullptr, {}, kNode}, &GetNode},
    {{kGet, "/parley/v1/node/options", "The options that it runs with", nullptr, {}, kOptionList},
     &ListOptions},
    {{kGet,
      "/parley/v1/node/client",
      "What native channels say of themselves to the network",
      nullptr,
      {},
      kNativeClient},
     &GetNativeClient},
    {{kPatch,
      "/parley/v1/node/client",
      "Change it for the connections to come, until the next start",
      &Describe<NativeClientChange>,
      {},
      kNativeClient},
     &ChangeNativeClient},
    {{kPost,
      "/parley/v1/backup",
      "Back up the data folder of the running server",
      &Describe<BackupBody>,
      {},
      kBackup},
     &MakeBackup},
    {{kGet, "/parley/openapi.json", "This description", nullptr, {}, kDocument},
     &GetOpenApi,
     Access::kOpen},
    {{kGet, "/healthz", "Whether requests are served", nullptr, {}, kHealth},
     &GetHealth,
     Access::kOpen},
    {{kGet, "/readyz", "Whether the node can do its work", nullptr, {}, kReady},
     &GetReady,
     Access::kOpen},
    {{kGet, "/metrics", "Figures for Prometheus", nullptr, {}, kMetricsText},
     &GetMetrics,
     Access::kOpen},
};

}  // namespace

std::span<const Row> NodeRoutes() { return kNodeRoutes; }

}  // namespace parley::admin
