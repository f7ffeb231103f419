#include "link/cloud/format/notice_readers.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using base::Required;

struct PreferenceIn {
  NoticeWord category, value;
  static constexpr auto Fields() {
    using P = PreferenceIn;
    return base::FieldList(Optional("category", &P::category), Optional("value", &P::value));
  }
};

struct CallIn {
  std::string id;
  std::int64_t timestamp = 0;
  NoticeWord from, to, event, direction, status;
  std::optional<std::int64_t> start_time, duration;
  static constexpr auto Fields() {
    using C = CallIn;
    return base::FieldList(Required("id", &C::id, base::MinLength(1), MaxLength(kMaxMetaId)),
                           Required("timestamp", &C::timestamp, base::Range(0, kLastSecond)),
                           Optional("from", &C::from, MaxLength(kMaxMetaId)),
                           Optional("to", &C::to, MaxLength(kMaxMetaId)),
                           Optional("event", &C::event), Optional("direction", &C::direction),
                           Optional("status", &C::status),
                           Optional("start_time", &C::start_time, base::Range(0, kLastSecond)),
                           Optional("duration", &C::duration));
  }
};
struct CallStatusIn {
  std::string id, status;
  std::int64_t timestamp = 0;
  NoticeWord recipient_id;
  static constexpr auto Fields() {
    using C = CallStatusIn;
    return base::FieldList(Required("id", &C::id, base::MinLength(1), MaxLength(kMaxMetaId)),
                           Required("status", &C::status, MaxLength(kMaxMetaName)),
                           Required("timestamp", &C::timestamp, base::Range(0, kLastSecond)),
                           Optional("recipient_id", &C::recipient_id, MaxLength(kMaxMetaId)));
  }
};

core::Peer PersonAt(const NoticeWord& number) {
  core::Peer peer;
  if (const auto address = core::ParsePhone(number.value_or(""))) peer.phone = address->value;
  return peer;
}

// None of a number that is not told: there is nobody to tell of.
void AddCall(const CallIn& given, Notice& notice) {
  core::CallReport report;
  report.call.from_me = given.direction == "BUSINESS_INITIATED";
  report.with = PersonAt(report.call.from_me ? given.to : given.from);
  if (report.with.phone.empty()) return;
  report.call.id = Clean(given.id, kMaxMetaId);
  report.call.at = AtSecond(given.start_time.value_or(given.timestamp));
  report.call.changed_at = AtSecond(given.timestamp);
  const bool talked = given.duration.value_or(0) > 0;
  if (given.event == "connect")
    report.call.status =
        report.call.from_me ? core::CallStatus::kAccepted : core::CallStatus::kRinging;
  else if (given.event == "terminate")
    report.call.status = talked ? core::CallStatus::kEnded : core::CallStatus::kMissed;
  else
    return;
  notice.reports.emplace_back(std::move(report));
}

void AddCallStatus(const CallStatusIn& given, Notice& notice) {
  core::CallReport report;
  report.call.from_me = true;  // only of calls that the business makes
  report.with = PersonAt(given.recipient_id);
  if (report.with.phone.empty()) return;
  report.call.id = Clean(given.id, kMaxMetaId);
  report.call.at = report.call.changed_at = AtSecond(given.timestamp);
  if (given.status == "RINGING")
    report.call.status = core::CallStatus::kRinging;
  else if (given.status == "ACCEPTED")
    report.call.status = core::CallStatus::kAccepted;
  else if (given.status == "REJECTED")
    report.call.status = core::CallStatus::kRejected;
  else
    return;
  notice.reports.emplace_back(std::move(report));
}

struct SyncedContactIn {
  NoticeWord full_name, first_name, phone_number;
  static constexpr auto Fields() {
    using S = SyncedContactIn;
    return base::FieldList(Optional("full_name", &S::full_name),
                           Optional("first_name", &S::first_name),
                           Optional("phone_number", &S::phone_number, MaxLength(kMaxMetaId)));
  }
};
struct SyncIn {
  NoticeWord type, action;
  std::optional<SyncedContactIn> contact;
  static constexpr auto Fields() {
    using S = SyncIn;
    return base::FieldList(Optional("type", &S::type), Optional("action", &S::action),
                           Optional("contact", &S::contact));
  }
};

}  // namespace

// Meta itself holds back what somebody does not want (131050); here it is only told.
NoticeRead ReadPreferences(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadList<PreferenceIn>(base::Find(*change.value, "user_preferences"),
                                           "user_preferences", kMaxOfChange));
  notice.text = given.empty() ? LineOf(change, {})
                              : LineOf(change, {given.front().category, given.front().value});
  return {};
}

NoticeRead ReadCalls(const Change& change, Notice& notice) {
  PARLEY_TRY(calls, ReadList<CallIn>(base::Find(*change.value, "calls"), "calls", kMaxOfChange));
  PARLEY_TRY(statuses, ReadList<CallStatusIn>(base::Find(*change.value, "statuses"), "statuses",
                                              kMaxOfChange));
  for (const CallIn& call : calls) AddCall(call, notice);
  for (const CallStatusIn& status : statuses) AddCallStatus(status, notice);
  notice.text = LineOf(change, {calls.empty() ? NoticeWord() : calls.front().event});
  return {};
}

NoticeRead ReadContactSync(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadList<SyncIn>(base::Find(*change.value, "state_sync"), "state_sync",
                                     kMaxContactsOfSync));
  for (const SyncIn& item : given) {
    if (item.type != "contact" || !item.contact) continue;
    core::ContactReport report;
    report.news.peer = PersonAt(item.contact->phone_number);
    if (report.news.peer.phone.empty()) continue;
    const NoticeWord& name =
        item.contact->full_name ? item.contact->full_name : item.contact->first_name;
    report.news.name =
        item.action == "remove" ? std::string() : Clean(name.value_or(""), kMaxMetaName);
    notice.reports.emplace_back(std::move(report));
  }
  notice.text = LineOf(change, {std::to_string(notice.reports.size())});
  return {};
}

}  // namespace parley::link::cloud::format
