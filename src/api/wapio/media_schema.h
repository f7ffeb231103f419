// Wapio's bodies about media.
#pragma once

#include "api/wapio/schema.h"

namespace parley::api::wapio {

// 100 MB in Base64.
inline constexpr std::size_t kMaxFileText = 140u << 20;

struct UploadBody {
  std::optional<std::string> session_id;
  std::string content;
  std::optional<std::string> mime_type, file_name;
  std::optional<std::int64_t> file_length;
  static constexpr auto Fields() {
    using B = UploadBody;
    return FieldList(Optional("session_id", &B::session_id, MaxLength(100),
                              Doc("The session to send through; needed with an account token")),
                     Required("content_base64", &B::content, MaxLength(kMaxFileText),
                              Doc("Base64, or a base64 data URI")),
                     Optional("mime_type", &B::mime_type, MaxLength(100), Alias("mimeType")),
                     Optional("file_name", &B::file_name, MaxLength(240), Alias("fileName")),
                     Optional("file_length", &B::file_length, Alias("fileLength"),
                              Doc("Bytes; refused when they are not so many")));
  }
};

// `url` can stand wherever a message takes the URL of a file. It has three names because clients
// look for each of them.
struct MediaReply {
  bool success = true;
  std::string media_id, url, mime_type, sha256;
  std::optional<std::string> file_name;
  std::int64_t file_length = 0;
  static constexpr auto Fields() {
    using M = MediaReply;
    return FieldList(Required("success", &M::success), Required("media_id", &M::media_id),
                     Required("download_url", &M::url), Required("public_url", &M::url),
                     Required("publicUrl", &M::url), Required("mime_type", &M::mime_type),
                     Required("sha256", &M::sha256),
                     Optional("file_name", &M::file_name, NullWhenAbsent()),
                     Required("file_length", &M::file_length));
  }
};

// Any one of these, or an event's message with one of them inside.
struct DecryptBody {
  std::optional<std::string> media_id, url;
  static constexpr auto Fields() {
    using B = DecryptBody;
    return FieldList(Optional("media_id", &B::media_id, MaxLength(100), Alias("mediaId")),
                     Optional("url", &B::url, MaxLength(4096),
                              Doc("Of media that arrived here, as an event told it; the whole "
                                  "event or its message can be sent, too")));
  }
};

}  // namespace parley::api::wapio
