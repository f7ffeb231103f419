// Media care: the form of a file that WhatsApp takes, and what the file shows. Declared for the
// core, implemented by `media` (media/care.h), which lets a process of its own do the work, as a
// file may be made to do harm.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/task.h"
#include "core/media/media.h"

namespace parley::core {

enum class ContentKind : std::uint8_t;

// A file in the form in which it is sent.
struct MediaForm {
  MediaRef media;         // the same as given, or another file; with its facts
  std::string thumbnail;  // a small JPEG of an image or a video; empty: none
};

// The sound of a file, for a recogniser of speech.
struct SpeechSound {
  std::string samples;  // signed, 16 bits, little-endian, one channel, kSpeechRate a second
  bool is_cut = false;  // it goes on after what was asked for
};
inline constexpr int kSpeechRate = 16'000;

// Works on stored bytes (BlobStore) by their digest; other bytes than were given are durable when
// it returns, and are swept like all that no row names. Thread: its scheduler's.
//
// Errors: kMediaWrongType when the file cannot be read as what it is said to be; kMediaTooLarge
// when it unfolds to more pixels, sound, time or bytes than is allowed; kMediaEmpty when there is
// no sound in it; kNotFound when the bytes are gone; kOverloaded when too many wait; kUnavailable
// when no process can be started, or when care is off and the work cannot be left undone.
class MediaCare {
 public:
  virtual ~MediaCare() = default;
  // Whether anything is done at all.
  virtual bool is_on() const = 0;
  // Files that are worked on or wait for it.
  virtual std::int64_t under_way() const { return 0; }
  // The file as it goes into a message of that kind, a voice message when `voice`:
  //   image     JPEG or PNG without the place where it was taken
  //   sticker   WebP of 512x512
  //   voice     Ogg with Opus, one channel
  //   others    as they are
  // with what is found: width and height, duration, waveform, pages and title, thumbnail.
  virtual base::Task<base::Result<MediaForm>> Prepare(MediaRef media, ContentKind kind,
                                                      bool voice) = 0;
  // What a file that came shows, which stays as it is: the same facts and thumbnail.
  virtual base::Task<base::Result<MediaForm>> Look(MediaRef media, ContentKind kind,
                                                   bool voice) = 0;
  // The sound of audio or video of any common format, as far as `longest`.
  virtual base::Task<base::Result<SpeechSound>> Speech(std::string sha256,
                                                       base::Duration longest) = 0;
};

// Leaves every file as it is; Speech is kUnavailable.
std::unique_ptr<MediaCare> MakeNoMediaCare();

}  // namespace parley::core
