#include "link/cloud/format/billing.h"

#include "core/templates/parameter.h"

namespace parley::link::cloud::format {
namespace {

using core::ConversationCategory;

// A free entry point begins with the customer's message, as service does.
constexpr struct {
  std::string_view name;
  ConversationCategory category;
} kBilledCategories[] = {
    {"marketing", ConversationCategory::kMarketing},
    {"marketing_lite", ConversationCategory::kMarketing},
    {"group_marketing", ConversationCategory::kMarketing},
    {"utility", ConversationCategory::kUtility},
    {"group_utility", ConversationCategory::kUtility},
    {"authentication", ConversationCategory::kAuthentication},
    {"authentication_international", ConversationCategory::kAuthentication},
    {"service", ConversationCategory::kService},
    {"group_service", ConversationCategory::kService},
    {"referral_conversion", ConversationCategory::kService},
    {"user_initiated", ConversationCategory::kService},
};

}  // namespace

std::optional<ConversationCategory> CategoryOfBilling(std::string_view name) {
  const std::string lower = core::LowerCase(name);
  for (const auto& row : kBilledCategories)
    if (row.name == lower) return row.category;
  return std::nullopt;
}

}  // namespace parley::link::cloud::format
