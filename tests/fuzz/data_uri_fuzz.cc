// A data URI is either refused with the field's name, or is no longer than what it was made of and
// means the same when it is written again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "core/media/data_uri.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto uri = core::ParseDataUri(text, "body");
  if (!uri) {
    if (uri.error().faults.size() != 1 || uri.error().faults[0].path != "body") std::abort();
    return 0;
  }
  if (!core::IsDataUri(text) || uri->bytes.size() > size || uri->type.size() > 200) std::abort();
  const auto again =
      core::ParseDataUri("data:" + uri->type + ";base64," + base::ToBase64(uri->bytes), "body");
  if (!again || again->type != uri->type || again->bytes != uri->bytes) std::abort();
  return 0;
}
