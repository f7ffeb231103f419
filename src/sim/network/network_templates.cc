// Network: what only businesses have, which are templates and the settings of their shop.
#include <algorithm>

#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {
namespace {

base::Error NoSuchTemplate() {
  return base::Error(base::ErrorCode::kNotFound, "There is no template with this name");
}

// All languages of a name, or the one.
std::vector<Template> WithName(const Templates::Shelf& shelf, std::string_view name,
                               std::string_view language) {
  std::vector<Template> found;
  for (const auto& [key, state] : shelf)
    if (key.first == name && (language.empty() || key.second == language))
      found.push_back(state.subject);
  return found;
}

}  // namespace

base::Result<Template> Network::CreateTemplate(const Actor& by, TemplateDraft draft) {
  PARLEY_TRY(owner, parts_->BusinessOf(by));
  PARLEY_CHECK(Check(draft));
  const Templates& templates = parts_->ledger.state().templates;
  if (templates.Find(owner, draft.name, draft.language) != nullptr)
    return base::Error(base::ErrorCode::kAlreadyExists,
                       "There is a template with this name in this language");
  const auto removed = templates.RemovedAt(owner, draft.name);
  if (removed && Now() - *removed < kTemplateNameRests)
    return base::Error(base::ErrorCode::kInvalidState,
                       "A template with this name was removed less than 30 days ago");
  if (templates.Of(owner).size() >= kMaxTemplates)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many templates");
  TemplateChanged created;
  created.owner = by.number;
  created.subject.id = templates.NextId();
  created.subject.name = std::move(draft.name);
  created.subject.language = std::move(draft.language);
  created.subject.category = draft.category;
  created.subject.components = std::move(draft.components);
  if (parts_->options.review_delay >= base::Duration(0))
    created.review_due = Now() + parts_->options.review_delay;
  PARLEY_CHECK(parts_->Announce(created, {by.number}, by));
  const Templates::Key key(created.subject.name, created.subject.language);
  if (created.review_due) parts_->reviews.Schedule(owner, key, *created.review_due);
  return created.subject;
}

base::Result<std::vector<Template>> Network::ListTemplates(std::string_view number) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  std::vector<Template> templates;
  for (const auto& [key, state] : parts_->ledger.state().templates.Of(owner))
    templates.push_back(state.subject);
  return templates;
}

base::Result<void> Network::RemoveTemplate(const Actor& by, std::string_view name,
                                           std::string_view language) {
  PARLEY_TRY(owner, parts_->BusinessOf(by));
  const auto removed = WithName(parts_->ledger.state().templates.Of(owner), name, language);
  if (removed.empty()) return NoSuchTemplate();
  for (const Template& subject : removed)
    PARLEY_CHECK(parts_->reviews.Decide(owner, subject, TemplateStatus::kRemoved, "", by));
  return {};
}

base::Result<void> Network::ReviewTemplate(std::string_view number, std::string_view name,
                                           std::string_view language, TemplateStatus status,
                                           std::string reason) {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  const bool pauses = status == TemplateStatus::kPaused;
  if (status != TemplateStatus::kApproved && status != TemplateStatus::kRejected && !pauses)
    return base::FieldError("status", "Must be approved, rejected or paused");
  if (reason.size() > kMaxRejectedReason ||
      (status == TemplateStatus::kApproved && !reason.empty()))
    return base::FieldError("reason",
                            "Must be at most 200 bytes, and goes with rejected or paused");
  const auto reviewed = WithName(parts_->ledger.state().templates.Of(owner), name, language);
  if (reviewed.empty()) return NoSuchTemplate();
  for (const Template& subject : reviewed)
    if (pauses && subject.status != TemplateStatus::kApproved)
      return base::Error(base::ErrorCode::kInvalidState, "Only approved templates are paused");
  for (const Template& subject : reviewed)
    PARLEY_CHECK(parts_->reviews.Decide(owner, subject, status, reason));
  return {};
}

base::Result<Commerce> Network::CommerceOf(std::string_view number) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  const auto& commerce = parts_->ledger.state().commerce;
  const auto set = commerce.find(owner);
  return set == commerce.end() ? Commerce() : set->second;
}

base::Result<void> Network::SetCommerce(const Actor& by, const Commerce& commerce) {
  PARLEY_CHECK(parts_->BusinessOf(by));
  PARLEY_TRY(known, CommerceOf(by.number));
  if (known == commerce) return {};
  return parts_->Announce(CommerceChanged{by.number, commerce}, {by.number}, by);
}

}  // namespace parley::sim::network
