#include "core/accounts/credential.h"

#include "base/encoding.h"

namespace parley::core {

std::string_view KeyPrefix(Dialect dialect, bool bound_to_channel) {
  switch (dialect) {
    case Dialect::kTwoChat:
      return "UAK";
    case Dialect::kWapio:
      return bound_to_channel ? "bps_sk_" : "bps_pat_";
    case Dialect::kOneMsg:
      return "";
    case Dialect::kAdmin:
      return "parley_";
  }
  return "";
}

std::string FingerprintOf(const base::Digest& digest) {
  return base::ToHexText(base::AsText(digest).substr(0, 6));
}

}  // namespace parley::core
