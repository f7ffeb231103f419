#include "sim/network/reviews.h"

namespace parley::sim::network {
namespace {

// When the file could not be written, what was to happen is tried again after this.
constexpr base::Duration kReviewRetry = std::chrono::seconds(1);

}  // namespace

void Reviews::Resume() {
  for (const auto& [owner, shelf] : ledger_.state().templates.all())
    for (const auto& [key, state] : shelf)
      if (state.review_due) Schedule(owner, key, *state.review_due);
}

void Reviews::Schedule(PersonRow owner, const Templates::Key& key, base::Time due) {
  const TemplateState* state = ledger_.state().templates.Find(owner, key.first, key.second);
  if (state == nullptr) return;
  timeline_.At(due, [this, owner, key, id = state->subject.id] { Approve(owner, key, id); });
}

base::Result<void> Reviews::Decide(PersonRow owner, const Template& subject, TemplateStatus status,
                                   std::string reason, const Actor& by) {
  TemplateChanged changed;
  changed.owner = ledger_.state().people.at(owner).person.number;
  changed.subject = subject;
  changed.subject.status = status;
  changed.subject.rejected_reason = reason.empty() ? "NONE" : std::move(reason);
  NoticeRecord record;
  record.at = timeline_.Now();
  record.to.push_back(changed.owner);
  record.notice = std::move(changed);
  if (!by.device.empty()) record.except = by.device;
  return ledger_.Commit(std::move(record));
}

// The template with that name may be another one by now.
void Reviews::Approve(PersonRow owner, const Templates::Key& key, const std::string& id) {
  const TemplateState* state = ledger_.state().templates.Find(owner, key.first, key.second);
  if (state == nullptr || state->subject.id != id || !state->review_due) return;
  if (!Decide(owner, state->subject, TemplateStatus::kApproved, ""))
    Schedule(owner, key, timeline_.Now() + kReviewRetry);
}

}  // namespace parley::sim::network
