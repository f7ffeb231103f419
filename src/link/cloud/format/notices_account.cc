#include "link/cloud/format/notice_readers.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using base::Required;

struct NumberQualityIn {
  std::string event;
  NoticeWord current_limit, max_daily;
  static constexpr auto Fields() {
    using N = NumberQualityIn;
    return base::FieldList(Required("event", &N::event, MaxLength(kMaxMetaName)),
                           Optional("current_limit", &N::current_limit),
                           Optional("max_daily_conversations_per_business", &N::max_daily));
  }
};

struct NumberNameIn {
  std::string decision;
  NoticeWord rejection_reason;
  static constexpr auto Fields() {
    using N = NumberNameIn;
    return base::FieldList(Required("decision", &N::decision, MaxLength(kMaxMetaName)),
                           Optional("rejection_reason", &N::rejection_reason));
  }
};

struct BanIn {
  NoticeWord state;
  static constexpr auto Fields() {
    return base::FieldList(Optional("waba_ban_state", &BanIn::state));
  }
};
struct RestrictionIn {
  NoticeWord type;
  static constexpr auto Fields() {
    return base::FieldList(Optional("restriction_type", &RestrictionIn::type));
  }
};
struct ViolationIn {
  NoticeWord type;
  static constexpr auto Fields() {
    return base::FieldList(Optional("violation_type", &ViolationIn::type));
  }
};
struct DisconnectionIn {
  NoticeWord reason;
  static constexpr auto Fields() {
    return base::FieldList(Optional("reason", &DisconnectionIn::reason));
  }
};
struct AccountUpdateIn {
  std::string event;
  std::optional<BanIn> ban;
  std::optional<std::vector<RestrictionIn>> restrictions;
  std::optional<ViolationIn> violation;
  std::optional<DisconnectionIn> disconnection;
  static constexpr auto Fields() {
    using A = AccountUpdateIn;
    return base::FieldList(Required("event", &A::event, MaxLength(kMaxMetaName)),
                           Optional("ban_info", &A::ban),
                           Optional("restriction_info", &A::restrictions, MaxLength(64)),
                           Optional("violation_info", &A::violation),
                           Optional("disconnection_info", &A::disconnection));
  }
};

// What the event says of the channel. Events that are not here are told and change nothing.
struct AccountEvent {
  std::string_view event;
  NoticeWeight weight;
  std::string_view state_reason;
  bool restored;
};
constexpr AccountEvent kAccountEvents[] = {
    {"ACCOUNT_DELETED", NoticeWeight::kCritical, "account_deleted", false},
    {"ACCOUNT_OFFBOARDED", NoticeWeight::kCritical, "account_offboarded", false},
    {"ACCOUNT_RECONNECTED", NoticeWeight::kInfo, "", true},
    {"ACCOUNT_RESTRICTION", NoticeWeight::kCritical, "", false},
    {"ACCOUNT_VIOLATION", NoticeWeight::kWarning, "", false},
    {"PARTNER_APP_UNINSTALLED", NoticeWeight::kCritical, "permission_missing", false},
    {"PARTNER_REMOVED", NoticeWeight::kCritical, "permission_missing", false},
    {"PARTNER_ADDED", NoticeWeight::kInfo, "", true},
};

struct ReviewIn {
  std::string decision;
  static constexpr auto Fields() {
    return base::FieldList(Required("decision", &ReviewIn::decision, MaxLength(kMaxMetaName)));
  }
};

struct AlertInfoIn {
  NoticeWord severity, type;
  static constexpr auto Fields() {
    using A = AlertInfoIn;
    return base::FieldList(Optional("alert_severity", &A::severity),
                           Optional("alert_type", &A::type));
  }
};
struct AlertIn {
  NoticeWord entity_type, severity,
      type;  // COMPAT: until 2025 they stood beside, not in alert_info
  std::optional<AlertInfoIn> info;
  static constexpr auto Fields() {
    using A = AlertIn;
    return base::FieldList(Optional("entity_type", &A::entity_type),
                           Optional("alert_severity", &A::severity),
                           Optional("alert_type", &A::type), Optional("alert_info", &A::info));
  }
};

struct CapabilityIn {
  NoticeWord per_phone, per_business, phones;
  static constexpr auto Fields() {
    using C = CapabilityIn;
    return base::FieldList(Optional("max_daily_conversation_per_phone", &C::per_phone),
                           Optional("max_daily_conversations_per_business", &C::per_business),
                           Optional("max_phone_numbers_per_waba", &C::phones,
                                    base::Alias("max_phone_numbers_per_business")));
  }
};

}  // namespace

NoticeRead ReadNumberQuality(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<NumberQualityIn>(change));
  notice.text = LineOf(change, {given.event, given.current_limit, given.max_daily});
  if (given.event == "FLAGGED" || given.event == "DOWNGRADE")
    notice.weight = NoticeWeight::kWarning;
  return {};
}

NoticeRead ReadNumberName(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<NumberNameIn>(change));
  notice.text = LineOf(change, {given.decision, given.rejection_reason});
  if (given.decision == "REJECTED") notice.weight = NoticeWeight::kWarning;
  return {};
}

NoticeRead ReadAccountUpdate(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<AccountUpdateIn>(change));
  NoticeWord more;
  if (given.violation) more = given.violation->type;
  if (given.disconnection) more = given.disconnection->reason;
  if (given.ban) more = given.ban->state;
  if (given.restrictions && !given.restrictions->empty()) more = given.restrictions->front().type;
  notice.text = LineOf(change, {given.event, more});
  for (const AccountEvent& row : kAccountEvents) {
    if (row.event != given.event) continue;
    notice.weight = row.weight;
    notice.state_reason = row.state_reason;
    notice.restored = row.restored;
  }
  if (given.event != "DISABLED_UPDATE") return {};
  notice.weight = NoticeWeight::kCritical;
  if (more == "DISABLE") notice.state_reason = "account_locked";
  if (more == "REINSTATE") {
    notice.weight = NoticeWeight::kInfo;
    notice.restored = true;
  }
  return {};
}

// While a review is open, the account cannot be used either.
NoticeRead ReadAccountReview(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<ReviewIn>(change));
  notice.text = LineOf(change, {given.decision});
  notice.restored = given.decision == "APPROVED";
  if (notice.restored) return {};
  notice.weight = NoticeWeight::kCritical;
  notice.state_reason = "account_in_review";
  if (given.decision == "REJECTED") notice.state_reason = "account_locked";
  return {};
}

NoticeRead ReadAlert(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<AlertIn>(change));
  const NoticeWord& severity = given.info ? given.info->severity : given.severity;
  const NoticeWord& type = given.info ? given.info->type : given.type;
  notice.text = LineOf(change, {given.entity_type, severity, type});
  if (severity == "WARNING") notice.weight = NoticeWeight::kWarning;
  if (severity == "CRITICAL") notice.weight = NoticeWeight::kCritical;
  return {};
}

NoticeRead ReadCapability(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<CapabilityIn>(change));
  notice.text = LineOf(change, {given.per_business ? given.per_business : given.per_phone});
  return {};
}

}  // namespace parley::link::cloud::format
