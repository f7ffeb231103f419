#include "core/channels/link.h"

#include <algorithm>

namespace parley::core {

bool Capabilities::Carries(ContentKind kind) const {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void LinkFactories::Set(LinkKind kind, LinkFactory* factory) {
  factories_[static_cast<std::size_t>(kind)] = factory;
}

LinkFactory* LinkFactories::Get(LinkKind kind) const {
  return factories_[static_cast<std::size_t>(kind)];
}

}  // namespace parley::core
