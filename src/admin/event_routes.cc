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
    {"before", "Newest first instead: events below this position; 0: from the newest"},
    {"limit", "Up to 500, 50 when left out"},
    {"wait", "Seconds to wait when there is nothing yet, up to 60"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
    {"name", "Of these names only, between commas: message.received,message.status"},
};
constexpr QuerySpec kStreamQuery[] = {
    {"after",
     "A position; only what comes from now on when left out. A Last-Event-ID header, "
     "which browsers send, counts more"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
    {"name", "Of these names only, between commas"},
};
constexpr ResponseSpec kEvents[] = {
    {200, "In order; empty when nothing came in time", &Describe<EventList>},
    {410, "Older than what is kept; the text names the oldest position", &Describe<ErrorReply>}};
constexpr ResponseSpec kStream[] = {
    {200, "text/event-stream: id = position, event = name, data = the event as in the list"},
    {410, "Older than what is kept", &Describe<ErrorReply>}};

constexpr ResponseSpec kEvent[] = {
    {200, "The event, and what each dialect posts of it", &Describe<EventDetail>},
    {404, "There is none, or it is no longer kept", &Describe<ErrorReply>}};
constexpr ResponseSpec kEventNames[] = {
    {200, "What may be asked for and subscribed to", &Describe<EventNamesView>}};

constexpr Row kEventRoutes[] = {
    {{kGet, "/parley/v1/events", "List events", nullptr, kEventQuery, kEvents}, &ListEvents},
    {{kGet, "/parley/v1/events/stream", "Follow events", nullptr, kStreamQuery, kStream},
     &StreamEvents},
    {{kGet, "/parley/v1/events/{position}", "Get an event", nullptr, {}, kEvent}, &GetEvent},
    {{kGet, "/parley/v1/event-names", "List the names of events", nullptr, {}, kEventNames},
     &ListEventNames},
};

}  // namespace

std::span<const Row> EventRoutes() { return kEventRoutes; }

}  // namespace parley::admin
