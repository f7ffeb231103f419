#include "core/channels/link.h"

#include <algorithm>

namespace parley::core {

LinkReport::LinkReport() noexcept = default;
LinkReport::LinkReport(const LinkReport&) = default;
LinkReport::LinkReport(LinkReport&&) noexcept = default;
LinkReport& LinkReport::operator=(const LinkReport&) = default;
LinkReport& LinkReport::operator=(LinkReport&&) noexcept = default;
LinkReport::~LinkReport() = default;

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
