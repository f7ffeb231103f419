#include "sim/network/fault_draw.h"

#include <vector>

namespace parley::sim::network {
namespace {

bool Matches(const FaultMatch& match, const FaultSubject& subject) {
  return (!match.from || *match.from == subject.from) && (!match.to || *match.to == subject.to) &&
         (!match.kind || *match.kind == subject.kind) &&
         (!match.device || *match.device == subject.device);
}

bool Wins(double probability, base::Random& random) {
  constexpr std::uint64_t kParts = 1'000'000'000;
  if (probability >= 1) return true;
  return static_cast<double>(random.Below(kParts)) < probability * static_cast<double>(kParts);
}

// Whether an effect can still concern a message: phones are always answered, and devices once.
struct ConcernsMessage {
  const MessageFaults& faults;
  bool by_device;
  bool operator()(const DelayMessage&) const { return true; }
  bool operator()(const DropMessage&) const { return true; }
  bool operator()(const DuplicateMessage&) const { return true; }
  bool operator()(const RefuseMessage&) const { return CanAnswer(); }
  bool operator()(const DisconnectBeforeAnswer&) const { return CanAnswer(); }
  bool operator()(const NoAnswer&) const { return CanAnswer(); }
  bool operator()(const DelayReceipts&) const { return false; }

  bool CanAnswer() const {
    return by_device && std::holds_alternative<std::monostate>(faults.answer);
  }
};

struct AddTo {
  MessageFaults& faults;

  void operator()(const DelayMessage& delay) const { faults.delay += delay.by; }
  void operator()(const DropMessage&) const { faults.drop = true; }
  void operator()(const DuplicateMessage&) const { ++faults.extra_copies; }
  void operator()(const RefuseMessage& refuse) const { faults.answer = refuse; }
  void operator()(const DisconnectBeforeAnswer& disconnect) const { faults.answer = disconnect; }
  void operator()(const NoAnswer& silence) const { faults.answer = silence; }
  void operator()(const DelayReceipts&) const {}
};

}  // namespace

FaultSubject::FaultSubject(const MessageRecord& record)
    : from(record.message.from),
      to(record.message.to),
      kind(KindOf(record.message.content)),
      device(record.device ? std::string_view(*record.device) : std::string_view()) {}

template <class Applies, class Effect>
void FaultDraw::Draw(const FaultSubject& subject, const Applies& applies, const Effect& effect) {
  std::vector<std::int64_t> counted;  // committed after the walk, because the last use ends a rule
  for (const auto& [id, fault] : ledger_.state().faults) {
    if (!applies(fault.rule.effect) || !Matches(fault.rule.match, subject)) continue;
    if (!Wins(fault.rule.probability, random_)) continue;
    effect(fault.rule.effect);
    if (fault.rule.count) counted.push_back(id);
  }
  // A use that cannot be written is logged by the ledger; the fault happens all the same.
  for (const std::int64_t id : counted) (void)ledger_.Commit(FaultUsedRecord{id});
}

MessageFaults FaultDraw::ForMessage(const FaultSubject& subject) {
  MessageFaults faults;
  const ConcernsMessage concerns{faults, !subject.device.empty()};
  Draw(
      subject, [&](const FaultEffect& effect) { return std::visit(concerns, effect); },
      [&](const FaultEffect& effect) { std::visit(AddTo{faults}, effect); });
  return faults;
}

base::Duration FaultDraw::ForReceipt(const FaultSubject& subject, ReceiptStatus status) {
  base::Duration delay{0};
  const auto applies = [status](const FaultEffect& effect) {
    const auto* receipts = std::get_if<DelayReceipts>(&effect);
    return receipts != nullptr && receipts->status.value_or(status) == status;
  };
  Draw(subject, applies, [&](const FaultEffect& effect) {
    const DelayReceipts& receipts = std::get<DelayReceipts>(effect);
    const auto spread = static_cast<std::uint64_t>((receipts.max - receipts.min).count());
    delay += receipts.min + base::Duration(static_cast<std::int64_t>(random_.Below(spread + 1)));
  });
  return delay;
}

}  // namespace parley::sim::network
