#include "sim/network/newsletter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "sim/network/chat.h"
#include "sim/network/person.h"

namespace parley::sim::network {
namespace {}  // namespace

base::Result<void> Check(const Newsletter& newsletter) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  demand(IsChatId(newsletter.id), "id", "Must be 5 to 30 digits");
  demand(!newsletter.name.empty() && IsTextUpTo(newsletter.name, kMaxNewsletterName), "name",
         fmt::format("Must be text of 1 to {} characters", kMaxNewsletterName));
  demand(IsTextUpTo(newsletter.description, kMaxNewsletterDescription), "description",
         fmt::format("Must be text of at most {} characters", kMaxNewsletterDescription));
  demand(newsletter.picture.empty() || IsSha256(newsletter.picture), "picture",
         "Must be the SHA-256 of stored media");
  if (error.faults.empty()) return {};
  return error;
}

bool NewsletterState::IsFollowedBy(std::string_view number) const {
  return std::find(followers.begin(), followers.end(), number) != followers.end();
}

}  // namespace parley::sim::network
