#include "sim/graph/changes.h"

#include <cstdint>

#include "sim/graph/ids.h"
#include "sim/graph/incoming.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

std::string SecondsOf(base::Time at) { return std::to_string(base::ToUnixSeconds(at)); }

object BilledOf(const net::BilledConversation& billed, bool with_end) {
  object origin;
  origin["type"] = base::JsonView(NameOf(billed.category));
  object conversation;
  conversation["id"] = base::JsonView(billed.id);
  if (with_end) conversation["expiration_timestamp"] = base::JsonView(SecondsOf(billed.expires_at));
  conversation["origin"] = std::move(origin);
  return conversation;
}

object PricingOf(const net::BilledConversation& billed) {
  object pricing;
  pricing["billable"] = billed.billable;
  pricing["pricing_model"] = "PMP";
  pricing["category"] = base::JsonView(NameOf(billed.category));
  pricing["type"] = billed.billable ? "regular" : "free_customer_service";
  return pricing;
}

object StatusOf(std::string_view wamid, const SentRecord& sent, std::string_view status,
                base::Time at) {
  object item;
  item["id"] = base::JsonView(wamid);
  item["status"] = base::JsonView(status);
  item["timestamp"] = base::JsonView(SecondsOf(at));
  item["recipient_id"] = base::JsonView(sent.to);
  if (sent.opaque) item["biz_opaque_callback_data"] = base::JsonView(*sent.opaque);
  return item;
}

Change ChangeOfStatus(const Number& number, object item, base::Time at) {
  array statuses;
  statuses.push_back(std::move(item));
  object value = NewValue(number);
  value["statuses"] = std::move(statuses);
  return Change{std::string(kMessagesField), std::move(value), at};
}

struct TemplateEvent {
  net::TemplateStatus status;
  std::string_view event;
};
constexpr TemplateEvent kTemplateEvents[] = {
    {net::TemplateStatus::kApproved, "APPROVED"},
    {net::TemplateStatus::kRejected, "REJECTED"},
    {net::TemplateStatus::kPaused, "PAUSED"},
    {net::TemplateStatus::kRemoved, "PENDING_DELETION"},
};

void AppendEscape(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHexDigits[unit >> shift & 0xf];
}

// Meta's webhooks are ASCII, and their signature is over that: "an escaped unicode version of the
// payload, with lowercase hex digits" (Webhooks, Getting started). `text` is JSON in valid UTF-8.
std::string InAscii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x7f) {
      out += text[i];
      continue;
    }
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    std::uint32_t point = more == 0 ? lead : lead & (0x3fU >> more);
    for (int k = 0; k < more && i + 1 < text.size(); ++k)
      point = point << 6 | (static_cast<unsigned char>(text[++i]) & 0x3fU);
    if (point >= 0x10000) AppendEscape(out, 0xd800 + ((point - 0x10000) >> 10));
    AppendEscape(out, point >= 0x10000 ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point);
  }
  return out;
}

}  // namespace

std::string WebhookBody(std::string_view account, const std::vector<Change>& changes) {
  object entry;
  entry["id"] = base::JsonView(account);
  array list;
  for (const Change& change : changes) {
    if (change.field != kMessagesField) entry["time"] = base::ToUnixSeconds(change.at);
    object item;
    item["value"] = change.value;
    item["field"] = base::JsonView(change.field);
    list.push_back(std::move(item));
  }
  entry["changes"] = std::move(list);
  array entries;
  entries.push_back(std::move(entry));
  object body;
  body["object"] = "whatsapp_business_account";
  body["entry"] = std::move(entries);
  return InAscii(base::ToText(body));
}

object NewValue(const Number& number) {
  object metadata;
  metadata["display_phone_number"] = base::JsonView(number.number);
  metadata["phone_number_id"] = base::JsonView(number.id);
  object value;
  value["messaging_product"] = "whatsapp";
  value["metadata"] = std::move(metadata);
  return value;
}

Change StatusChange(const Number& number, std::string_view wamid, const SentRecord& sent,
                    std::string_view status, base::Time at,
                    const std::optional<net::BilledConversation>& billed) {
  object item = StatusOf(wamid, sent, status, at);
  if (billed) {
    item["conversation"] = BilledOf(*billed, status == "sent");
    item["pricing"] = PricingOf(*billed);
  }
  return ChangeOfStatus(number, std::move(item), at);
}

Change FailedChange(const Number& number, std::string_view wamid, const SentRecord& sent,
                    base::Time at, const GraphError& error) {
  object item = StatusOf(wamid, sent, "failed", at);
  array errors;
  errors.push_back(WebhookError(error));
  item["errors"] = std::move(errors);
  return ChangeOfStatus(number, std::move(item), at);
}

