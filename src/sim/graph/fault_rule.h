// Fault rules of the Graph front: what goes wrong with single requests and webhooks. What goes
// wrong with messages as such is sim/network/fault.h. They end with the process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fields.h"
#include "base/names.h"

namespace parley::sim::graph {

inline constexpr std::size_t kMaxFaultRules = 100;

enum class FaultEffect : std::uint8_t {
  kError = 1,             // the request is answered with `code` and `status`, and not done
  kSlow = 2,              // it is done, and answered `ms` later
  kNoAnswer = 3,          // it is done when `carried`, and answered only when any client has gone
  kBadJson = 4,           // it is done, and half of the answer comes
  kDuplicateWebhook = 5,  // it is posted twice
  kReorderWebhook = 6,    // what it tells comes in the opposite order, and after the next one
};
inline constexpr base::EnumNames<FaultEffect, 6> kFaultEffectNames({
    {FaultEffect::kError, "error"},
    {FaultEffect::kSlow, "slow"},
    {FaultEffect::kNoAnswer, "no_answer"},
    {FaultEffect::kBadJson, "bad_json"},
    {FaultEffect::kDuplicateWebhook, "duplicate_webhook"},
    {FaultEffect::kReorderWebhook, "reorder_webhook"},
});
PARLEY_ENUM_NAMES(FaultEffect, kFaultEffectNames)

// Every condition that is given must hold.
struct FaultRule {
  FaultEffect effect = FaultEffect::kError;
  std::optional<std::string> id, edge;
  std::int64_t skip = 0;
  std::optional<std::int64_t> count, ms, code, status;
  std::optional<bool> carried;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Range;
    using R = FaultRule;
    return base::FieldList(
        base::Required("effect", &R::effect,
                       Doc("error, slow, no_answer, bad_json (requests), duplicate_webhook, "
                           "reorder_webhook")),
        Optional("id", &R::id, MaxLength(30),
                 Doc("Only of this node: a phone_number_id or a business_account_id")),
        Optional("edge", &R::edge, MaxLength(40),
                 Doc("Only requests to this edge: messages, media, message_templates, ...")),
        Optional("skip", &R::skip, Range(0, 1'000'000'000),
                 Doc("So many that it fits pass unharmed first")),
        Optional("count", &R::count, Range(1, 1'000'000'000),
                 Doc("How often it takes effect; absent: until removed")),
        Optional("ms", &R::ms, Range(0, 3'600'000),
                 Doc("slow: by how much (1000 when absent); no_answer: after how long (60000)")),
        Optional("code", &R::code, Range(0, 9'999'999), Doc("error: Graph's code; 2 when absent")),
        Optional("status", &R::status, Range(400, 599),
                 Doc("error: the HTTP status; that of the code when absent")),
        Optional("carried", &R::carried,
                 Doc("no_answer: whether the request is done all the same")));
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

}  // namespace parley::sim::graph
