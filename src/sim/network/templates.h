// Message templates of business people: what is written once, reviewed by the network, and then
// may be sent at any time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxTemplateName = 512;         // bytes
inline constexpr std::size_t kMaxTemplates = 250;            // of one person, as on the Cloud API
inline constexpr std::size_t kMaxTemplateBytes = 64u << 10;  // of the components in JSON
inline constexpr std::size_t kMaxTemplateHeader = 60;        // code points
inline constexpr std::size_t kMaxTemplateBody = 1024;        // code points
inline constexpr std::size_t kMaxTemplateFooter = 60;        // code points
inline constexpr std::size_t kMaxTemplateButtons = 10;
inline constexpr std::size_t kMaxTemplateButton = 25;  // code points of its text
inline constexpr std::size_t kMaxTemplateCards = 10;
inline constexpr std::size_t kMaxRejectedReason = 200;  // bytes
// A name that was removed cannot be used again for this long.
inline constexpr base::Duration kTemplateNameRests = std::chrono::hours(30 * 24);

enum class TemplateCategory : std::uint8_t { kMarketing = 1, kUtility = 2, kAuthentication = 3 };
inline constexpr base::EnumNames<TemplateCategory, 3> kTemplateCategoryNames({
    {TemplateCategory::kMarketing, "MARKETING"},
    {TemplateCategory::kUtility, "UTILITY"},
    {TemplateCategory::kAuthentication, "AUTHENTICATION"},
});
PARLEY_ENUM_NAMES(TemplateCategory, kTemplateCategoryNames)

enum class TemplateStatus : std::uint8_t {
  kPending = 1,  // under review
  kApproved = 2,
  kRejected = 3,
  kRemoved = 4,  // told to devices, never shown in a list
  kPaused = 5,   // was approved; cannot be sent for now
};
inline constexpr base::EnumNames<TemplateStatus, 5> kTemplateStatusNames({
    {TemplateStatus::kPending, "pending"},
    {TemplateStatus::kApproved, "approved"},
    {TemplateStatus::kRejected, "rejected"},
    {TemplateStatus::kRemoved, "removed"},
    {TemplateStatus::kPaused, "paused"},
});
PARLEY_ENUM_NAMES(TemplateStatus, kTemplateStatusNames)

// The languages that a template can be in.
std::span<const std::string_view> TemplateLanguages();

// A template that somebody is about to hand in.
struct TemplateDraft {
  std::string name;
  TemplateCategory category = TemplateCategory::kUtility;
  std::string language;
  // [{"type": HEADER | BODY | FOOTER | BUTTONS | CAROUSEL, ...}], as in Meta's Cloud API.
  base::json::value components;
};

struct Template {
  std::string id;  // digits
  std::string name, language;
  TemplateCategory category = TemplateCategory::kUtility;
  base::json::value components;
  TemplateStatus status = TemplateStatus::kPending;
  std::string rejected_reason = "NONE";

  static constexpr auto Fields() {
    using base::Required;
    using T = Template;
    return base::FieldList(Required("id", &T::id), Required("name", &T::name),
                           Required("language", &T::language), Required("category", &T::category),
                           Required("components", &T::components), Required("status", &T::status),
                           Required("rejected_reason", &T::rejected_reason));
  }
  bool operator==(const Template&) const = default;
};

// Notice: the template of `owner` was handed in, reviewed or removed.
struct TemplateChanged {
  std::string owner;
  Template subject;
  std::optional<base::Time> review_due;  // of one that was handed in; absent: when somebody decides

  static constexpr std::string_view kName = "template";
  static constexpr auto Fields() {
    using base::Required;
    using C = TemplateChanged;
    return base::FieldList(
        Required("owner", &C::owner), Required("template", &C::subject),
        base::Optional("review_due", &C::review_due, base::Range(0, 253'402'300'799'999)));
  }
  bool operator==(const TemplateChanged&) const = default;
};

// Nothing, or kInvalidFields with every fault.
base::Result<void> Check(const TemplateDraft& draft);

// The numbers n of the {{n}} in a text, each once, in the order of their first place; nullopt when
// braces do not fit or they do not count from 1 without a gap.
std::optional<std::size_t> CountVariables(std::string_view text);

// The namespace that a business's templates are in, in Meta's form.
std::string TemplateNamespaceOf(std::string_view number);

struct TemplateState {
  Template subject;
  std::optional<base::Time> review_due;  // while pending
};

class Templates {
 public:
  using Key = std::pair<std::string, std::string>;  // name, language
  using Shelf = std::map<Key, TemplateState>;

  const Shelf& Of(PersonRow owner) const;
  const TemplateState* Find(PersonRow owner, std::string_view name,
                            std::string_view language) const;
  // A message that says why it does not fit what came before; empty when it does and was applied.
  std::string_view Apply(PersonRow owner, base::Time at, const TemplateChanged& change);
  // When a template with that name was removed last.
  std::optional<base::Time> RemovedAt(PersonRow owner, std::string_view name) const;
  std::string NextId() const;
  const std::map<PersonRow, Shelf>& all() const { return shelves_; }

 private:
  std::map<PersonRow, Shelf> shelves_;
  std::map<std::pair<PersonRow, std::string>, base::Time> removed_;
  std::uint64_t made_ = 0;
};

}  // namespace parley::sim::network
