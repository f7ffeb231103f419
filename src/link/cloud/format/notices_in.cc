#include "link/cloud/format/notices_in.h"

#include "link/cloud/format/notice_readers.h"
#include "link/cloud/format/templates.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using base::Required;

struct TemplateStatusIn {
  std::string event, id, name, language;
  NoticeWord reason, category;
  static constexpr auto Fields() {
    using T = TemplateStatusIn;
    return base::FieldList(
        Required("event", &T::event, MaxLength(kMaxMetaName)),
        Required("message_template_id", &T::id, MaxLength(kMaxMetaId)),
        Required("message_template_name", &T::name, MaxLength(kMaxMetaName)),
        Required("message_template_language", &T::language, MaxLength(kMaxMetaName)),
        Optional("reason", &T::reason, MaxLength(kMaxMetaName)),
        Optional("message_template_category", &T::category, MaxLength(kMaxMetaName)));
  }
};

NoticeRead ReadTemplateStatus(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<TemplateStatusIn>(change));
  notice.text = LineOf(change, {given.event, given.name, given.language, given.reason});
  notice.template_id = Clean(given.id, kMaxMetaId);
  const auto status = StatusOfEvent(given.event);
  if (!status) return {};
  core::TemplateReport report;
  report.at = change.at;
  report.subject.id = notice.template_id;
  report.subject.name = Clean(given.name, kMaxMetaName);
  report.subject.language = Clean(given.language, kMaxMetaName);
  report.subject.status = *status;
  if (given.category) report.subject.category = CategoryOfTemplate(*given.category);
  report.subject.rejected_reason = ReasonOf(*status, given.event, given.reason.value_or(""));
  notice.reports.emplace_back(std::move(report));
  if (*status == core::TemplateStatus::kRejected || *status == core::TemplateStatus::kPaused)
    notice.weight = NoticeWeight::kWarning;
  return {};
}

struct TemplateNewsIn {
  std::string id;
  NoticeWord name, language, new_category, correct_category, new_quality_score;
  static constexpr auto Fields() {
    using T = TemplateNewsIn;
    return base::FieldList(Required("message_template_id", &T::id, MaxLength(kMaxMetaId)),
                           Optional("message_template_name", &T::name),
                           Optional("message_template_language", &T::language),
                           Optional("new_category", &T::new_category),
                           Optional("correct_category", &T::correct_category),
                           Optional("new_quality_score", &T::new_quality_score));
  }
};

NoticeRead ReadTemplateNews(const Change& change, Notice& notice) {
  PARLEY_TRY(given, ReadValueOf<TemplateNewsIn>(change));
  notice.text = LineOf(change, {given.name, given.language, given.new_category,
                                given.correct_category, given.new_quality_score});
  notice.template_id = Clean(given.id, kMaxMetaId);
  if (given.new_quality_score == "RED") notice.weight = NoticeWeight::kWarning;
  return {};
}

struct FieldReader {
  std::string_view field;
  NoticeRead (*read)(const Change& change, Notice& notice);
};
constexpr FieldReader kFieldReaders[] = {
    {"message_template_status_update", &ReadTemplateStatus},
    {"template_category_update", &ReadTemplateNews},
    {"message_template_quality_update", &ReadTemplateNews},
    {"message_template_components_update", &ReadTemplateNews},
    {"phone_number_quality_update", &ReadNumberQuality},
    {"phone_number_name_update", &ReadNumberName},
    {"account_update", &ReadAccountUpdate},
    {"account_review_update", &ReadAccountReview},
    {"account_alerts", &ReadAlert},
    {"business_capability_update", &ReadCapability},
    {"user_preferences", &ReadPreferences},
    {"calls", &ReadCalls},
    {"smb_app_state_sync", &ReadContactSync},
};

}  // namespace

// "field: first, second", of what is not empty.
std::string LineOf(const Change& change, std::initializer_list<NoticeWord> words) {
  std::string line = change.field;
  std::string_view divider = ": ";
  for (const NoticeWord& word : words) {
    if (!word || word->empty()) continue;
    line += divider;
    line += Clean(*word, kMaxMetaName);
    divider = ", ";
  }
  return line;
}

base::Result<Notice> ReadNotice(const Change& change) {
  Notice notice;
  for (const FieldReader& reader : kFieldReaders) {
    if (reader.field != change.field) continue;
    notice.known = true;
    PARLEY_CHECK(reader.read(change, notice));
    return notice;
  }
  notice.text = LineOf(change, {});
  return notice;
}

}  // namespace parley::link::cloud::format
