#include "admin/simulated_network.h"

#include "admin/auth.h"
#include "admin/errors.h"

namespace parley::admin {
namespace {

constexpr std::string_view kPrefix = "/parley/v1/sim";

// What people send on the network is anything; a browser that is led to it must run nothing of it.
constexpr std::string_view kPolicy = "sandbox; default-src 'none'";

// As the network knows it: without the prefix, and with that prefix in the URLs of its media.
http::Request Inner(http::Request request) {
  request.target.erase(0, kPrefix.size());
  if (!request.target.starts_with('/')) request.target.insert(0, 1, '/');
  request.headers.Set("X-Forwarded-Prefix", std::string(kPrefix));
  return request;
}

}  // namespace

bool IsForNetwork(const http::Request& request) {
  const std::string_view path = request.path();
  return path.starts_with(kPrefix) &&
         (path.size() == kPrefix.size() || path[kPrefix.size()] == '/');
}

std::size_t NetworkBodyLimit(const Context& context, const http::Request& head) {
  if (context.simulated_network == nullptr) return http::kDefaultBodyLimit;
  return context.simulated_network->BodyLimit(Inner(head));
}

base::Task<http::Response> AskNetwork(Context& context, http::Request request) {
  Entry entry = co_await Authenticate(context, request);
  if (entry.refusal) co_return std::move(*entry.refusal);
  if (context.simulated_network == nullptr)
    co_return EncodeError(404, "no_simulated_network",
                          "This server runs no simulated network; --simulated-network starts it");
  http::Request inner = Inner(std::move(request));
  http::Response response = co_await context.simulated_network->Handle(std::move(inner));
  response.headers.Set("Content-Security-Policy", std::string(kPolicy));
  response.headers.Set("X-Content-Type-Options", "nosniff");
  co_return response;
}

}  // namespace parley::admin
