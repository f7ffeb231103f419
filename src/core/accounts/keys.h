// Making keys.
#pragma once

#include <string>

#include "core/accounts/credential.h"

namespace parley::core {

// A credential and the key itself, which is shown to its owner once and then forgotten.
struct IssuedKey {
  Credential credential;
  std::string raw;
};

// Draws a key; `credential` is ready to be inserted.
IssuedKey DrawKey(AccountRow account, Dialect dialect, std::optional<ChannelRow> channel,
                  std::string label, base::Time now, base::Random& random);

// The credential of a key that was given from outside (a demo, a migration); at least 16 bytes.
IssuedKey KeyFrom(std::string raw, AccountRow account, Dialect dialect,
                  std::optional<ChannelRow> channel, std::string label, base::Time now);

}  // namespace parley::core
