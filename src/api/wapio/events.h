// Wapio's webhook events and their bodies.
//
// Two generations of bodies are in use; ours is both at once: {"event", "event_type", "account_id",
// "session_id", "emitted_at" (Unix ms), "timestamp" (Unix s), "data", "payload" (= data)}. Names
// and data shapes: the vendor's n8n node and PHP SDK, and the sister product's documentation for
// what stands inside `data`.
#pragma once

#include <string_view>

#include "core/webhooks/delivery.h"

namespace parley::api::wapio {

bool IsEventName(std::string_view name);

}  // namespace parley::api::wapio
