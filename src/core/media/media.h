// Media: bytes that came with a message or were uploaded. The bytes lie content-addressed in the
// blob store (core/media/media_source.h); a row per use keeps who owns them and until when.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/uuid.h"
#include "core/ids.h"

namespace parley::core {

// What a file shows, as far as it is known: what media care found (core/media/media_care.h), and
// before that, of media that came, what the sender's phone said.
struct MediaFacts {
  std::optional<std::int64_t> width, height;  // pixels, the right way up
  std::optional<std::int64_t> duration_ms;
  // Of audio: how loud each 64th of it is, 0 to 100, as two hexadecimal digits each.
  std::optional<std::string> waveform;
  std::optional<std::int64_t> pages;
  std::optional<std::string> title;

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Range;
    using F = MediaFacts;
    return base::FieldList(Optional("width", &F::width, Range(1, kMaxSide)),
                           Optional("height", &F::height, Range(1, kMaxSide)),
                           Optional("duration_ms", &F::duration_ms, Range(0, kMaxDurationMs)),
                           Optional("waveform", &F::waveform, MaxLength(2 * kWaveformBars)),
                           Optional("pages", &F::pages, Range(1, kMaxPages)),
                           Optional("title", &F::title, MaxLength(kMaxTitle)));
  }
  bool operator==(const MediaFacts&) const = default;

  static constexpr std::int64_t kMaxSide = 1 << 20;
  static constexpr std::int64_t kMaxDurationMs = 1000LL * 3600 * 24 * 365;
  static constexpr std::int64_t kMaxPages = 1 << 20;
  static constexpr std::size_t kWaveformBars = 64;
  static constexpr std::size_t kMaxTitle = 200;  // characters
};

// What a message keeps of its media.
struct MediaRef {
  MediaId id;
  std::string mime_type;
  std::int64_t size = 0;
  std::string sha256;                    // hex
  std::string file_name;                 // as the source named it; may be empty
  std::optional<MediaFacts> facts = {};  // none: nobody looked

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(
        Required("id", &MediaRef::id), Required("mime_type", &MediaRef::mime_type),
        Required("size", &MediaRef::size), Required("sha256", &MediaRef::sha256),
        Optional("file_name", &MediaRef::file_name), Optional("facts", &MediaRef::facts));
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
  std::string thumbnail = {};  // a small JPEG; empty: none
};

}  // namespace parley::core
