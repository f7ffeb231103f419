#include "link/cloud/format/analytics.h"

#include <fmt/format.h>

#include <map>

#include "core/addresses.h"
#include "link/cloud/format/billing.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using Word = std::optional<std::string>;

constexpr std::int64_t kMaxCount = std::int64_t{1} << 50;

// Of both kinds; each has its own word for what is counted and for its category.
struct DataPointIn {
  std::int64_t start = 0, end = 0, count = 0;
  double cost = 0;
  Word category, type, phone_number, country;
  static constexpr auto Fields() {
    using D = DataPointIn;
    return base::FieldList(
        base::Required("start", &D::start, base::Range(0, kLastSecond)),
        base::Required("end", &D::end, base::Range(0, kLastSecond)),
        Optional("volume", &D::count, base::Range(0, kMaxCount), base::Alias("conversation")),
        Optional("cost", &D::cost, base::Range(0, kMaxCount)),
        Optional("pricing_category", &D::category, MaxLength(kMaxMetaName),
                 base::Alias("conversation_category")),
        Optional("pricing_type", &D::type, MaxLength(kMaxMetaName),
                 base::Alias("conversation_type")),
        Optional("phone_number", &D::phone_number, MaxLength(kMaxMetaId)),
        Optional("country", &D::country, MaxLength(kMaxMetaName)));
  }
};

// Of both kinds, in the words of today and of yesterday.
constexpr std::string_view kFreeTypes[] = {"FREE_CUSTOMER_SERVICE", "FREE_ENTRY_POINT",
                                           "FREE_TIER"};

DataPoint PointOf(const DataPointIn& given) {
  DataPoint point;
  point.start = AtSecond(given.start);
  point.end = AtSecond(given.end);
  point.category = CategoryOfBilling(given.category.value_or(""));
  point.count = given.count;
  point.cost = given.cost;
  for (const std::string_view type : kFreeTypes) point.free |= given.type == type;
  if (const auto phone = core::ParsePhone(given.phone_number.value_or("")))
    point.phone = phone->value;
  point.country = Clean(given.country.value_or(""), kMaxMetaName);
  return point;
}

}  // namespace

std::string PricingFields(base::Time start, base::Time end, const std::string& phone) {
  return fmt::format(
      "pricing_analytics.start({}).end({}).granularity(MONTHLY).phone_numbers([\"{}\"])"
      ".dimensions([\"PRICING_CATEGORY\",\"PRICING_TYPE\",\"PHONE\"])",
      base::ToUnixSeconds(start), base::ToUnixSeconds(end), phone);
}

base::Result<std::vector<DataPoint>> ReadAnalytics(const base::json::object& body) {
  std::vector<DataPoint> points;
  for (const std::string_view name : {"pricing_analytics", "conversation_analytics"}) {
    const base::json::object* analytics = ObjectIn(body, name);
    if (analytics == nullptr) continue;
    const base::json::array* data = ListIn(*analytics, "data");
    if (data == nullptr) return base::FieldError(std::string(name) + ".data", "Required");
    for (std::size_t i = 0; i < data->size(); ++i) {
      const base::json::object* group = (*data)[i].if_object();
      const std::string path = std::string(name) + "." + PathOf("data", i);
      if (group == nullptr) return base::FieldError(path, "Expected object");
      auto read = ReadList<DataPointIn>(base::Find(*group, "data_points"), "data_points",
                                        kMaxDataPoints - points.size());
      if (!read) return Under(path, std::move(read).error());
      for (const DataPointIn& given : *read) points.push_back(PointOf(given));
    }
  }
  return points;
}

std::vector<core::UsageRow> UsageOf(const std::vector<DataPoint>& points,
                                    const std::string& phone) {
  std::map<core::UsageKey, core::UsageCount> counts;
  for (const DataPoint& point : points) {
    if (!point.category || (!point.phone.empty() && point.phone != phone)) continue;
    core::UsageKey key;
    key.month = core::MonthOf(point.start);
    key.category = point.category;
    core::UsageCount& count = counts[key];
    count.conversations += point.count;
    if (!point.free) count.billable += point.count;
  }
  std::vector<core::UsageRow> rows;
  for (const auto& [key, count] : counts) rows.push_back(core::UsageRow{key, count});
  return rows;
}

}  // namespace parley::link::cloud::format
