#include "core/media/data_uri.h"

#include "base/encoding.h"

namespace parley::core {

bool IsDataUri(std::string_view text) { return text.starts_with("data:"); }

base::Result<DataUri> ParseDataUri(std::string_view text, std::string_view field) {
  constexpr std::string_view kMark = ";base64,";
  const std::size_t mark = text.find(kMark);
  if (!IsDataUri(text) || mark == std::string_view::npos || mark > 200)
    return base::FieldError(std::string(field), "Must be an http(s) URL or a base64 data URI");
  auto bytes = base::FromBase64(text.substr(mark + kMark.size()));
  if (!bytes) return base::FieldError(std::string(field), "The base64 data is broken");
  DataUri uri;
  uri.type = text.substr(5, mark - 5);
  uri.bytes = std::move(*bytes);
  return uri;
}

}  // namespace parley::core
