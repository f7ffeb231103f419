#include "sim/graph/faults.h"

namespace parley::sim::graph {
namespace {

bool IsOfWebhooks(const FaultRule& rule) {
  return rule.effect == FaultEffect::kDuplicateWebhook ||
         rule.effect == FaultEffect::kReorderWebhook;
}

}  // namespace

base::Result<FaultEntry> Faults::Add(FaultRule rule) {
  if (entries_.size() >= kMaxFaultRules)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many rules; remove some");
  if (IsOfWebhooks(rule) && rule.edge)
    return base::FieldError("edge", "Goes with effects on requests");
  entries_.push_back(FaultEntry{++last_, std::move(rule)});
  return entries_.back();
}

bool Faults::Remove(std::int64_t id) {
  return std::erase_if(entries_, [id](const FaultEntry& entry) { return entry.id == id; }) > 0;
}

std::optional<FaultRule> Faults::Meet(bool is_webhook, std::string_view id, std::string_view edge) {
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    FaultRule& rule = entry->rule;
    if (IsOfWebhooks(rule) != is_webhook || (rule.id && *rule.id != id) ||
        (rule.edge && *rule.edge != edge))
      continue;
    if (rule.skip > 0) {
      --rule.skip;
      continue;
    }
    FaultRule met = rule;
    if (rule.count && --*rule.count == 0) entries_.erase(entry);
    return met;
  }
  return std::nullopt;
}

std::optional<FaultRule> Faults::MeetRequest(std::string_view id, std::string_view edge) {
  return Meet(false, id, edge);
}

std::optional<FaultRule> Faults::MeetWebhook(std::string_view number) {
  return Meet(true, number, "");
}

}  // namespace parley::sim::graph
