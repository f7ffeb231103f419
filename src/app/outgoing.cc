#include "app/outgoing.h"

#include "http/tls_context.h"

namespace parley::app {
namespace {

constexpr const char* kDemoNetwork = "127.0.0.0/8";

std::vector<http::Network> AllowedNetworks(const Options& options,
                                           const std::vector<std::string>& listed) {
  std::vector<http::Network> networks;
  for (const std::string& text : listed)
    if (auto network = http::Network::Parse(text)) networks.push_back(*network);
  if (options.demo) networks.push_back(*http::Network::Parse(kDemoNetwork));
  return networks;
}

}  // namespace

base::Result<Outgoing> OpenOutgoing(const Options& options, base::Scheduler& scheduler,
                                    base::BlockingPool& pool) {
  Outgoing made;
  made.resolver = http::MakeSystemResolver(pool, scheduler);
  const http::AddressGuard guard(AllowedNetworks(options, options.allow_networks));
  const http::AddressGuard speech_guard(AllowedNetworks(options, options.speech_networks));
  PARLEY_TRY(tls, http::MakeTlsContext(options.ca_files));
  http::ClientOptions client;
  client.tls = tls;
  PARLEY_TRY(webhooks, http::MakeClient(scheduler, *made.resolver, guard, client));
  made.webhooks = std::move(webhooks);
  PARLEY_TRY(media, http::MakeClient(scheduler, *made.resolver, guard, client));
  made.media = std::move(media);
  PARLEY_TRY(speech, http::MakeClient(scheduler, *made.resolver, speech_guard, client));
  made.speech = std::move(speech);
  http::ClientOptions to_graph = client;
  to_graph.max_per_host = 256;  // each message waits for its answer, of all numbers at one host
  PARLEY_TRY(graph, http::MakeClient(scheduler, *made.resolver, guard, to_graph));
  made.graph = std::move(graph);
  http::WebSocketClientOptions sockets;
  sockets.tls = tls;
  PARLEY_TRY(web_sockets,
             http::MakeWebSocketClient(scheduler, *made.resolver, guard, std::move(sockets)));
  made.web_sockets = std::move(web_sockets);
  return made;
}

}  // namespace parley::app
