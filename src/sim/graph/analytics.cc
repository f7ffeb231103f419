#include "sim/graph/analytics.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "sim/graph/handlers.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

constexpr std::int64_t kHalfHour = 1800, kDay = 86'400;

// A message that was sent.
struct SentFact {
  base::Time at;
  std::string number, conversation, category, template_name, template_language;
  bool billable = false, delivered = false, read = false;
};

// What is asked for.
struct Span {
  std::int64_t start = 0, end = 0;  // Unix seconds
  std::string granularity;          // HALF_HOUR, DAY or MONTH
  std::vector<std::string> phone_numbers, dimensions;
};

double CostOf(const SentFact& fact) {
  if (!fact.billable) return 0;
  if (fact.category == "marketing") return kMarketingCost;
  return fact.category == "utility" ? kUtilityCost : kAuthenticationCost;
}

std::string UpperOf(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

// The words of "[\"A\",\"B\"]" or "A,B".
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool is_part = c != ',' && c != '[' && c != ']' && c != '"' && c != '\'' && c != ' ';
    if (is_part) word += c;
    if (c == ',' && !word.empty()) words.push_back(std::exchange(word, ""));
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Outcome<std::int64_t> SecondsOf(std::string_view name, std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size() && seconds >= 0 &&
      seconds < 253'402'300'800)
    return Outcome<std::int64_t>(boost::system::in_place_value, seconds);
  return InvalidParameter(fmt::format("Param {} must be a UNIX timestamp.", name));
}

Outcome<Span> SpanOf(const std::vector<std::pair<std::string, std::string>>& arguments) {
  Span span;
  for (const auto& [name, value] : arguments) {
    if (name == "start" || name == "end") {
      PARLEY_TRY(seconds, SecondsOf(name, value));
      (name == "start" ? span.start : span.end) = seconds;
    }
    if (name == "granularity") span.granularity = UpperOf(value);
    if (name == "phone_numbers") span.phone_numbers = WordsOf(value);
    if (name == "dimensions") span.dimensions = WordsOf(UpperOf(value));
  }
  if (span.granularity == "DAILY") span.granularity = "DAY";
  if (span.granularity == "MONTHLY") span.granularity = "MONTH";
  if (span.granularity != "HALF_HOUR" && span.granularity != "DAY" && span.granularity != "MONTH")
    return InvalidParameter("Param granularity must be one of {HALF_HOUR, DAILY, MONTHLY}.");
  if (span.end <= span.start) return InvalidParameter("Param end must be after start.");
  return span;
}

// The period that a moment is in.
std::pair<std::int64_t, std::int64_t> PeriodOf(const Span& span, base::Time at) {
  const std::int64_t seconds = base::ToUnixSeconds(at);
  if (span.granularity == "HALF_HOUR" || span.granularity == "DAY") {
    const std::int64_t length = span.granularity == "DAY" ? kDay : kHalfHour;
    const std::int64_t start = seconds / length * length;
    return {start, start + length};
  }
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  const auto first = day.year() / day.month() / 1;
  const auto of = [](std::chrono::year_month_day date) {
    return base::ToUnixSeconds(base::Time(std::chrono::sys_days(date)));
  };
  return {of(first), of(first + std::chrono::months(1))};
}

std::vector<SentFact> FactsOf(const Call& call, const Account& account, const Span& span) {
  std::vector<SentFact> facts;
  std::set<std::string, std::less<>> wanted(span.phone_numbers.begin(), span.phone_numbers.end());
  call.parts.sent.Visit([&](std::string_view wamid, const SentRecord& record) {
    const Number* number = call.parts.registry.FindNumber(record.number);
    const std::int64_t seconds = base::ToUnixSeconds(record.at);
    if (number == nullptr || number->account != account.id || !record.billed ||
        seconds < span.start || seconds >= span.end ||
        (!wanted.empty() && !wanted.contains(number->number)))
      return;
    SentFact& fact = facts.emplace_back();
    fact.at = record.at;
    fact.number = number->number;
    fact.conversation = record.billed->id;
    fact.category = NameOf(record.billed->category);
    fact.billable = record.billed->billable;
    const auto found = call.parts.network.FindMessages(wamid);
    if (!found) return;
    fact.delivered = found->front().progress.delivered;
    fact.read = found->front().progress.read;
    if (const auto* used = std::get_if<net::TemplateContent>(&found->front().message.content)) {
      fact.template_name = used->name;
      fact.template_language = used->language;
    }
  });
  return facts;
}

bool HasDimension(const Span& span, std::string_view name) {
  return std::find(span.dimensions.begin(), span.dimensions.end(), name) != span.dimensions.end();
}

// What a point of conversations or prices counts.
struct Counted {
  std::set<std::string> conversations;
  std::int64_t messages = 0;
  double cost = 0;
};

// Start and end of the period, category, whether billed, and number: as far as they are dimensions.
using PointKey = std::tuple<std::int64_t, std::int64_t, std::string, std::string, std::string>;

std::map<PointKey, Counted> Count(const std::vector<SentFact>& facts, const Span& span,
                                  std::string_view kind) {
  std::map<PointKey, Counted> points;
  for (const SentFact& fact : facts) {
    const auto [start, end] = PeriodOf(span, fact.at);
    const std::string prefix(kind);
    const PointKey key(
        start, end, HasDimension(span, prefix + "_CATEGORY") ? UpperOf(fact.category) : "",
        HasDimension(span, prefix + "_TYPE") ? (fact.billable ? "REGULAR" : "FREE_CUSTOMER_SERVICE")
                                             : "",
        HasDimension(span, "PHONE") ? fact.number : "");
    Counted& point = points[key];
    point.conversations.insert(fact.conversation);
    ++point.messages;
    point.cost += CostOf(fact);
  }
  return points;
}

object DataPoints(array points) {
  object inner, out;
  inner["data_points"] = std::move(points);
  array data;
  data.push_back(std::move(inner));
  out["data"] = std::move(data);
  return out;
}

// Conversations and prices have the same points, with other names.
object CountedPoints(const std::vector<SentFact>& facts, const Span& span, bool is_pricing) {
  const std::string kind = is_pricing ? "PRICING" : "CONVERSATION";
  const std::string name = is_pricing ? "pricing" : "conversation";
  array points;
  for (const auto& [key, counted] : Count(facts, span, kind)) {
    const auto& [start, end, category, type, number] = key;
    object point;
    point["start"] = start;
    point["end"] = end;
    if (!number.empty()) point["phone_number"] = base::JsonView(number);
    if (!type.empty()) point[name + "_type"] = base::JsonView(type);
    if (!category.empty()) point[name + "_category"] = base::JsonView(category);
    if (is_pricing)
      point["volume"] = counted.messages;
    else
      point["conversation"] = counted.conversations.size();
    point["cost"] = counted.cost;
    points.push_back(std::move(point));
  }
  return DataPoints(std::move(points));
}

object MessagePoints(const std::vector<SentFact>& facts, const Span& span) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>> periods;
  std::set<std::string> numbers;
  for (const SentFact& fact : facts) {
    auto& [sent, delivered] = periods[PeriodOf(span, fact.at)];
    ++sent;
    if (fact.delivered) ++delivered;
    numbers.insert(fact.number);
  }
  array points, phone_numbers;
  for (const auto& [period, counts] : periods) {
    object point;
    point["start"] = period.first;
    point["end"] = period.second;
    point["sent"] = counts.first;
    point["delivered"] = counts.second;
    points.push_back(std::move(point));
  }
  for (const std::string& number : numbers)
    phone_numbers.push_back(base::json::string(base::JsonView(number)));
  object out;
  out["phone_numbers"] = std::move(phone_numbers);
  out["granularity"] = base::JsonView(span.granularity);
  out["data_points"] = std::move(points);
  return out;
}

}  // namespace

