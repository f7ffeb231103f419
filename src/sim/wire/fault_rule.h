// Fault rules of the wire: what goes wrong with single stanzas. What goes wrong with messages as
// such is sim/network/fault.h. They end with the process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fields.h"
#include "base/names.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxFaultRules = 100;

enum class FaultEffect : std::uint8_t {
  kDrop = 1,         // it is lost
  kDelay = 2,        // it comes `ms` later; others overtake it
  kDuplicate = 3,    // it comes twice
  kReorder = 4,      // it comes after the next one
  kCorrupt = 5,      // one bit of its ciphertexts is another
  kCut = 6,          // the connection ends instead
  kStreamError = 7,  // a stream error with `code` comes instead, and the connection ends
  kRefuse = 8,       // of the client's queries: answered with error `code`
  kCompress = 9,     // of what goes to the client: the frame is compressed
};
inline constexpr base::EnumNames<FaultEffect, 9> kFaultEffectNames({
    {FaultEffect::kDrop, "drop"},
    {FaultEffect::kDelay, "delay"},
    {FaultEffect::kDuplicate, "duplicate"},
    {FaultEffect::kReorder, "reorder"},
    {FaultEffect::kCorrupt, "corrupt"},
    {FaultEffect::kCut, "cut"},
    {FaultEffect::kStreamError, "stream_error"},
    {FaultEffect::kRefuse, "refuse"},
    {FaultEffect::kCompress, "compress"},
});
PARLEY_ENUM_NAMES(FaultEffect, kFaultEffectNames)

enum class FaultDirection : std::uint8_t { kToClient = 1, kFromClient = 2 };
inline constexpr base::EnumNames<FaultDirection, 2> kFaultDirectionNames({
    {FaultDirection::kToClient, "to_client"},
    {FaultDirection::kFromClient, "from_client"},
});
PARLEY_ENUM_NAMES(FaultDirection, kFaultDirectionNames)

// Every condition that is given must hold.
struct FaultRule {
  FaultEffect effect = FaultEffect::kDrop;
  FaultDirection direction = FaultDirection::kToClient;
  std::optional<std::string> number, device, tag, xmlns;
  std::int64_t skip = 0;
  std::optional<std::int64_t> count, ms, code;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Range;
    using R = FaultRule;
    return base::FieldList(
        base::Required("effect", &R::effect,
                       Doc("drop, delay, duplicate, reorder, corrupt, cut, stream_error, refuse "
                           "(queries of the client), compress (what goes to the client)")),
        Optional("direction", &R::direction, Doc("to_client (when absent) or from_client")),
        Optional("number", &R::number, MaxLength(20), Doc("Only of this person's devices")),
        Optional("device", &R::device, MaxLength(40), Doc("Only of this device")),
        Optional("tag", &R::tag, MaxLength(40),
                 Doc("Only these stanzas: message, receipt, iq, ...")),
        Optional("xmlns", &R::xmlns, MaxLength(60), Doc("Only queries of this namespace")),
        Optional("skip", &R::skip, Range(0, 1'000'000'000),
                 Doc("So many that it fits pass unharmed first")),
        Optional("count", &R::count, Range(1, 1'000'000'000),
                 Doc("How often it takes effect; absent: until removed")),
        Optional("ms", &R::ms, Range(0, 3'600'000), Doc("delay: by how much; 1000 when absent")),
        Optional("code", &R::code, Range(100, 999),
                 Doc("stream_error (503 when absent) and refuse (500)")));
  }
};

struct FaultEntry {
  std::int64_t id = 0;
  FaultRule rule;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &FaultEntry::id),
                           base::Required("rule", &FaultEntry::rule));
  }
};

}  // namespace parley::sim::wire
