// The network's answer to a login that is refused: <failure reason>.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "link/multidevice/ending.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

struct FailureKind {
  int code;
  Next next;
  std::string_view reason;
};

// The one table. The names are those of the network's web client, as whatsmeow has them.
inline constexpr auto kFailures = std::to_array<FailureKind>({
    {400, Next::kReconnect, "login_failed"},
    {401, Next::kLogOut, "logged_out"},
    {402, Next::kStop, "temporarily_banned"},
    {403, Next::kLogOut, "locked"},  // the account, or the phone is gone
    {405, Next::kStop, "client_outdated"},
    {406, Next::kLogOut, "banned"},
    {409, Next::kStop, "bad_user_agent"},
    {413, Next::kReconnect, "access_token_expired"},
    {414, Next::kReconnect, "access_token_invalid"},
    {415, Next::kReconnect, "not_found"},
    {418, Next::kReconnect, "client_unknown"},
    {500, Next::kReconnect, "network_error"},
    {501, Next::kReconnect, "network_experiment"},
    {503, Next::kReconnect, "network_unavailable"},
});

// Any other code: kReconnect, "login_refused".
Ending EndingOfFailure(const wire::binary::Node& failure);

}  // namespace parley::link::multidevice