std::optional<Change> ChangeMaker::Of(const Number& number, const net::Item& item) const {
  if (const auto* message = std::get_if<net::IncomingMessage>(&item.content))
    return OfMessage(number, *message);
  if (const auto* receipt = std::get_if<net::Receipt>(&item.content))
    return OfReceipt(number, *receipt);
  return OfNotice(number, std::get<net::Notice>(item.content));
}

array ChangeMaker::ContactsOf(std::string_view wa_id) const {
  const auto person = network_.FindPerson(wa_id);
  object profile;
  profile["name"] = base::JsonView(person ? person->push_name : std::string(wa_id));
  object contact;
  contact["profile"] = std::move(profile);
  contact["wa_id"] = base::JsonView(wa_id);
  array contacts;
  contacts.push_back(std::move(contact));
  return contacts;
}

Change ChangeMaker::Received(const Number& number, std::string_view from, object message,
                             base::Time at) const {
  object value = NewValue(number);
  if (base::FindText(message, "type") != "system") value["contacts"] = ContactsOf(from);
  array messages;
  messages.push_back(std::move(message));
  value["messages"] = std::move(messages);
  return Change{std::string(kMessagesField), std::move(value), at};
}

std::optional<Change> ChangeMaker::OfMessage(const Number& number,
                                             const net::IncomingMessage& incoming) const {
  const net::Message& from_network = incoming.message;
  if (incoming.history || net::ChatOf(from_network.to).kind != net::ChatKind::kPerson)
    return std::nullopt;
  const std::string& customer = incoming.from_me ? from_network.to : from_network.from;
  object message;
  if (!from_network.quoted.empty()) {
    object context;
    if (const auto quoted = network_.FindOwnMessage(number.number, from_network.quoted))
      context["from"] = base::JsonView(quoted->message.from);
    context["id"] = base::JsonView(WamidOf(from_network.quoted, customer));
    message["context"] = std::move(context);
  }
  message["from"] = base::JsonView(from_network.from);
  if (incoming.from_me) message["to"] = base::JsonView(from_network.to);
  message["id"] = base::JsonView(WamidOf(from_network.id, customer));
  message["timestamp"] = base::JsonView(SecondsOf(from_network.at));
  AddContent(message, from_network, customer, number, network_, registry_);
  if (!incoming.from_me) return Received(number, customer, std::move(message), from_network.at);
  array echoes;
  echoes.push_back(std::move(message));
  object value = NewValue(number);
  value["message_echoes"] = std::move(echoes);
  return Change{std::string(kEchoesField), std::move(value), from_network.at};
}

std::optional<Change> ChangeMaker::OfReceipt(const Number& number,
                                             const net::Receipt& receipt) const {
  const std::optional<SentRecord> sent = sent_.Find(receipt.message_id);
  if (!sent) return std::nullopt;  // typed on the phone
  if (receipt.status == net::ReceiptStatus::kFailed)
    return FailedChange(number, receipt.message_id, *sent, receipt.at,
                        ErrorOfCode(receipt.code, receipt.text));
  const bool tells_price = receipt.status == net::ReceiptStatus::kDelivered;
  return StatusChange(number, receipt.message_id, *sent, NameOf(receipt.status), receipt.at,
                      tells_price ? receipt.conversation : std::nullopt);
}

std::optional<Change> ChangeMaker::OfNotice(const Number& number, const net::Notice& notice) const {
  const auto* changed = std::get_if<net::TemplateChanged>(&notice.content);
  if (changed == nullptr || changed->owner != number.number) return std::nullopt;
  const std::vector<const Number*> numbers = registry_.NumbersOf(number.account);
  if (numbers.empty() || numbers.front()->id != number.id) return std::nullopt;
  for (const TemplateEvent& row : kTemplateEvents) {
    if (row.status != changed->subject.status) continue;
    const net::Template& subject = changed->subject;
    object value;
    value["event"] = base::JsonView(row.event);
    value["message_template_id"] = std::stoll(subject.id);
    value["message_template_name"] = base::JsonView(subject.name);
    value["message_template_language"] = base::JsonView(subject.language);
    value["message_template_category"] = base::JsonView(NameOf(subject.category));
    value["reason"] = base::JsonView(subject.rejected_reason);
    return Change{"message_template_status_update", std::move(value), notice.at};
  }
  return std::nullopt;
}

}  // namespace parley::sim::graph
