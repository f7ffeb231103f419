// 2Chat's webhook events and their bodies.
#pragma once

#include <string_view>

namespace parley::api::twochat {

bool IsEventName(std::string_view name);

}  // namespace parley::api::twochat
