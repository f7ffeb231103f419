// "data:" URIs (RFC 2397) in Base64, as programs send files in JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::core {

struct DataUri {
  std::string type;
  std::string bytes;
};
bool IsDataUri(std::string_view text);
// "data:image/png;base64,iVBOR...": type and bytes. A fault on `field` for anything else.
base::Result<DataUri> ParseDataUri(std::string_view text, std::string_view field);

}  // namespace parley::core
