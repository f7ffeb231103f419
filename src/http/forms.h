// Request bodies that are not JSON, and the percent-encoding they share with URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace parley::http {

// Decodes %XX; with `plus_is_blank` also "+". nullopt for a broken escape.
std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_blank);
// Encodes everything but RFC 3986's unreserved characters.
std::string PercentEncode(std::string_view text);

using FormFields = std::vector<std::pair<std::string, std::string>>;

// application/x-www-form-urlencoded. At most kMaxFormFields fields. kMalformedBody with the byte
// position otherwise. Values must be UTF-8.
inline constexpr std::size_t kMaxFormFields = 1000;
base::Result<FormFields> ParseForm(std::string_view body);

struct FormPart {
  std::string name;
  std::string file_name;  // empty for an ordinary field
  bool is_file = false;   // had a filename parameter, even an empty one
  std::string content_type;
  std::string_view data;  // inside the body that was parsed
};

// multipart/form-data (RFC 7578). `content_type` is the whole header value with its boundary. At
// most kMaxFormParts parts with headers of at most kMaxPartHeader bytes each. kMalformedBody with
// the byte position otherwise.
inline constexpr std::size_t kMaxFormParts = 100;
inline constexpr std::size_t kMaxPartHeader = 8192;
base::Result<std::vector<FormPart>> ParseMultipart(std::string_view body,
                                                   std::string_view content_type);

}  // namespace parley::http
