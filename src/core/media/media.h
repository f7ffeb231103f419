// Media: bytes that came with a message or were uploaded. The bytes lie content-addressed in the
// blob store (core/media/media_source.h); a row per use keeps who owns them and until when.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/uuid.h"
#include "core/ids.h"

namespace parley::core {

// What a message keeps of its media.
struct MediaRef {
  MediaId id;
  std::string mime_type;
  std::int64_t size = 0;
  std::string sha256;     // hex
  std::string file_name;  // as the source named it; may be empty

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("id", &MediaRef::id),
                           Required("mime_type", &MediaRef::mime_type),
                           Required("size", &MediaRef::size), Required("sha256", &MediaRef::sha256),
                           Optional("file_name", &MediaRef::file_name));
  }
  bool operator==(const MediaRef&) const = default;
};

// Whose media is meant: what one channel may use, which is its own and its account's; without a
// channel, all of the account.
struct MediaOwner {
  explicit MediaOwner(AccountRow account, std::optional<ChannelRow> channel = {})
      : account(account), channel(channel) {}

  AccountRow account;
  std::optional<ChannelRow> channel;
};

struct Media {
  AccountRow account;
  // Whose messages it is of, or who uploaded it; none: the account's, as pictures of profiles are.
  std::optional<ChannelRow> channel;
  MediaRef ref;
  base::Time created_at;
};

}  // namespace parley::core
