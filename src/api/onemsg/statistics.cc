// What the channel did, and where it comes from.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "api/onemsg/handlers.h"
#include "api/onemsg/schema.h"
#include "base/scheduler.h"
#include "core/usage/usage.h"

namespace parley::api::onemsg {
namespace {

using core::ConversationCategory;

// "03.2022"
std::string Spell(const core::Month& month) {
  return fmt::format("{:02}.{:04}", month.month, month.year);
}

base::Result<core::Month> MonthIn(std::string_view text) {
  const auto number = [text](std::size_t at, std::size_t digits) {
    int value = -1;
    const char* const begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + digits, value);
    return error == std::errc() && end == begin + digits ? value : -1;
  };
  if (text.size() == 7 && text[2] == '.') {
    const core::Month month{number(3, 4), number(0, 2)};
    if (month.month >= 1 && month.month <= 12 && month.year >= 0) return month;
  }
  return base::FieldError("date", "Must be a month as in 03.2022");
}

double PriceOf(ConversationCategory category, const core::Account& account) {
  if (!account.settings.conversation_prices) return 0;
  const core::ConversationPrices& prices = *account.settings.conversation_prices;
  switch (category) {
    case ConversationCategory::kMarketing:
      return prices.marketing.value_or(0);
    case ConversationCategory::kUtility:
      return prices.utility.value_or(0);
    case ConversationCategory::kAuthentication:
      return prices.authentication.value_or(0);
    case ConversationCategory::kService:
      return prices.service.value_or(0);
  }
  return 0;
}

// To a ten-thousandth, as the documents show it: sums of fractions leave dust behind.
double Rounded(double price) { return std::round(price * 10000) / 10000; }

// Conversations that templates began are the business' own, the others were begun by a customer's
// message.
void Add(const core::UsageRow& row, const core::Account& account, StatisticsItem& item) {
  if (!row.key.category || row.count.conversations == 0) return;
  const core::UsageCount& count = row.count;
  const double price = static_cast<double>(count.billable) * PriceOf(*row.key.category, account);
  const bool is_users = *row.key.category == ConversationCategory::kService;
  (is_users ? item.user_quantity : item.business_quantity) += count.conversations;
  (is_users ? item.user_paid : item.business_paid) += count.billable;
  (is_users ? item.user_price : item.business_price) += price;
  if (is_users) item.free_tier += count.conversations - count.billable;
}

void Finish(StatisticsItem& item) {
  item.quantity = item.business_quantity + item.user_quantity;
  item.paid_quantity = item.business_paid + item.user_paid;
  item.free_quantity = item.quantity - item.paid_quantity;
  item.total_price = Rounded(item.business_price + item.user_price);
  item.business_price = Rounded(item.business_price);
  item.user_price = Rounded(item.user_price);
}

}  // namespace

HandlerResult GetStatistics(Call& call) {
  core::Month month = core::MonthOf(call.core.scheduler.Now());
  if (const std::string date = call.request.Query("date").value_or(""); !date.empty()) {
    PARLEY_CO_TRY(asked, MonthIn(date));
    month = asked;
  }
  const std::optional<core::Month> wanted = month;
  PARLEY_CO_TRY(rows, co_await call.core.usage.List(call.channel, wanted));
  StatisticsItem item;
  for (const core::UsageRow& row : rows) Add(row, call.caller->account, item);
  Finish(item);
  StatisticsReply reply;
  reply.date = Spell(month);
  reply.templates_cost = item.business_price;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetExtendedStatistics(Call& call) {
  const std::optional<core::Month> all;
  PARLEY_CO_TRY(rows, co_await call.core.usage.List(call.channel, all));
  std::vector<StatisticsItem> items;
  std::optional<core::Month> last;
  for (const core::UsageRow& row : rows) {
    if (!row.key.category) continue;
    if (last != row.key.month) {
      last = row.key.month;
      StatisticsItem& item = items.emplace_back();
      item.period_date = fmt::format("{:04}-{:02}-01T00:00:00Z", last->year, last->month);
    }
    Add(row, call.caller->account, items.back());
  }
  std::string text = "[";
  for (StatisticsItem& item : items) {
    Finish(item);
    if (text.size() > 1) text += ',';
    text += base::EncodeText(item);
  }
  co_return http::Response::Json(200, text + "]");
}

HandlerResult GetOutputIp(Call& call) {
  const auto address = call.core.output_ip ? call.core.output_ip() : std::nullopt;
  if (!address)
    co_return base::Error(base::ErrorCode::kUnavailable,
                          "This gateway has no address to the outside; its operator can name one "
                          "with the option output-ip");
  ResultReply reply;
  reply.result = *address;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace parley::api::onemsg
