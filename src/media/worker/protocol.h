// What the gateway and its media worker say to each other.
//
// The gateway sends a request as one packet of a SOCK_SEQPACKET socket (JSON, at most kMaxRequest
// bytes) together with three descriptors: the file, an empty file for what is made of it, and the
// end of a pipe for the answer. The answer (JSON, at most kMaxAnswer bytes) ends with the pipe; a
// pipe that ends without one says that whoever worked on the file has died. Neither side trusts the
// other: the worker may have been taken over by a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"
#include "core/media/media.h"

namespace parley::media::worker {

inline constexpr std::size_t kMaxRequest = 1024;
inline constexpr std::size_t kMaxAnswer = 64 * 1024;
inline constexpr std::size_t kMaxThumbnail = 32 * 1024;  // Base64
// The place of the worker's end of the socket.
inline constexpr int kSocket = 3;

enum class Operation {
  kImage,     // JPEG or PNG, without where it was taken
  kSticker,   // WebP of 512x512
  kVoice,     // Ogg with Opus, one channel
  kAudio,     // what it shows
  kVideo,     // the same
  kDocument,  // the same, of a PDF
  kSpeech,    // samples for a recogniser
};
inline constexpr base::EnumNames<Operation, 7> kOperationNames({
    {Operation::kImage, "image"},
    {Operation::kSticker, "sticker"},
    {Operation::kVoice, "voice"},
    {Operation::kAudio, "audio"},
    {Operation::kVideo, "video"},
    {Operation::kDocument, "document"},
    {Operation::kSpeech, "speech"},
});
PARLEY_ENUM_NAMES(Operation, kOperationNames)

struct Request {
  Operation operation = Operation::kImage;
  std::int64_t max_output = 0;   // bytes
  std::int64_t max_memory = 0;   // bytes of address space
  std::int64_t max_seconds = 0;  // of processor time
  bool keep_place = false;       // image: all that it says of itself stays
  bool only_look = false;        // nothing is made of it
  std::int64_t longest_ms = 0;   // speech: what comes after is left out

  static constexpr auto Fields() {
    using base::Optional;
    using base::Range;
    using base::Required;
    using R = Request;
    return base::FieldList(Required("operation", &R::operation),
                           Required("max_output", &R::max_output, Range(0, 1LL << 40)),
                           Required("max_memory", &R::max_memory, Range(1, 1LL << 40)),
                           Required("max_seconds", &R::max_seconds, Range(1, 3600)),
                           Optional("keep_place", &R::keep_place),
                           Optional("only_look", &R::only_look),
                           Optional("longest_ms", &R::longest_ms, Range(0, 24 * 3'600'000)));
  }
};

// What the second file holds.
enum class Output { kNothing, kJpeg, kPng, kWebp, kOpus, kSamples };
inline constexpr base::EnumNames<Output, 6> kOutputNames({
    {Output::kNothing, "nothing"},
    {Output::kJpeg, "jpeg"},
    {Output::kPng, "png"},
    {Output::kWebp, "webp"},
    {Output::kOpus, "opus"},
    {Output::kSamples, "samples"},
});
PARLEY_ENUM_NAMES(Output, kOutputNames)

enum class Refusal {
  kUnreadable,  // not what it is said to be, or broken
  kTooLarge,    // unfolds to more than is allowed
  kEmpty,       // no sound in it
};
inline constexpr base::EnumNames<Refusal, 3> kRefusalNames({
    {Refusal::kUnreadable, "unreadable"},
    {Refusal::kTooLarge, "too_large"},
    {Refusal::kEmpty, "empty"},
});
PARLEY_ENUM_NAMES(Refusal, kRefusalNames)

struct Answer {
  std::optional<Refusal> refusal;
  std::string text;  // of a refusal: a sentence for whoever sent the file
  Output output = Output::kNothing;
  core::MediaFacts facts;
  std::string thumbnail;  // JPEG in Base64
  bool is_cut = false;    // speech: there is more

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using A = Answer;
    return base::FieldList(Optional("refusal", &A::refusal),
                           Optional("text", &A::text, MaxLength(200)),
                           Required("output", &A::output), Required("facts", &A::facts),
                           Optional("thumbnail", &A::thumbnail, MaxLength(kMaxThumbnail)),
                           Optional("is_cut", &A::is_cut));
  }
};

std::string Encode(const Request& request);
std::string Encode(const Answer& answer);
// kMalformedBody or kInvalidFields for what is not one.
base::Result<Request> DecodeRequest(std::string_view packet);
// The same; what it returns holds its own promises: hexadecimal digits, Base64, a sentence without
// control characters.
base::Result<Answer> DecodeAnswer(std::string_view text);

}  // namespace parley::media::worker
