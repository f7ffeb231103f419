#include "dashboard/service.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace parley::dashboard {
namespace {

constexpr std::string_view kRoot = "/ui/";
constexpr std::string_view kIndex = "index.html";
constexpr std::string_view kAssets = "assets/";  // what is not there is no route of the page

constexpr std::string_view kNotBuilt =
    "This program was built without the dashboard. ./build builds it with; it needs npm, and the "
    "CMake option PARLEY_DASHBOARD must be ON.\n";

// Of every answer. The page loads nothing from elsewhere, runs no inline script, and no other page
// may show it in a frame.
constexpr std::pair<const char*, const char*> kHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
     "media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

// The elements of a header's comma list, one after the other.
template <class Visit>
void ForEachElement(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    visit(base::Trim(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

// "q=0", "q=0.000": not acceptable (RFC 9110, 12.4.2).
bool IsRefused(std::string_view parameters) {
  const std::size_t q = parameters.find("q=");
  if (q == std::string_view::npos) return false;
  const std::string_view weight = base::Trim(parameters.substr(q + 2));
  return weight.starts_with('0') && weight.find_first_not_of("0.") == std::string_view::npos;
}

// RFC 9110, 12.5.3: what is named counts more than "*".
bool TakesGzip(std::string_view accept_encoding) {
  bool any = false;
  std::optional<bool> named;
  ForEachElement(accept_encoding, [&](std::string_view element) {
    const std::size_t semicolon = std::min(element.find(';'), element.size());
    const std::string_view coding = base::Trim(element.substr(0, semicolon));
    const bool taken = !IsRefused(element.substr(semicolon));
    if (coding == "*") any = taken;
    if (EqualIgnoringCase(coding, "gzip") || EqualIgnoringCase(coding, "x-gzip")) named = taken;
  });
  return named.value_or(any);
}

// Whether the client has it already (RFC 9110, 13.1.2; the comparison is weak).
bool IsKnown(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
  };
  bool known = false;
  ForEachElement(if_none_match, [&](std::string_view tag) {
    known = known || tag == "*" || opaque(tag) == opaque(etag);
  });
  return known;
}

// The file as it was before it was compressed, which this program did itself when it was built.
std::string Inflate(std::string_view gzip) {
  constexpr int kGzip = 16;  // zlib: expect gzip's head and end
  std::string out;
  z_stream stream{};
  if (inflateInit2(&stream, MAX_WBITS + kGzip) != Z_OK) return out;
  stream.next_in = const_cast<Bytef*>(base::BytesOf(gzip));
  stream.avail_in = static_cast<uInt>(gzip.size());
  std::array<char, 64 * 1024> piece;
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return out;
}

http::Response Guarded(http::Response response) {
  for (const auto& [name, value] : kHeaders) response.headers.Set(name, value);
  return response;
}

http::Response Redirect() {
  http::Response response = http::Response::Text(302, "The dashboard is at /ui/\n");
  response.headers.Set("Location", std::string(kRoot));
  response.headers.Set("Cache-Control", "no-cache");
  return response;
}

class Service final : public http::Service {
 public:
  explicit Service(std::span<const File> files) {
    for (const File& file : files) files_[file.path] = &file;
  }

  std::size_t BodyLimit(const http::Request&) const override { return 0; }

  base::Task<http::Response> Handle(http::Request request) override {
    co_return Guarded(Answer(request));
  }

 private:
  http::Response Answer(const http::Request& request) const {
    if (files_.empty()) return http::Response::Text(404, std::string(kNotBuilt));
    if (request.method != http::Method::kGet && request.method != http::Method::kHead) {
      http::Response response = http::Response::Text(405, "The dashboard's files are only read\n");
      response.headers.Set("Allow", "GET, HEAD");
      return response;
    }
    if (!request.path().starts_with(kRoot)) return Redirect();
    const File* const file = Find(request.path().substr(kRoot.size()));
    if (file == nullptr) return http::Response::Text(404, "The dashboard has no such file\n");
    return Send(*file, request);
  }

  const File* Find(std::string_view path) const {
    if (const auto found = files_.find(path); found != files_.end()) return found->second;
    if (path.starts_with(kAssets)) return nullptr;
    const auto index = files_.find(kIndex);
    return index == files_.end() ? nullptr : index->second;
  }

  static http::Response Send(const File& file, const http::Request& request) {
    http::Response response;
    response.headers.Set("Content-Type", std::string(file.type));
    // Weak: the same for both encodings.
    response.headers.Set("ETag", "W/" + std::string(file.etag));
    response.headers.Set("Vary", "Accept-Encoding");
    response.headers.Set("Cache-Control",
                         file.is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (IsKnown(request.headers.Get("If-None-Match"), file.etag)) {
      response.status = 304;
    } else if (TakesGzip(request.headers.Get("Accept-Encoding"))) {
      response.headers.Set("Content-Encoding", "gzip");
      response.body = std::string(file.gzip);
    } else {
      response.body = Inflate(file.gzip);
    }
    return response;
  }

  std::unordered_map<std::string_view, const File*> files_;
};

}  // namespace

std::unique_ptr<http::Service> MakeService(std::span<const File> files) {
  return std::make_unique<Service>(files);
}

}  // namespace parley::dashboard
