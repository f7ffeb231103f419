// Faults: rules that make the network misbehave on purpose.
//
// All rules that match a message and win their draw take effect together, in the order in which
// they were set; of several that decide the answer (refuse, disconnect, no answer) only the first
// one does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"
#include "sim/network/device.h"
#include "sim/network/message.h"

namespace parley::sim::network {

inline constexpr std::int64_t kMaxFaultDelayMs = 7 * 24 * 3600 * 1000;
inline constexpr std::size_t kMaxFaults = 1000;  // rules at once

// Every condition that is given must hold; none given: every message.
struct FaultMatch {
  std::optional<std::string> from, to;  // numbers
  std::optional<MessageKind> kind;
  std::optional<std::string> device;  // the id of the device that sends; never matches a phone

  static constexpr auto Fields() {
    using base::Optional;
    return base::FieldList(Optional("from", &FaultMatch::from), Optional("to", &FaultMatch::to),
                           Optional("kind", &FaultMatch::kind),
                           Optional("device", &FaultMatch::device));
  }
  bool operator==(const FaultMatch&) const = default;
};

struct DelayMessage {  // it arrives that much later
  base::Duration by{0};
};
struct DropMessage {};       // it is acknowledged and never arrives
struct DuplicateMessage {};  // it arrives twice
struct RefuseMessage {       // devices only, as the following
  Refused answer;
};
struct DisconnectBeforeAnswer {
  bool carried = false;  // whether the message is carried all the same
};
struct NoAnswer {
  bool carried = false;
};
// Receipts come later, each by a time drawn between the bounds, so that they overtake each other.
struct DelayReceipts {
  base::Duration min{0}, max{0};
  std::optional<ReceiptStatus> status;  // only receipts with this status
};
using FaultEffect = std::variant<DelayMessage, DropMessage, DuplicateMessage, RefuseMessage,
                                 DisconnectBeforeAnswer, NoAnswer, DelayReceipts>;

struct FaultRule {
  FaultMatch match;
  FaultEffect effect;
  std::optional<std::int64_t> count;  // how often it may still take effect; absent: until removed
  double probability = 1;             // that it takes effect on what it matches
};

struct Fault {
  std::int64_t id = 0;  // from 1, never used again
  FaultRule rule;
};

// ------------------------------------------------------------------------------- written form

enum class FaultKind : std::uint8_t {
  kDelay = 1,
  kDrop = 2,
  kDuplicate = 3,
  kRefuse = 4,
  kDisconnect = 5,
  kNoAnswer = 6,
  kDelayReceipts = 7,
};
inline constexpr base::EnumNames<FaultKind, 7> kFaultKindNames({
    {FaultKind::kDelay, "delay"},
    {FaultKind::kDrop, "drop"},
    {FaultKind::kDuplicate, "duplicate"},
    {FaultKind::kRefuse, "refuse"},
    {FaultKind::kDisconnect, "disconnect"},
    {FaultKind::kNoAnswer, "no_answer"},
    {FaultKind::kDelayReceipts, "delay_receipts"},
});
PARLEY_ENUM_NAMES(FaultKind, kFaultKindNames)

// A rule as the file and the control API write it: flat, so that it is easily typed.
struct FaultForm {
  FaultKind effect = FaultKind::kDrop;
  FaultMatch match;
  std::optional<std::int64_t> count;
  double probability = 1;
  std::optional<std::int64_t> ms;              // delay
  std::optional<std::string> code, text;       // refuse
  std::optional<bool> retryable;               // refuse
  std::optional<bool> carried;                 // disconnect, no_answer
  std::optional<std::int64_t> min_ms, max_ms;  // delay_receipts
  std::optional<ReceiptStatus> status;         // delay_receipts

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Range;
    using base::Required;
    using F = FaultForm;
    constexpr Range kDelay(0, kMaxFaultDelayMs);
    return base::FieldList(
        Required("effect", &F::effect,
                 Doc("delay, drop, duplicate, refuse, disconnect, no_answer, delay_receipts")),
        Optional("match", &F::match, Doc("Which messages; all of what is given must hold")),
        Optional("count", &F::count, Range(1, 1'000'000'000),
                 Doc("How often it takes effect; absent: until removed")),
        Optional("probability", &F::probability, Range(0, 1)),
        Optional("ms", &F::ms, kDelay, Doc("delay: by how much")),
        Optional("code", &F::code, base::MaxLength(100), Doc("refuse: the network's code")),
        Optional("text", &F::text, base::MaxLength(500), Doc("refuse: a sentence")),
        Optional("retryable", &F::retryable, Doc("refuse: whether trying again makes sense")),
        Optional("carried", &F::carried,
                 Doc("disconnect, no_answer: whether the message is carried all the same")),
        Optional("min_ms", &F::min_ms, kDelay, Doc("delay_receipts: at least")),
        Optional("max_ms", &F::max_ms, kDelay, Doc("delay_receipts: at most")),
        Optional("status", &F::status, Doc("delay_receipts: only delivered, read, played")));
  }
};

FaultForm ToForm(const FaultRule& rule);
// kInvalidFields with every fault: a member that the effect needs and does not have, or has and
// does not take.
base::Result<FaultRule> FromForm(const FaultForm& form);

}  // namespace parley::sim::network
