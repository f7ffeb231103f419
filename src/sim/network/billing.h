// Billing: which conversation a business' message belongs to. What the Cloud API calls
// conversation-based pricing: a conversation begins with the first message of a category to
// somebody, lasts a day, and takes every message of that category until then. Source:
// developers.facebook.com/docs/whatsapp/pricing/conversation-based-pricing
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "base/fields.h"
#include "base/names.h"
#include "sim/network/content.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

inline constexpr base::Duration kBilledTime = std::chrono::hours(24);

// That of the template; answers within the customer's window are service, and cost nothing.
enum class BilledCategory : std::uint8_t {
  kMarketing = 1,
  kUtility = 2,
  kAuthentication = 3,
  kService = 4,
};
inline constexpr base::EnumNames<BilledCategory, 4> kBilledCategoryNames({
    {BilledCategory::kMarketing, "marketing"},
    {BilledCategory::kUtility, "utility"},
    {BilledCategory::kAuthentication, "authentication"},
    {BilledCategory::kService, "service"},
});
PARLEY_ENUM_NAMES(BilledCategory, kBilledCategoryNames)

struct BilledConversation {
  std::string id;
  BilledCategory category = BilledCategory::kService;
  base::Time expires_at;
  bool billable = true;

  static constexpr auto Fields() {
    using C = BilledConversation;
    return base::FieldList(base::Required("id", &C::id), base::Required("category", &C::category),
                           base::Required("expires_at", &C::expires_at),
                           base::Required("billable", &C::billable));
  }
  bool operator==(const BilledConversation&) const = default;
};

// Of a message whose template, if it is one, is filled in already.
BilledCategory BilledCategoryOf(const Content& content);

// The conversations of all businesses, as far as they are known.
class Billing {
 public:
  // The one that a message of the business would belong to: the one that is open, or one that
  // begins with it.
  BilledConversation Next(PersonRow business, PersonRow customer, BilledCategory category,
                          base::Time now) const;
  void Enter(PersonRow business, PersonRow customer, BilledConversation conversation);

 private:
  struct Key {
    PersonRow business, customer;
    BilledCategory category = BilledCategory::kService;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, BilledConversation> newest_;
};

}  // namespace parley::sim::network
