// Conversations: what a network bills a business for. One begins with the business' first message
// of a category to somebody and takes what follows of that category until it expires. The network
// says which message belongs to which; networks that bill nothing say nothing.
#pragma once

#include <cstdint>
#include <string>

#include "base/fields.h"
#include "base/names.h"

namespace parley::core {

// A template's own category, or kService for answers within the customer's window.
enum class ConversationCategory : std::uint8_t {  // stored; never renumber
  kMarketing = 1,
  kUtility = 2,
  kAuthentication = 3,
  kService = 4,
};
inline constexpr base::EnumNames<ConversationCategory, 4> kConversationCategoryNames({
    {ConversationCategory::kMarketing, "marketing"},
    {ConversationCategory::kUtility, "utility"},
    {ConversationCategory::kAuthentication, "authentication"},
    {ConversationCategory::kService, "service"},
});
PARLEY_ENUM_NAMES(ConversationCategory, kConversationCategoryNames)

struct Conversation {
  std::string id;  // the network's
  ConversationCategory category = ConversationCategory::kService;
  base::Time expires_at;
  bool billable = true;  // it costs the business something

  static constexpr auto Fields() {
    using C = Conversation;
    return base::FieldList(base::Required("id", &C::id), base::Required("category", &C::category),
                           base::Required("expires_at", &C::expires_at),
                           base::Optional("billable", &C::billable));
  }
  bool operator==(const Conversation&) const = default;
};

}  // namespace parley::core
