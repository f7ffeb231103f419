#include "media/links.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

#include "base/digest.h"
#include "base/encoding.h"
#include "core/media/media_store.h"
#include "http/forms.h"
#include "http/grammar.h"

namespace parley::media {
namespace {

constexpr std::string_view kPurpose = "media links";

std::string MacOf(const base::Digest& key, core::MediaId id) {
  const base::Digest mac = base::HmacSha256(base::AsText(key), id.value.AsBytes());
  return base::ToHexText(base::AsText(mac).substr(0, 16));
}

// "/media/<32 hex>-<32 hex>/..."; nullopt for anything else or a wrong mac.
std::optional<core::MediaId> IdIn(std::string_view path, const base::Digest& key) {
  constexpr std::string_view kPrefix = "/media/";
  if (!path.starts_with(kPrefix)) return std::nullopt;
  path.remove_prefix(kPrefix.size());
  const std::string_view token = path.substr(0, path.find('/'));
  if (token.size() != 65 || token[32] != '-') return std::nullopt;
  const auto uuid = base::Uuid::Parse(token.substr(0, 32));
  if (!uuid) return std::nullopt;
  const core::MediaId id(*uuid);
  if (!base::EqualInConstantTime(MacOf(key, id), token.substr(33))) return std::nullopt;
  return id;
}

class Links final : public core::MediaLinks {
 public:
  Links(const core::Secrets& secrets, std::string public_base)
      : key_(secrets.Derive(kPurpose)), public_base_(std::move(public_base)) {}

  const std::string& public_base() const override { return public_base_; }

  std::string UrlOf(const core::MediaRef& media) const override {
    // Clients take "." and ".." for something else than a name.
    const std::string& name = media.file_name;
    const bool is_name = !name.empty() && name != "." && name != "..";
    return fmt::format("{}/media/{}-{}/{}", public_base_, media.id.value.ToHex(),
                       MacOf(key_, media.id), is_name ? http::PercentEncode(name) : "file");
  }

  std::optional<core::MediaId> IdOf(std::string_view url) const override {
    if (!url.starts_with(public_base_)) return std::nullopt;
    return IdIn(url.substr(public_base_.size()), key_);
  }

 private:
  const base::Digest key_;
  const std::string public_base_;
};

struct Span {
  std::uint64_t first = 0, last = 0;
};
enum class RangeKind { kNone, kSatisfiable, kUnsatisfiable };

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  if (error != std::errc()) return std::nullopt;
  return number;
}

// One range of bytes; anything else in the header is ignored, as the RFC allows.
RangeKind ParseRange(std::string_view header, std::uint64_t size, Span& span) {
  constexpr std::string_view kUnit = "bytes=";
  if (!http::EqualIgnoringCase(header.substr(0, kUnit.size()), kUnit)) return RangeKind::kNone;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos)
    return RangeKind::kNone;
  const auto first = Number(header.substr(0, dash)), last = Number(header.substr(dash + 1));
  if (dash == 0) {
    if (!last) return RangeKind::kNone;
    if (*last == 0 || size == 0) return RangeKind::kUnsatisfiable;
    span = Span{size - std::min(*last, size), size - 1};
    return RangeKind::kSatisfiable;
  }
  if (!first || (dash + 1 < header.size() && !last) || (last && *last < *first))
    return RangeKind::kNone;
  if (*first >= size) return RangeKind::kUnsatisfiable;
  span = Span{*first, last ? std::min(*last, size - 1) : size - 1};
  return RangeKind::kSatisfiable;
}

// Whether an If-None-Match lists the entity tag, weak or not ("*" stands for any).
bool Lists(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    std::string_view item = header.substr(0, comma);
    header.remove_prefix(std::min(comma + 1, header.size()));
    item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
    if (item.starts_with("W/")) item.remove_prefix(2);
    item = item.substr(0, item.find_last_not_of(" \t") + 1);
    if (item == tag || item == "*") return true;
  }
  return false;
}

