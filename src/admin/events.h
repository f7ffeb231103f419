// How an event looks in the list and in the stream, and how callers choose events.
#pragma once

#include "admin/node_schema.h"
#include "admin/service.h"
#include "core/event_log.h"

namespace parley::admin {

EventView ViewOf(const core::LoggedEvent& logged);

// `account` and `channel` of the query; `after` and `limit` are the route's own.
base::Result<core::EventQuery> FilterOf(const http::Request& request);

}  // namespace parley::admin
