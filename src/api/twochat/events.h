// 2Chat's webhook events and their bodies.
#pragma once

#include <span>
#include <string_view>

namespace parley::api::twochat {

struct EventName {
  std::string_view name, when;  // `when` is a sentence without its full stop, for documentation
};

// Every one that can be subscribed to.
std::span<const EventName> EventNames();

bool IsEventName(std::string_view name);

}  // namespace parley::api::twochat
