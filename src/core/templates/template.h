// Message templates: texts that a business had reviewed by the network, and that may be sent
// outside the 24-hour window. The network keeps them; Parley asks for them.
#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "base/names.h"

namespace parley::core {

enum class TemplateCategory : std::uint8_t { kMarketing = 1, kUtility = 2, kAuthentication = 3 };
inline constexpr base::EnumNames<TemplateCategory, 3> kTemplateCategoryNames({
    {TemplateCategory::kMarketing, "MARKETING"},
    {TemplateCategory::kUtility, "UTILITY"},
    {TemplateCategory::kAuthentication, "AUTHENTICATION"},
});
PARLEY_ENUM_NAMES(TemplateCategory, kTemplateCategoryNames)

enum class TemplateStatus : std::uint8_t {  // names are in events; never rename
  kPending = 1,                             // under review
  kApproved = 2,
  kRejected = 3,
  kRemoved = 4,  // told of, never in a list
  kPaused = 5,   // was approved; may not be sent for now, as too many people complained
};
inline constexpr base::EnumNames<TemplateStatus, 5> kTemplateStatusNames({
    {TemplateStatus::kPending, "pending"},
    {TemplateStatus::kApproved, "approved"},
    {TemplateStatus::kRejected, "rejected"},
    {TemplateStatus::kRemoved, "removed"},
    {TemplateStatus::kPaused, "paused"},
});
PARLEY_ENUM_NAMES(TemplateStatus, kTemplateStatusNames)

struct Template {
  std::string id;
  std::string name, language, namespace_id;
  TemplateCategory category = TemplateCategory::kUtility;
  base::json::value components;  // as in Meta's Cloud API
  TemplateStatus status = TemplateStatus::kPending;
  std::string rejected_reason;  // why it is rejected or paused; else "NONE"
};

}  // namespace parley::core
