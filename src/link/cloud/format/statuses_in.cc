#include "link/cloud/format/statuses_in.h"

#include "link/cloud/format/billing.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using core::MessageStatus;

constexpr std::string_view kStatusMembers[] = {
    "id",
    "status",
    "timestamp",
    "recipient_id",
    "recipient_user_id",
    "pricing",
    "conversation",
    "errors",
    "biz_opaque_callback_data",
    "type",
    "recipient_type",
    "recipient_parent_user_id",
    "recipient_participant_id",
};

constexpr struct {
  std::string_view name;
  MessageStatus status;
} kStatusNames[] = {
    {"sent", MessageStatus::kSent},     {"delivered", MessageStatus::kDelivered},
    {"read", MessageStatus::kRead},     {"played", MessageStatus::kPlayed},
    {"failed", MessageStatus::kFailed},
};

// What a conversation lasted while Meta opened them. A message that is billed alone is shown as one
// of its own, as Meta itself does up to version 23.
constexpr base::Duration kConversationLength = std::chrono::hours(24);

struct OriginIn {
  std::optional<std::string> type;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("type", &OriginIn::type, base::MaxLength(kMaxMetaName)));
  }
};
struct ConversationIn {
  std::string id;
  std::optional<std::int64_t> expiration_timestamp;  // in `sent` only
  std::optional<OriginIn> origin;
  static constexpr auto Fields() {
    using C = ConversationIn;
    return base::FieldList(
        base::Required("id", &C::id, base::MinLength(1), base::MaxLength(kMaxMetaId)),
        base::Optional("expiration_timestamp", &C::expiration_timestamp,
                       base::Range(0, kLastSecond)),
        base::Optional("origin", &C::origin));
  }
};
struct PricingFieldsIn {
  std::optional<bool> billable;  // to be taken away; `type` says the same
  std::optional<std::string> pricing_model, category, type;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using P = PricingFieldsIn;
    return base::FieldList(
        Optional("billable", &P::billable),
        Optional("pricing_model", &P::pricing_model, MaxLength(kMaxMetaName)),
        Optional("category", &P::category, MaxLength(kMaxMetaName)),
        Optional("type", &P::type, MaxLength(kMaxMetaName), base::Alias("pricing_type")));
  }
};
struct StatusIn {
  std::string id, status;
  std::int64_t timestamp = 0;
  std::optional<std::string> recipient_id, recipient_user_id, recipient_type, type, callback;
  std::optional<ConversationIn> conversation;
  std::optional<PricingFieldsIn> pricing;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using S = StatusIn;
    return base::FieldList(
        Required("id", &S::id, base::MinLength(1), MaxLength(kMaxMetaId)),
        Required("status", &S::status, MaxLength(kMaxMetaName)),
        Required("timestamp", &S::timestamp, base::Range(0, kLastSecond)),
        Optional("recipient_id", &S::recipient_id, MaxLength(kMaxMetaName)),
        Optional("recipient_user_id", &S::recipient_user_id, MaxLength(kMaxMetaId)),
        Optional("recipient_type", &S::recipient_type, MaxLength(kMaxMetaName)),
        Optional("type", &S::type, MaxLength(kMaxMetaName)),
        Optional("biz_opaque_callback_data", &S::callback, MaxLength(kMaxMetaName)),
        Optional("conversation", &S::conversation), Optional("pricing", &S::pricing));
  }
};

PricingIn PricingOf(const PricingFieldsIn& given) {
  PricingIn pricing;
  pricing.model = Clean(given.pricing_model.value_or(""), kMaxMetaName);
  pricing.category = Clean(given.category.value_or(""), kMaxMetaName);
  pricing.type = Clean(given.type.value_or(""), kMaxMetaName);
  pricing.billable = given.billable.value_or(pricing.type == "regular");
  return pricing;
}

// Only `sent` says until when it lasts; a message whose answer came first hears of its conversation
// by `delivered`, and then it counts for the length that conversations have.
std::optional<core::Conversation> ConversationOf(const StatusIn& status,
                                                 const std::optional<PricingIn>& pricing) {
  core::Conversation conversation;
  std::string category = pricing ? pricing->category : "";
  if (status.conversation) {
    const auto& end = status.conversation->expiration_timestamp;
    conversation.id = Clean(status.conversation->id, kMaxMetaId);
    conversation.expires_at =
        end ? AtSecond(*end) : AtSecond(status.timestamp) + kConversationLength;
    if (status.conversation->origin && status.conversation->origin->type)
      category = *status.conversation->origin->type;
  } else {
    if (!pricing) return std::nullopt;
    conversation.id = Clean(status.id, kMaxMetaId);
    conversation.expires_at = AtSecond(status.timestamp) + kConversationLength;
  }
  const auto known = CategoryOfBilling(category);
  if (!known) return std::nullopt;
  conversation.category = *known;
  conversation.billable = pricing ? pricing->billable : true;
  return conversation;
}

}  // namespace

base::Result<StatusNews> ReadStatus(const base::json::value& value) {
  PARLEY_TRY(given, ReadObject<StatusIn>(value));
  const base::json::object& members = value.get_object();
  StatusNews news;
  NoteUnknown(members, kStatusMembers, news.unknown);
  news.errors = ReadWebhookErrors(ListIn(members, "errors"));
  news.receipt.link_id = Clean(given.id, kMaxMetaId);
  news.receipt.at = AtSecond(given.timestamp);
  if (const auto number = core::ParsePhone(given.recipient_id.value_or("")))
    news.receipt.chat.phone = number->value;
  news.user_id = Clean(given.recipient_user_id.value_or(""), kMaxMetaId);
  if (const auto id = base::Uuid::Parse(given.callback.value_or("")))
    news.message = core::MessageId(*id);
  if (given.pricing) news.pricing = PricingOf(*given.pricing);
  if (given.type && *given.type != "message") {
    news.unread = Clean(*given.type, 64);  // of a call
    return news;
  }
  if (given.recipient_type && *given.recipient_type != "individual") {
    news.unread = Clean(*given.recipient_type, 64);
    return news;
  }
  news.unread = "status." + Clean(given.status, 64);
  for (const auto& row : kStatusNames) {
    if (row.name != given.status) continue;
    news.receipt.status = row.status;
    news.unread.clear();
  }
  news.receipt.conversation = ConversationOf(given, news.pricing);
  if (news.receipt.status == MessageStatus::kFailed)
    news.receipt.failure = news.errors.empty() ? core::Failure{"", "Meta gave no reason"}
                                               : FailureOf(news.errors.front());
  return news;
}

}  // namespace parley::link::cloud::format
