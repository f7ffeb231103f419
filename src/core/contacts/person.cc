#include "core/contacts/person.h"

namespace parley::core {

Address Peer::address() const {
  if (!phone.empty()) return Address{AddressKind::kPhone, phone};
  if (!lid.empty()) return Address{AddressKind::kLid, lid};
  return Address{AddressKind::kUsername, username};
}

}  // namespace parley::core
