// What the gateway reaches others by: names, HTTP for webhooks, for media and for endpoints that
// transcribe, and for Graph, WebSockets for native channels.
#pragma once

#include <memory>

#include "app/options.h"
#include "base/blocking_pool.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/address_guard.h"
#include "http/client.h"
#include "http/web_socket_client.h"

namespace parley::app {

// Thread: the scheduler's.
struct Outgoing {
  std::unique_ptr<http::Resolver> resolver;
  std::unique_ptr<http::Client> webhooks, media, speech, graph;
  std::unique_ptr<http::WebSocketClient> web_sockets;
};

// The scheduler and the pool outlive it. kUnavailable names a CA file that cannot be used.
base::Result<Outgoing> OpenOutgoing(const Options& options, base::Scheduler& scheduler,
                                    base::BlockingPool& pool);

}  // namespace parley::app