// Only what a browser may show without running anything; the rest is downloaded.
bool IsShown(std::string_view type) {
  return type.starts_with("audio/") || type.starts_with("video/") ||
         (type.starts_with("image/") && type != "image/svg+xml") || type == "application/pdf";
}

class Service final : public http::Service {
 public:
  Service(core::Store& store, core::BlobStore& blobs, const core::Secrets& secrets)
      : store_(store), blobs_(blobs), key_(secrets.Derive(kPurpose)) {}

  std::size_t BodyLimit(const http::Request&) const override { return 0; }

  base::Task<http::Response> Handle(http::Request request) override {
    if (request.method != http::Method::kGet && request.method != http::Method::kHead) {
      http::Response response = http::Response::Text(405, "Method not allowed\n");
      response.headers.Set("Allow", "GET, HEAD");
      co_return response;
    }
    const auto id = IdIn(request.path(), key_);
    if (!id) co_return NotFound();
    auto read = [id = *id](const core::Transaction& tx) { return tx.media().FindPublic(id); };
    auto media = co_await store_.Read(read);
    if (!media) co_return http::Response::Text(503, "Temporarily unavailable\n");
    if (!*media) co_return NotFound();
    co_return Serve((*media)->ref, request);
  }

 private:
  static http::Response NotFound() { return http::Response::Text(404, "Not found\n"); }

  http::Response Serve(const core::MediaRef& media, const http::Request& request) const {
    const std::string tag = "\"" + media.sha256 + "\"";
    http::Response response;
    response.headers.Set("ETag", tag);
    response.headers.Set("Accept-Ranges", "bytes");
    response.headers.Set("Cache-Control", "private, max-age=31536000, immutable");
    response.headers.Set("X-Content-Type-Options", "nosniff");
    response.headers.Set("Content-Security-Policy", "sandbox; default-src 'none'");
    if (Lists(request.headers.Get("If-None-Match"), tag)) {
      response.status = 304;
      return response;
    }
    const auto size = static_cast<std::uint64_t>(media.size);
    Span span{0, size == 0 ? 0 : size - 1};
    switch (RangeOf(request, tag, size, span)) {
      case RangeKind::kNone:
        break;
      case RangeKind::kUnsatisfiable:
        response.status = 416;
        response.headers.Set("Content-Range", fmt::format("bytes */{}", size));
        return response;
      case RangeKind::kSatisfiable:
        response.status = 206;
        response.headers.Set("Content-Range",
                             fmt::format("bytes {}-{}/{}", span.first, span.last, size));
        break;
    }
    response.headers.Set("Content-Type", media.mime_type);
    if (!IsShown(media.mime_type)) response.headers.Set("Content-Disposition", "attachment");
    const std::uint64_t length = size == 0 ? 0 : span.last - span.first + 1;
    if (auto path = blobs_.PathOf(media.sha256)) {
      response.body = http::FileBody{std::move(*path), span.first, length};
    } else if (auto bytes = blobs_.Read(media.sha256)) {
      response.body = bytes->substr(span.first, length);
    } else {
      return NotFound();
    }
    return response;
  }

  // Ranges are for GET alone (RFC 9110, section 14.2). An If-Range that is not our tag asks for the
  // whole: a date cannot match, as no answer carries one.
  static RangeKind RangeOf(const http::Request& request, std::string_view tag, std::uint64_t size,
                           Span& span) {
    if (request.method != http::Method::kGet) return RangeKind::kNone;
    const http::Headers& headers = request.headers;
    if (headers.Has("If-Range") && headers.Get("If-Range") != tag) return RangeKind::kNone;
    return ParseRange(headers.Get("Range"), size, span);
  }

  core::Store& store_;
  core::BlobStore& blobs_;
  const base::Digest key_;
};

}  // namespace

std::unique_ptr<core::MediaLinks> MakeLinks(const core::Secrets& secrets, std::string public_base) {
  return std::make_unique<Links>(secrets, std::move(public_base));
}

std::unique_ptr<http::Service> MakeService(core::Store& store, core::BlobStore& blobs,
                                           const core::Secrets& secrets) {
  return std::make_unique<Service>(store, blobs, secrets);
}

}  // namespace parley::media
