#include "core/contacts/person.h"

namespace parley::core {

Address Peer::address() const {
  if (!phone.empty()) return Address{AddressKind::kPhone, phone};
  if (!lid.empty()) return Address{AddressKind::kLid, lid};
  return Address{AddressKind::kUsername, username};
}

Address AddressOf(ChatKind kind, const Peer& peer, const std::optional<GroupName>& group) {
  if (kind == ChatKind::kPerson || !group) return peer.address();
  Address address;
  address.kind = kind == ChatKind::kGroup ? AddressKind::kGroup : AddressKind::kNewsletter;
  address.value = group->address;
  return address;
}

}  // namespace parley::core
