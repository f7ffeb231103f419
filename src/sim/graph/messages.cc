#include <fmt/format.h>

#include "sim/graph/contents.h"
#include "sim/graph/handlers.h"
#include "sim/graph/ids.h"
#include "sim/graph/media_fetch.h"

namespace parley::sim::graph {
namespace {

// Digits of a number as people write it: "+1 (555) 010-0100".
std::optional<std::string> DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      digits += c;
    else if (std::string_view("+ -().").find(c) == std::string_view::npos)
      return std::nullopt;
  }
  if (!net::IsNumber(digits)) return std::nullopt;
  return digits;
}

Outcome<void> CheckMaySend(const Call& call, const Number& number) {
  if (call.parts.registry.FindAccount(number.account)->locked) return GraphError{kAccountLocked};
  if (!number.registered) return GraphError{kNotRegistered};
  return {};
}

Outcome<void> CheckRates(const Call& call, const Number& number, Line& line,
                         const std::string& to) {
  const base::Microseconds now = call.parts.scheduler.Monotonic();
  const double per_second =
      number.throughput == Throughput::kHigh ? kHighPerSecond : kStandardPerSecond;
  if (!line.limits().TakeThroughput(per_second, now)) return GraphError{kRateLimitHit};
  if (number.pair_limit && !line.limits().TakePair(to, now)) return GraphError{kPairRateLimit};
  return {};
}

Answer MarkAsRead(const Call& call, const Number& number, Line& line, const SendBody& body) {
  if (!body.message_id) return InvalidParameter("The parameter message_id is required.");
  const std::string id = NetworkIdOf(*body.message_id);
  const auto found = call.parts.network.FindOwnMessage(number.number, id);
  if (!found || found->message.from == number.number)
    return GraphError{kInvalidValue, "There is no incoming message with this message_id"};
  if (line.connection() == nullptr) return GraphError{kServiceUnavailable};
  line.connection()->MarkRead(id, false);
  if (body.typing_indicator) {
    const net::Actor self{number.number, number.device};
    (void)call.parts.network.SetPresence(self, net::PresenceKind::kComposing, found->message.from);
  }
  return Success();
}

http::Response AcceptedReply(const std::string& input, const std::string& wa_id,
                             const std::string& wamid, bool is_template) {
  base::json::object contact, message, body;
  contact["input"] = base::JsonView(input);
  contact["wa_id"] = base::JsonView(wa_id);
  message["id"] = base::JsonView(wamid);
  if (is_template) message["message_status"] = "accepted";
  base::json::array contacts, messages;
  contacts.push_back(std::move(contact));
  messages.push_back(std::move(message));
  body["messaging_product"] = "whatsapp";
  body["contacts"] = std::move(contacts);
  body["messages"] = std::move(messages);
  return Reply(body);
}

// What the network gets, or why nothing.
struct Prepared {
  net::DeviceMessage message;
  std::optional<GraphError> told_later;  // the message is accepted, and has failed
};

base::Task<Outcome<Prepared>> Prepare(const Call* call, SendDraft draft) {
  Prepared prepared;
  Outcome<net::Content> content = co_await TakeFiles(call, std::move(draft));
  if (content)
    prepared.message.content = std::move(*content);
  else if (IsToldLater(content.error().code))
    prepared.told_later = content.error();
  else
    co_return content.error();
  co_return prepared;
}

}  // namespace

base::Task<Answer> PostMessage(const Call* call) {
  PARLEY_CO_TRY(node, call->NumberNode());
  const Number number = *node;
  PARLEY_CO_CHECK(CheckMaySend(*call, number));
  PARLEY_CO_TRY(body, call->ReadBody<SendBody>());
  Line* line = call->parts.LineOf(number.id);
  if (line == nullptr) co_return GraphError{kServiceUnavailable};
  if (body.status) co_return MarkAsRead(*call, number, *line, body);
  if (!body.to) co_return InvalidParameter("The parameter to is required.");
  const std::optional<std::string> to = DigitsOf(*body.to);
  if (!to) co_return GraphError{kInvalidValue, "to is not a valid phone number"};
  if (*to == number.number) co_return GraphError{kSelfRecipient};
  PARLEY_CO_TRY(draft, ReadContent(body, number.account));
  PARLEY_CO_CHECK(CheckRates(*call, number, *line, *to));
  PARLEY_CO_TRY(prepared, co_await Prepare(call, std::move(draft)));

  const std::string wamid = MakeWamid(*to, call->parts.random);
  const bool is_template = body.message_template.has_value();
  SentRecord sent;
  sent.number = number.id;
  sent.to = *to;
  sent.opaque = body.opaque;
  sent.at = call->parts.scheduler.Now();
  sent.settled = prepared.told_later.has_value();
  call->parts.sent.Put(wamid, sent);
  line = call->parts.LineOf(number.id);
  if (line == nullptr) co_return GraphError{kServiceUnavailable};  // removed meanwhile
  if (prepared.told_later) {
    line->Tell(FailedChange(number, wamid, sent, sent.at, *prepared.told_later));
    co_return AcceptedReply(*body.to, *to, wamid, is_template);
  }
  prepared.message.id = wamid;
  prepared.message.to = *to;
  if (body.context) prepared.message.quoted = NetworkIdOf(body.context->message_id);
  PARLEY_CO_CHECK(co_await line->Send(std::move(prepared.message)));
  co_return AcceptedReply(*body.to, *to, wamid, is_template);
}

}  // namespace parley::sim::graph
