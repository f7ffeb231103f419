// Phone numbers, for what their digits tell: nobody is asked, and no channel is needed.
#include "core/numbers.h"

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/number_schema.h"
#include "base/text.h"
#include "core/addresses.h"

namespace parley::admin {

HandlerResult DescribeNumber(Call& call) {
  const auto number = core::ParsePhone(call.match["number"]);
  if (!number) co_return base::FieldError("number", "Must be a phone number's 5 to 15 digits");
  core::NumberDetails details = call.core.numbers.Describe(number->value);
  NumberView view;
  view.is_possible = details.is_possible;
  view.is_valid = details.is_valid;
  view.type = NameOf(details.type);
  view.time_zones = std::move(details.time_zones);
  if (details.e164.empty()) co_return Reply(200, view);
  view.e164 = std::move(details.e164);
  view.international = std::move(details.international);
  view.national = std::move(details.national);
  view.country = base::NonEmpty(std::move(details.country));
  view.region = base::NonEmpty(std::move(details.region));
  view.carrier = base::NonEmpty(std::move(details.carrier));
  co_return Reply(200, view);
}

}  // namespace parley::admin
