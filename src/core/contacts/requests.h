// What is asked of a link about people (core/channels/requests.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/addresses.h"
#include "core/contacts/person.h"
#include "core/contacts/presence.h"
#include "core/media/media.h"

namespace parley::core {

// The answer of an action.
struct Done {};

// Which of these are on WhatsApp, and what the network shows of them to the channel. In the order
// asked.
struct NumberFound {
  Address asked;
  bool on_network = false;
  Peer peer;                        // when on_network
  bool is_enterprise = false;       // a business that the network has verified
  std::int64_t verified_level = 0;  // 0 none, 1 confirmed, 2 official
  std::string about;                // empty: none, or not shown
  bool has_picture = false;         // that the channel may see
};
struct CheckNumbers {
  using Answer = std::vector<NumberFound>;
  std::vector<Address> numbers;
};

// ----------------------------------------------------------------------------------- actions

// Writes the phone's address book; an empty name removes. kNotSupported where there is none.
struct SaveContact {
  using Answer = Done;
  Address who;
  std::string name;
};
// kNotOnNetwork.
struct SetBlocked {
  using Answer = Done;
  Address who;
  bool blocked = false;
};
struct ShowPresence {
  using Answer = Done;
  PresenceKind kind = PresenceKind::kAvailable;
  std::optional<Address> chat;  // exactly when NeedsChat(kind)
};
// The picture that the channel may see. Its bytes are stored; the row is not.
struct PictureFound {
  std::optional<Media> media;
};
struct FetchPicture {
  using Answer = PictureFound;
  Address who;
};
// Tells the senders that their messages were read; ids of the network that it does not know are
// passed over.
struct MarkRead {
  using Answer = Done;
  std::vector<std::string> link_ids;
  bool played = false;  // voice messages, also played
  // And that an answer is being written; only of a network that shows it with a reading mark alone.
  bool typing = false;
};
// Everything in the chat.
struct ReadChat {
  using Answer = Done;
  Address chat;
};
// kNotFound; kInvalidState when it does not ring any more.
struct RejectCall {
  using Answer = Done;
  std::string call;
};

}  // namespace parley::core
