// The way of a request through the admin API. The routes themselves stand in the tables of
// route_tables.h.
#include <vector>

#include "admin/auth.h"
#include "admin/errors.h"
#include "admin/query.h"
#include "admin/route_tables.h"
#include "admin/service.h"
#include "admin/simulated_network.h"

namespace parley::admin {
namespace {

using RouteTable = std::span<const Row> (*)();

constexpr RouteTable kTables[] = {
    &SessionRoutes, &AccountRoutes,  &ChannelRoutes, &NewsletterRoutes,
    &MessageRoutes, &PeopleRoutes,   &GroupRoutes,   &WebhookRoutes,
    &EventRoutes,   &OverviewRoutes, &NodeRoutes,
};

class AdminService final : public Admin {
 public:
  AdminService(core::Services& core, Node& node, const AdminOptions& options)
      : context_(core, node, options), router_(Routes()) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    if (IsForNetwork(head)) return NetworkBodyLimit(context_, head);
    const Match match = router_.Find(head.method, head.path());
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    if (IsForNetwork(request)) co_return co_await AskNetwork(context_, std::move(request));
    const Match match = router_.Find(request.method, request.path());
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::Error(base::ErrorCode::kNotFound,
                                        "No such route; GET /parley/openapi.json lists them"));
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    Entry entry;
    if (match.row->access == Access::kToken) entry = co_await Authenticate(context_, request);
    if (entry.refusal) co_return std::move(*entry.refusal);
    if (auto checked = CheckQuery(request, match.row->spec); !checked)
      co_return EncodeError(checked.error());
    Call call(context_, request, match, std::move(entry.session));
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error());
    co_return std::move(*result);
  }

  void EndWaits() override {
    context_.events.Stop();
    context_.activity.Stop();
  }
  void Start() override { context_.samples.Start(); }
  base::Task<> Stop() override { return context_.samples.Stop(); }
  std::unique_ptr<CallNote> OnRequest(std::string_view api, const http::Request& request) override {
    context_.samples.Wake();
    return context_.activity.Begin(api, request);
  }
  void OnAnswer(std::unique_ptr<CallNote> note, const http::Response& response,
                base::Duration took) override {
    context_.activity.End(std::move(note), response, took);
  }
  Activity& activity() override { return context_.activity; }

 private:
  Context context_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<Admin> MakeAdmin(core::Services& core, Node& node, const AdminOptions& options) {
  return std::make_unique<AdminService>(core, node, options);
}

std::span<const Row> Routes() {
  static const std::vector<Row> routes = [] {
    std::vector<Row> all;
    for (const RouteTable table : kTables) {
      const std::span<const Row> rows = table();
      all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
  }();
  return routes;
}

}  // namespace parley::admin
