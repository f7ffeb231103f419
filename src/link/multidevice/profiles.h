// Profiles: how people look to the channel, and how the account looks to them: pictures, and the
// line below the name. docs/protocol/addresses.md, "Pictures and lines".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/task.h"
#include "core/channels/channel.h"
#include "core/profiles/requests.h"
#include "link/multidevice/files.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// Bytes of a picture that the account sets. Those that clients make are of some 100 KB.
inline constexpr std::int64_t kMaxOwnPicture = 1 << 20;
inline constexpr std::size_t kMaxPictureUrl = 2048;

// Thread: the channel's.
class Profiles {
 public:
  // `files` may be null: then there are no pictures.
  Profiles(const MessageParts& parts, Files* files, const core::Channel& channel)
      : parts_(parts), files_(files), channel_(channel) {}

  // What somebody shows to the channel.
  struct Looks {
    std::string about;
    bool has_picture = false;
  };
  base::Task<base::Result<Looks>> LooksOf(Online online, Who who, base::Duration limit);
  // kNotSupported for whoever is no person.
  base::Task<base::Result<core::LinkAnswer>> Fetch(Online online, core::FetchPicture request,
                                                   base::Duration limit);
  // kNotSupported for a business: what it says of itself is elsewhere.
  base::Task<base::Result<core::LinkAnswer>> Get(Online online, base::Duration limit);
  // kNotSupported for more than picture and line, before anything is changed.
  base::Task<base::Result<core::LinkAnswer>> Change(Online online, core::ChangeProfile request,
                                                    base::Duration limit);

 private:
  base::Task<base::Result<std::optional<core::Media>>> PictureOf(Online online, Who who,
                                                                 base::Duration limit);

  const MessageParts& parts_;
  Files* const files_;
  const core::Channel& channel_;
};

// The small one that lists show, or the whole.
enum class PictureSize : std::uint8_t { kPreview, kWhole };
// <iq> that asks where the picture of somebody lies; `token`: theirs (tokens.h), if there is one.
wire::binary::Node AskForPicture(const Jid& whose, PictureSize size,
                                 const std::optional<std::string>& token);
// The URL; empty: they have none, or show it to others only. kUnavailable when the network did not
// tell, or told what is no URL.
base::Result<std::string> PictureUrlIn(const wire::binary::Node& answer);
// <iq> that sets the account's own.
wire::binary::Node SetOwnPicture(std::string jpeg);
wire::binary::Node SetOwnAbout(std::string text);

}  // namespace parley::link::multidevice
