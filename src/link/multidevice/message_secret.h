// What is sealed with the secret of another message: a vote with that of its poll.
// docs/protocol/messages.md, "Secrets of messages".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "link/multidevice/addresses.h"
#include "wire/crypto/secret.h"

namespace parley::link::multidevice {

using MessageSecret = wire::crypto::Secret<32>;

// The secret of a message that is sent by the channel: the same in every attempt, so that it need
// not be stored. `key` is a secret of the device.
MessageSecret SecretOf(std::string_view key, std::string_view message_id);

struct SealedBySecret {
  std::string payload, nonce;
};
// A vote of `voter` on the poll `id` of `author`; both as accounts.
SealedBySecret SealVote(const MessageSecret& secret, std::string_view id, const Jid& author,
                        const Jid& voter, std::string_view plain, base::Random& random);
// Tries the JIDs that author and voter have, because both are in use. kWrongMac when none fits,
// kMalformed for a nonce of another length.
wire::Result<std::string> OpenVote(const MessageSecret& secret, std::string_view id,
                                   const Who& author, const Who& voter,
                                   const SealedBySecret& sealed);

// How a vote names an option.
std::string HashOfOption(std::string_view option);

}  // namespace parley::link::multidevice
