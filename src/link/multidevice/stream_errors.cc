#include "link/multidevice/stream_errors.h"

namespace parley::link::multidevice {

Ending EndingOfStreamError(const wire::binary::Node& error) {
  const std::string_view code = error.Find("code").value_or("");
  const wire::binary::Node* child = error.FindChild("conflict");
  const std::string_view conflict = child == nullptr ? "" : child->Find("type").value_or("");
  for (const StreamErrorKind& kind : kStreamErrors) {
    if (!kind.code.empty() && kind.code != code) continue;
    if (!kind.conflict.empty() && kind.conflict != conflict) continue;
    return Ending{kind.next, std::string(kind.reason), {}};
  }
  return Ending{Next::kReconnect, "stream_error", {}};
}

}  // namespace parley::link::multidevice
