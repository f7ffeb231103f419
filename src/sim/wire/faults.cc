#include "sim/wire/faults.h"

#include <algorithm>

namespace parley::sim::wire {
namespace {

// So far from the end both types of message are what the MAC is over: numbers of keys stand behind
// it in one that starts a session.
constexpr std::size_t kFromEnd = 16;
constexpr std::int64_t kDelayMs = 1000, kStreamErrorCode = 503, kRefusalCode = 500;

bool Fits(const FaultRule& rule, FaultDirection direction, std::string_view number,
          std::string_view device, const binary::Node& stanza) {
  return rule.direction == direction && (!rule.number || *rule.number == number) &&
         (!rule.device || *rule.device == device) && (!rule.tag || *rule.tag == stanza.tag) &&
         (!rule.xmlns || *rule.xmlns == stanza.Find("xmlns").value_or(""));
}

void Befall(const FaultRule& rule, Mishap& mishap) {
  switch (rule.effect) {
    case FaultEffect::kDrop:
      mishap.drop = true;
      break;
    case FaultEffect::kDelay:
      mishap.delay_ms += rule.ms.value_or(kDelayMs);
      break;
    case FaultEffect::kDuplicate:
      mishap.duplicate = true;
      break;
    case FaultEffect::kReorder:
      mishap.reorder = true;
      break;
    case FaultEffect::kCorrupt:
      mishap.corrupt = true;
      break;
    case FaultEffect::kCut:
      mishap.cut = true;
      break;
    case FaultEffect::kStreamError:
      mishap.stream_error = rule.code.value_or(kStreamErrorCode);
      break;
    case FaultEffect::kRefuse:
      mishap.refusal = rule.code.value_or(kRefusalCode);
      break;
    case FaultEffect::kCompress:
      mishap.compress = true;
      break;
  }
}

}  // namespace

base::Result<FaultEntry> Faults::Add(FaultRule rule) {
  if (entries_.size() >= kMaxFaultRules)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many rules; remove some");
  if (rule.number && rule.number->starts_with('+')) rule.number->erase(0, 1);
  const bool from_client = rule.direction == FaultDirection::kFromClient;
  if (rule.effect == FaultEffect::kRefuse && !from_client)
    return base::FieldError("direction", "refuse is for what comes from_client");
  if (rule.effect == FaultEffect::kCompress && from_client)
    return base::FieldError("direction", "compress is for what goes to_client");
  entries_.push_back(FaultEntry{++last_, std::move(rule)});
  return entries_.back();
}

bool Faults::Remove(std::int64_t id) {
  return std::erase_if(entries_, [id](const FaultEntry& entry) { return entry.id == id; }) > 0;
}

Mishap Faults::Meet(FaultDirection direction, std::string_view number, std::string_view device,
                    const binary::Node& stanza) {
  Mishap mishap;
  if (entries_.empty()) return mishap;
  for (FaultEntry& entry : entries_) {
    FaultRule& rule = entry.rule;
    if (!Fits(rule, direction, number, device, stanza)) continue;
    if (rule.skip > 0) {
      --rule.skip;
      continue;
    }
    Befall(rule, mishap);
    if (rule.count) --*rule.count;
  }
  std::erase_if(entries_, [](const FaultEntry& entry) { return entry.rule.count == 0; });
  return mishap;
}

void CorruptCiphertexts(binary::Node& stanza) {
  if (auto* bytes = std::get_if<binary::Bytes>(&stanza.content);
      bytes != nullptr && stanza.tag == "enc" && bytes->value.size() >= kFromEnd) {
    char& changed = bytes->value[bytes->value.size() - kFromEnd];
    changed = static_cast<char>(changed ^ 1);
  }
  if (auto* children = std::get_if<binary::Node::Children>(&stanza.content))
    for (binary::Node& child : *children) CorruptCiphertexts(child);
}

}  // namespace parley::sim::wire
