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
    return FieldList(
        Optional("session_id", &B::session_id, MaxLength(100),
                 Doc("The session to send through; needed with an account token")),
        // COMPAT: npm wasenderapi 0.4.0 says base64 and mimetype.
        Required("content_base64", &B::content, MaxLength(kMaxFileText), Alias("base64"),
                 Doc("Base64, or a base64 data URI")),
        Optional("mime_type", &B::mime_type, MaxLength(100), Alias("mimeType"), Alias("mimetype")),
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

inline constexpr std::string_view kMediaKinds[] = {"image", "video", "audio", "document",
                                                   "sticker"};

struct GrantBody {
  std::optional<std::string> session_id, file_name;
  std::string kind, mime_type;
  std::int64_t size_bytes = 0;
  static constexpr auto Fields() {
    using B = GrantBody;
    return FieldList(
        Optional("session_id", &B::session_id, MaxLength(100),
                 Doc("The session to send through; needed with an account token")),
        Required("kind", &B::kind, OneOf(kMediaKinds)),
        Required("mime_type", &B::mime_type, MaxLength(100), Alias("mimeType")),
        Required("size_bytes", &B::size_bytes, Alias("sizeBytes"), base::Range(1, 1 << 30)),
        Optional("file_name", &B::file_name, MaxLength(240), Alias("fileName")));
  }
};

struct UploadHeaders {
  std::string content_type;
  static constexpr auto Fields() {
    return FieldList(Required("Content-Type", &UploadHeaders::content_type));
  }
};

// `media_handle` can stand in a message as soon as the bytes have come, and so can `public_url`
// wherever a message takes the URL of a file.
struct GrantReply {
  std::string media_handle, upload_url, upload_method;
  UploadHeaders upload_headers;
  std::string expires_at, public_url;
  static constexpr auto Fields() {
    using R = GrantReply;
    return FieldList(
        Required("media_handle", &R::media_handle),
        Required("upload_url", &R::upload_url, Doc("Takes the bytes once, without a token")),
        Required("upload_method", &R::upload_method, Doc("PUT")),
        Required("upload_headers", &R::upload_headers), Required("expires_at", &R::expires_at),
        Required("public_url", &R::public_url));
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
