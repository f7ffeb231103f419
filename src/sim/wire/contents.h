// Contents: what the network carries, as what people's devices seal, and back. Of these two forms
// the network's has fewer kinds: what it does not have goes from companion to companion unopened.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/network/message.h"
#include "sim/wire/layers.h"
#include "sim/wire/parts.h"

namespace parley::proto {
class Message;
}

namespace parley::sim::wire {

struct WrittenContent {
  std::string_view type;  // of the stanza
  std::string_view edit;  // empty: none
};
// nullopt for a kind that has no form here yet, such as media.
std::optional<WrittenContent> WriteContent(Parts& parts, const net::Message& message,
                                           proto::Message& out);

struct Understood {
  net::Content content;
  std::string quoted;
};
// What `from` wrote in the chat with `to`. nullopt for what the network has no kind for.
std::optional<Understood> ReadContent(Parts& parts, std::string_view from, std::string_view to,
                                      const proto::Message& message);

// The message inside of what says something of it: to be seen once, that it vanishes, an edit.
const proto::Message& Unwrapped(const proto::Message& message);

}  // namespace parley::sim::wire
