// The first line is the Content-Type, the rest the body. Parts lie inside the body, in order.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/encoding.h"
#include "http/forms.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string_view body = input.substr(std::min(line + 1, size));
  const auto parts = http::ParseMultipart(body, input.substr(0, line));
  if (!parts) return 0;
  if (parts->size() > http::kMaxFormParts) std::abort();
  const char* from = body.data();
  for (const http::FormPart& part : *parts) {
    if (!base::IsUtf8(part.name) || !base::IsUtf8(part.file_name)) std::abort();
    if (part.data.empty()) continue;
    if (part.data.data() < from || part.data.data() + part.data.size() > body.data() + body.size())
      std::abort();
    from = part.data.data() + part.data.size();
  }
  return 0;
}
