#include "sim/network/billing.h"

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kIdDigits = 32;  // as long as the Cloud API's

}  // namespace

BilledCategory BilledCategoryOf(const Content& content) {
  BilledCategory category = BilledCategory::kService;
  if (const auto* used = std::get_if<TemplateContent>(&content))
    ParseName(absl::AsciiStrToLower(used->category), category);
  return category;
}

BilledConversation Billing::Next(PersonRow business, PersonRow customer, BilledCategory category,
                                 base::Time now) const {
  const auto found = newest_.find(Key{business, customer, category});
  if (found != newest_.end() && now < found->second.expires_at) return found->second;
  BilledConversation begun;
  const std::string what = fmt::format("{} {} {} {}", business.value, customer.value,
                                       NameOf(category), base::ToUnixMs(now));
  begun.id = base::ToHexText(base::AsText(base::Sha256(what))).substr(0, kIdDigits);
  begun.category = category;
  begun.expires_at = now + kBilledTime;
  begun.billable = category != BilledCategory::kService;
  return begun;
}

void Billing::Enter(PersonRow business, PersonRow customer, BilledConversation conversation) {
  const Key key{business, customer, conversation.category};
  newest_.insert_or_assign(key, std::move(conversation));
}

}  // namespace parley::sim::network
