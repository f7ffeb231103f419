// Any body is either refused or a list of fields that survives being written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "http/forms.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto fields = http::ParseForm(body);
  if (!fields) return 0;
  if (fields->size() > http::kMaxFormFields) std::abort();
  std::string written;
  for (const auto& [name, value] : *fields) {
    if (!base::IsUtf8(name) || !base::IsUtf8(value)) std::abort();
    written += http::PercentEncode(name) + "=" + http::PercentEncode(value) + "&";
  }
  const auto again = http::ParseForm(written);
  if (!again || *again != *fields) std::abort();
  return 0;
}
