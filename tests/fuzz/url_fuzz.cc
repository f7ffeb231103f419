// A URL that is taken can be put together again and means the same; nothing in it can end a line.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/address_guard.h"
#include "http/grammar.h"
#include "http/url.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const http::AddressGuard guard({});
  guard.Allows(text);
  (void)http::Network::Parse(text);
  const auto url = http::ParseUrl(text);
  if (!url) return 0;
  if (url->host.empty() || url->port == 0 || url->target.empty() || url->target[0] != '/')
    std::abort();
  if (!http::IsFieldValue(url->target) || url->target.find(' ') != std::string::npos) std::abort();
  const std::string written = (url->tls ? "https://" : "http://") + url->authority + url->target;
  if (written.size() > http::kMaxUrlLength) return 0;
  const auto again = http::ParseUrl(written);
  if (!again || again->host != url->host || again->port != url->port ||
      again->target != url->target || again->authority != url->authority)
    std::abort();
  return 0;
}
