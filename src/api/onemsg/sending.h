// What all send calls of 1MSG have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/onemsg/addresses.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/schema.h"
#include "core/messages/send.h"

namespace parley::api::onemsg {

// Recipient and quoted message of a send call; faults are added to `faults`.
template <class Body>
core::SendCommand CommandTo(const Body& body, base::Error& faults) {
  core::SendCommand command;
  auto to = ParseRecipient(body.chat_id, body.phone);
  to ? void(command.to = std::move(*to)) : faults.Absorb(to.error());
  if constexpr (requires { body.quoted; }) {
    if (body.quoted) {
      command.quoted = ParseMessageId(*body.quoted);
      if (!command.quoted) faults.Absorb(base::FieldError("quotedMsgId", "Unknown message"));
    }
  }
  return command;
}

// Accepts the message and answers the call. `file` is the call's name for where a file's link
// stands, a literal that outlives the call.
HandlerResult Send(Call& call, core::SendCommand command, std::string_view file = "body");

// Whether `text` is the word, in any letter case.
bool IsWord(std::string_view text, std::string_view word);

// The numbers that "@<digits>" in the text and `listed` name, each once; none: nobody.
using Mentions = std::optional<std::vector<std::string>>;
Mentions MentionsIn(std::string_view text, const Mentions& listed);

}  // namespace parley::api::onemsg
