#include "admin/sign_in_limit.h"

#include <algorithm>

namespace parley::admin {

std::optional<std::chrono::seconds> SignInLimit::WaitOf(std::string_view address,
                                                        base::Microseconds now) const {
  const auto found = failures_.find(address);
  if (found == failures_.end() || found->second.count < kMaxFailures) return std::nullopt;
  const base::Microseconds end = found->second.since + kWindow;
  if (end <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(end - now);
}

void SignInLimit::AddFailure(std::string_view address, base::Microseconds now) {
  std::string name(address);
  if (failures_.size() >= kMaxAddresses && !failures_.contains(name)) MakeRoom(now);
  Failures& failures = failures_[std::move(name)];
  if (failures.count == 0 || failures.since + kWindow <= now) failures = Failures{now, 0};
  ++failures.count;
}

void SignInLimit::MakeRoom(base::Microseconds now) {
  std::erase_if(failures_, [&](const auto& kept) { return kept.second.since + kWindow <= now; });
  if (failures_.size() < kMaxAddresses) return;
  failures_.erase(std::min_element(
      failures_.begin(), failures_.end(),
      [](const auto& a, const auto& b) { return a.second.since < b.second.since; }));
}

}  // namespace parley::admin
