// A message of the core as the network carries it. Pure. docs/protocol/messages.md, "Kinds".
#pragma once

#include <optional>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/channels/link.h"
#include "link/multidevice/addresses.h"
#include "link/multidevice/message_secret.h"
#include "proto/message.pb.h"

namespace parley::link::multidevice {

// The kinds that MessageOf takes.
std::vector<core::ContentKind> CarriedKinds();

// What a message is made of beside its content.
struct Writing {
  Writing(const Pairing& own, const Jid& chat, base::Time now, base::Random& random)
      : own(own), chat(chat), now(now), random(random) {}

  const Pairing& own;
  Jid chat;  // an account
  base::Time now;
  base::Random& random;
  std::optional<core::Content> quoted;       // of the message that is answered; none: unknown
  std::optional<MessageSecret> secret;       // of a poll: its own
  std::optional<MessageSecret> poll_secret;  // of a vote: its poll's
  Who poll_author;                           // of a vote
};

struct Written {
  proto::Message message;
  std::string type = "text";  // attribute of the stanza
  std::string media_type;     // attribute of what is sealed; may be empty
  std::string edit;           // attribute of the stanza: what becomes of another message
  std::string poll_type;      // creation or vote; else empty
  bool silent = false;        // who cannot open it shows nothing
};
// kNotSupported for a kind that is not carried, kNotFound for a vote without its poll's secret.
base::Result<Written> MessageOf(const core::OutgoingMessage& message, const Writing& writing);

// What the account's own other devices get of it.
proto::Message CopyFor(const proto::Message& message, const Jid& chat);

}  // namespace parley::link::multidevice
