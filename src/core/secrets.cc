#include "core/secrets.h"

namespace parley::core {

base::Result<std::string> Secrets::Open(std::string_view purpose, std::string_view sealed) const {
  auto plain = base::Unseal(key_, purpose, sealed);
  if (!plain)
    return base::Error(base::ErrorCode::kInternal, "",
                       "a sealed secret does not open: is this the key file it was sealed with?");
  return std::move(*plain);
}

base::Digest Secrets::Derive(std::string_view purpose) const {
  return base::HmacSha256({reinterpret_cast<const char*>(key_.data()), key_.size()}, purpose);
}

}  // namespace parley::core
