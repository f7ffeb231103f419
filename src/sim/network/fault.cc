#include "sim/network/fault.h"

#include <array>

namespace parley::sim::network {
namespace {

// One member of the flat form and the effects that take it.
struct Member {
  std::string_view name;
  bool (*given)(const FaultForm&);
  FaultKind takers[2];
  bool needed;
};

constexpr auto kMembers = std::to_array<Member>({
    {"ms", [](const FaultForm& f) { return f.ms.has_value(); }, {FaultKind::kDelay}, true},
    {"code", [](const FaultForm& f) { return f.code.has_value(); }, {FaultKind::kRefuse}, true},
    {"text", [](const FaultForm& f) { return f.text.has_value(); }, {FaultKind::kRefuse}, false},
    {"retryable",
     [](const FaultForm& f) { return f.retryable.has_value(); },
     {FaultKind::kRefuse},
     false},
    {"carried",
     [](const FaultForm& f) { return f.carried.has_value(); },
     {FaultKind::kDisconnect, FaultKind::kNoAnswer},
     false},
    {"min_ms",
     [](const FaultForm& f) { return f.min_ms.has_value(); },
     {FaultKind::kDelayReceipts},
     false},
    {"max_ms",
     [](const FaultForm& f) { return f.max_ms.has_value(); },
     {FaultKind::kDelayReceipts},
     true},
    {"status",
     [](const FaultForm& f) { return f.status.has_value(); },
     {FaultKind::kDelayReceipts},
     false},
});

struct Flatten {
  FaultForm& form;

  void operator()(const DelayMessage& delay) const {
    form.effect = FaultKind::kDelay;
    form.ms = delay.by.count();
  }
  void operator()(const DropMessage&) const { form.effect = FaultKind::kDrop; }
  void operator()(const DuplicateMessage&) const { form.effect = FaultKind::kDuplicate; }
  void operator()(const RefuseMessage& refuse) const {
    form.effect = FaultKind::kRefuse;
    form.code = refuse.answer.code;
    form.text = refuse.answer.text;
    form.retryable = refuse.answer.retryable;
  }
  void operator()(const DisconnectBeforeAnswer& disconnect) const {
    form.effect = FaultKind::kDisconnect;
    form.carried = disconnect.carried;
  }
  void operator()(const NoAnswer& silence) const {
    form.effect = FaultKind::kNoAnswer;
    form.carried = silence.carried;
  }
  void operator()(const DelayReceipts& delay) const {
    form.effect = FaultKind::kDelayReceipts;
    form.min_ms = delay.min.count();
    form.max_ms = delay.max.count();
    form.status = delay.status;
  }
};

FaultEffect EffectOf(const FaultForm& form) {
  switch (form.effect) {
    case FaultKind::kDelay:
      return DelayMessage{base::Duration(form.ms.value_or(0))};
    case FaultKind::kDrop:
      return DropMessage{};
    case FaultKind::kDuplicate:
      return DuplicateMessage{};
    case FaultKind::kRefuse:
      return RefuseMessage{
          Refused{form.code.value_or(""), form.text.value_or(""), form.retryable.value_or(false)}};
    case FaultKind::kDisconnect:
      return DisconnectBeforeAnswer{form.carried.value_or(false)};
    case FaultKind::kNoAnswer:
      return NoAnswer{form.carried.value_or(false)};
    case FaultKind::kDelayReceipts:
      return DelayReceipts{base::Duration(form.min_ms.value_or(0)),
                           base::Duration(form.max_ms.value_or(0)), form.status};
  }
  return DropMessage{};
}

}  // namespace

FaultForm ToForm(const FaultRule& rule) {
  FaultForm form;
  std::visit(Flatten{form}, rule.effect);
  form.match = rule.match;
  form.count = rule.count;
  form.probability = rule.probability;
  return form;
}

base::Result<FaultRule> FromForm(const FaultForm& form) {
  base::Error error(base::ErrorCode::kInvalidFields);
  for (const Member& member : kMembers) {
    const bool takes = form.effect == member.takers[0] || form.effect == member.takers[1];
    const bool given = member.given(form);
    if (takes && member.needed && !given)
      error.faults.push_back(base::FieldFault{std::string(member.name), "Required"});
    if (!takes && given)
      error.faults.push_back(base::FieldFault{
          std::string(member.name),
          "The effect '" + std::string(NameOf(form.effect)) + "' does not take this"});
  }
  if (form.min_ms.value_or(0) > form.max_ms.value_or(kMaxFaultDelayMs))
    error.faults.push_back(base::FieldFault{"min_ms", "Must not be over max_ms"});
  if (!error.faults.empty()) return error;
  FaultRule rule;
  rule.match = form.match;
  rule.effect = EffectOf(form);
  rule.count = form.count;
  rule.probability = form.probability;
  return rule;
}

}  // namespace parley::sim::network
