// The routes of the admin API: the event log.
#include "admin/handlers.h"
#include "admin/node_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kEventQuery[] = {
    {"after", "A position, `next` of the call before; the oldest event when left out"},
    {"limit", "Up to 500, 50 when left out"},
    {"wait", "Seconds to wait when there is nothing yet, up to 60"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
};
constexpr QuerySpec kStreamQuery[] = {
    {"after",
     "A position; only what comes from now on when left out. A Last-Event-ID header, "
     "which browsers send, counts more"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
};
constexpr ResponseSpec kEvents[] = {
    {200, "In order; empty when nothing came in time", &Describe<EventList>},
    {410, "Older than what is kept; the text names the oldest position", &Describe<ErrorReply>}};
constexpr ResponseSpec kStream[] = {
    {200, "text/event-stream: id = position, event = name, data = the event as in the list"},
    {410, "Older than what is kept", &Describe<ErrorReply>}};

constexpr Row kEventRoutes[] = {
    {{kGet, "/parley/v1/events", "List events", nullptr, kEventQuery, kEvents}, &ListEvents},
    {{kGet, "/parley/v1/events/stream", "Follow events", nullptr, kStreamQuery, kStream},
     &StreamEvents},
};

}  // namespace

std::span<const Row> EventRoutes() { return kEventRoutes; }

}  // namespace parley::admin
