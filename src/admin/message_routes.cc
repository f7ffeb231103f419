// The routes of the admin API: messages.
#include "admin/handlers.h"
#include "admin/message_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kMessage[] = {{200, "The message", &Describe<MessageView>}};

constexpr Row kMessageRoutes[] = {
    {{kGet,
      ACCOUNT "/messages/{message_id}",
      "Get a message with its history",
      nullptr,
      {},
      kMessage},
     &GetMessage},
};

}  // namespace

std::span<const Row> MessageRoutes() { return kMessageRoutes; }

}  // namespace parley::admin
