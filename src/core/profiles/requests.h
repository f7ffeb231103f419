// What is asked of a link about the profile of the channel's own number
// (core/channels/requests.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/contacts/requests.h"
#include "core/media/media.h"

namespace parley::core {

// As others see it.
struct OwnProfile {
  std::string push_name, about;
  bool is_business = false;
  // Of a business.
  std::string address, description, email, vertical;
  std::vector<std::string> websites;
  std::optional<Media> picture;  // its bytes are stored; the row is for who answers with it
};
struct GetProfile {
  using Answer = OwnProfile;
};
// What is absent stays. kInvalidFields names the members.
struct ChangeProfile {
  using Answer = Done;
  std::optional<std::string> push_name, about, address, description, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<MediaRef> picture;
};

}  // namespace parley::core
