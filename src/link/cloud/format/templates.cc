#include "link/cloud/format/templates.h"

#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using core::TemplateCategory;
using core::TemplateStatus;

// Statuses of the list and events of the webhook have the same names. A flagged or locked template
// can be sent as before.
constexpr struct {
  std::string_view event;
  TemplateStatus status;
} kTemplateEvents[] = {
    {"APPROVED", TemplateStatus::kApproved},     {"REINSTATED", TemplateStatus::kApproved},
    {"UNARCHIVED", TemplateStatus::kApproved},   {"PENDING", TemplateStatus::kPending},
    {"IN_APPEAL", TemplateStatus::kPending},     {"REJECTED", TemplateStatus::kRejected},
    {"PAUSED", TemplateStatus::kPaused},         {"DISABLED", TemplateStatus::kPaused},
    {"LIMIT_EXCEEDED", TemplateStatus::kPaused}, {"ARCHIVED", TemplateStatus::kPaused},
    {"DELETED", TemplateStatus::kRemoved},       {"PENDING_DELETION", TemplateStatus::kRemoved},
};

constexpr struct {
  std::string_view name;
  TemplateCategory category;
} kTemplateCategories[] = {
    {"MARKETING", TemplateCategory::kMarketing},
    {"UTILITY", TemplateCategory::kUtility},
    {"AUTHENTICATION", TemplateCategory::kAuthentication},
    {"OTP", TemplateCategory::kAuthentication},  // until April 2023, as the following
    {"TRANSACTIONAL", TemplateCategory::kUtility},
};

struct TemplateIn {
  std::string id, name, language, status;
  std::optional<std::string> category, rejected_reason;
  base::json::value components;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using T = TemplateIn;
    return base::FieldList(
        Required("id", &T::id, MaxLength(kMaxMetaId)),
        Required("name", &T::name, MaxLength(kMaxMetaName)),
        Required("language", &T::language, MaxLength(kMaxMetaName)),
        Required("status", &T::status, MaxLength(kMaxMetaName)),
        Optional("category", &T::category, MaxLength(kMaxMetaName)),
        Optional("rejected_reason", &T::rejected_reason, MaxLength(kMaxMetaName)),
        Optional("components", &T::components));
  }
};

struct CreatedIn {
  std::string id;
  std::optional<std::string> status, category;
  static constexpr auto Fields() {
    using C = CreatedIn;
    return base::FieldList(
        base::Required("id", &C::id, base::MinLength(1), base::MaxLength(kMaxMetaId)),
        base::Optional("status", &C::status, base::MaxLength(kMaxMetaName)),
        base::Optional("category", &C::category, base::MaxLength(kMaxMetaName)));
  }
};

}  // namespace

std::optional<TemplateStatus> StatusOfEvent(std::string_view event) {
  for (const auto& row : kTemplateEvents)
    if (row.event == event) return row.status;
  return std::nullopt;
}

TemplateCategory CategoryOfTemplate(std::string_view name) {
  for (const auto& row : kTemplateCategories)
    if (row.name == name) return row.category;
  return TemplateCategory::kUtility;
}

std::string ReasonOf(TemplateStatus status, std::string_view event, std::string_view reason) {
  if (status != TemplateStatus::kRejected && status != TemplateStatus::kPaused) return "NONE";
  if (!reason.empty() && reason != "NONE") return Clean(reason, kMaxMetaName);
  return status == TemplateStatus::kPaused ? Clean(event, kMaxMetaName) : "NONE";
}

base::Result<std::optional<core::Template>> ReadTemplate(const base::json::value& value) {
  PARLEY_TRY(given, ReadObject<TemplateIn>(value));
  core::Template subject;
  // One with a status that nobody here knows may not be sent, and says why.
  subject.status = StatusOfEvent(given.status).value_or(TemplateStatus::kPaused);
  // Both are sent as before.
  if (given.status == "FLAGGED" || given.status == "LOCKED")
    subject.status = TemplateStatus::kApproved;
  if (subject.status == TemplateStatus::kRemoved) return std::optional<core::Template>();
  subject.id = Clean(given.id, kMaxMetaId);
  subject.name = Clean(given.name, kMaxMetaName);
  subject.language = Clean(given.language, kMaxMetaName);
  subject.category = CategoryOfTemplate(given.category.value_or(""));
  subject.components = std::move(given.components);
  subject.rejected_reason =
      ReasonOf(subject.status, given.status, given.rejected_reason.value_or(""));
  return std::optional(std::move(subject));
}

base::Result<TemplatePage> ReadTemplatePage(const base::json::object& body) {
  const base::json::array* data = ListIn(body, "data");
  if (data == nullptr) return base::FieldError("data", "Required");
  if (data->size() > kMaxTemplatesOfPage) return base::FieldError("data", "Too many items");
  TemplatePage page;
  for (std::size_t i = 0; i < data->size(); ++i) {
    auto subject = ReadTemplate((*data)[i]);
    if (!subject)
      page.faults.push_back(Under(PathOf("data", i), std::move(subject).error()));
    else if (*subject)
      page.templates.push_back(std::move(**subject));
  }
  page.after = NextCursor(body);
  return page;
}

base::json::object TemplateBody(const core::CreateTemplate& wanted) {
  base::json::object body;
  body["name"] = base::JsonView(wanted.name);
  body["language"] = base::JsonView(wanted.language);
  body["category"] = base::JsonView(NameOf(wanted.category));  // the names are Meta's
  body["components"] = wanted.components;
  return body;
}

base::Result<core::Template> ReadCreated(const core::CreateTemplate& wanted,
                                         const base::json::object& body) {
  const base::json::value value(body);
  PARLEY_TRY(given, ReadObject<CreatedIn>(value));
  core::Template subject;
  subject.id = Clean(given.id, kMaxMetaId);
  subject.name = wanted.name;
  subject.language = wanted.language;
  subject.category = given.category ? CategoryOfTemplate(*given.category) : wanted.category;
  subject.components = wanted.components;
  const std::string status = given.status.value_or("PENDING");
  subject.status = StatusOfEvent(status).value_or(TemplateStatus::kPending);
  subject.rejected_reason = ReasonOf(subject.status, status, "");
  return subject;
}

}  // namespace parley::link::cloud::format
