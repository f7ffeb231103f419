// Wapio's webhook events and their bodies.
//
// Two generations of bodies are in use; ours is both at once: {"event", "event_type" (the name as
// it was subscribed), "account_id", "session_id", "emitted_at" (Unix ms), "timestamp" (Unix s),
// "data", "payload" (= data)}. Names and data shapes: the vendor's n8n node and PHP SDK, and the
// sister product's documentation for what stands inside `data`.
#pragma once

#include <span>
#include <string_view>

#include "core/events.h"
#include "core/webhooks/delivery.h"

namespace parley::api::wapio {

struct EventName {
  std::string_view name, when;  // `when` is a sentence without its full stop, for documentation
};

// Every one that can be subscribed to, by its name of today.
std::span<const EventName> EventNames();

// Of today, or of the generation before.
bool IsEventName(std::string_view name);

// The name by which the subscription wants the event `name` of today: the same, or the one of the
// generation before. Empty when it does not.
std::string_view NameAsSubscribed(std::string_view name, const core::Subscription& subscription);

// The event for an incoming message of this kind of chat.
std::string_view ReceivedIn(core::ChatKind kind);

// What became of participants: add, remove, promote or demote.
std::string_view ActionWord(core::ParticipantAction action);

// The status words of calls, as the network's own clients have them.
std::string_view CallWord(core::CallStatus status);

// The status words of messages.update.
std::string_view UpdateWord(core::MessageStatus status);

}  // namespace parley::api::wapio