Outcome<std::optional<object>> AnalyticsField(const Call& call, const Account& account,
                                              const AskedField& field) {
  const bool is_pricing = field.name == "pricing_analytics";
  const bool is_messages = field.name == "analytics";
  if (!is_pricing && !is_messages && field.name != "conversation_analytics")
    return std::optional<object>();
  PARLEY_TRY(span, SpanOf(field.arguments));
  const std::vector<SentFact> facts = FactsOf(call, account, span);
  if (is_messages) return std::optional<object>(MessagePoints(facts, span));
  return std::optional<object>(CountedPoints(facts, span, is_pricing));
}

base::Task<Answer> GetTemplateAnalytics(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  std::vector<std::pair<std::string, std::string>> arguments;
  for (const char* name : {"start", "end", "granularity"})
    if (const auto value = call->Query(name)) arguments.emplace_back(name, *value);
  PARLEY_CO_TRY(span, SpanOf(arguments));
  if (span.granularity != "DAY") co_return InvalidParameter("Param granularity must be DAILY.");
  const std::vector<std::string> ids = WordsOf(call->Query("template_ids").value_or(""));
  if (ids.empty()) co_return InvalidParameter("The parameter template_ids is required.");
  const std::vector<SentFact> facts = FactsOf(*call, *account, span);
  const auto numbers = call->parts.registry.NumbersOf(account->id);
  const auto templates =
      numbers.empty() ? base::Result<std::vector<net::Template>>(std::vector<net::Template>())
                      : call->parts.network.ListTemplates(numbers.front()->number);
  if (!templates) co_return GraphError{kServiceTrouble};
  array points;
  for (const net::Template& subject : *templates) {
    if (std::find(ids.begin(), ids.end(), subject.id) == ids.end()) continue;
    struct Counts {
      std::int64_t sent = 0, delivered = 0, read = 0;
    };
    std::map<std::pair<std::int64_t, std::int64_t>, Counts> periods;
    for (const SentFact& fact : facts) {
      if (fact.template_name != subject.name || fact.template_language != subject.language)
        continue;
      Counts& counts = periods[PeriodOf(span, fact.at)];
      ++counts.sent;
      counts.delivered += fact.delivered;
      counts.read += fact.read;
    }
    for (const auto& [period, counts] : periods) {
      object point;
      point["template_id"] = base::JsonView(subject.id);
      point["start"] = period.first;
      point["end"] = period.second;
      point["sent"] = counts.sent;
      point["delivered"] = counts.delivered;
      point["read"] = counts.read;
      points.push_back(std::move(point));
    }
  }
  object inner, body;
  inner["granularity"] = "DAILY";
  inner["product_type"] = "cloud_api";
  inner["data_points"] = std::move(points);
  array data;
  data.push_back(std::move(inner));
  body["data"] = std::move(data);
  co_return Reply(body);
}

}  // namespace parley::sim::graph
