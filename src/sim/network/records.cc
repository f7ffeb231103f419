#include "sim/network/records.h"

#include <array>
#include <type_traits>

namespace parley::sim::network {
namespace {

// MessageRecord with the message's members beside its own.
struct MessageForm {
  std::int64_t serial = 0;
  std::string id, from, to;
  base::Time at;
  Content content;
  std::optional<std::string> quoted, broadcast, device;
  std::vector<base::Time> arrivals;
  std::optional<std::vector<RecipientCopies>> recipients;
  std::optional<std::int64_t> target;
  std::optional<BilledConversation> conversation;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using F = MessageForm;
    return base::FieldList(
        Required("serial", &F::serial), Required("id", &F::id), Required("from", &F::from),
        Required("to", &F::to), Required("at", &F::at, kTimeRange),
        Required("content", &F::content), Optional("quoted", &F::quoted),
        Optional("broadcast", &F::broadcast), Optional("device", &F::device),
        Required("arrivals", &F::arrivals, base::MaxLength(kMaxCopies)),
        Optional("recipients", &F::recipients, base::MaxLength(kMaxRecipients)),
        Optional("target", &F::target), Optional("conversation", &F::conversation));
  }
};

MessageForm StoredFormOf(const MessageRecord& record) {
  MessageForm form;
  form.serial = record.serial;
  form.id = record.message.id;
  form.from = record.message.from;
  form.to = record.message.to;
  form.at = record.message.at;
  form.content = record.message.content;
  if (!record.message.quoted.empty()) form.quoted = record.message.quoted;
  if (!record.message.broadcast.empty()) form.broadcast = record.message.broadcast;
  form.device = record.device;
  form.arrivals = record.arrivals;
  if (!record.recipients.empty()) form.recipients = record.recipients;
  if (record.target != 0) form.target = record.target;
  form.conversation = record.conversation;
  return form;
}

MessageRecord RecordOf(MessageForm form) {
  MessageRecord record;
  record.serial = form.serial;
  record.message.id = std::move(form.id);
  record.message.from = std::move(form.from);
  record.message.to = std::move(form.to);
  record.message.at = form.at;
  record.message.content = std::move(form.content);
  record.message.quoted = std::move(form.quoted).value_or("");
  record.message.broadcast = std::move(form.broadcast).value_or("");
  record.device = std::move(form.device);
  record.arrivals = std::move(form.arrivals);
  if (form.recipients) record.recipients = std::move(*form.recipients);
  record.target = form.target.value_or(0);
  record.conversation = std::move(form.conversation);
  return record;
}

base::Result<void> CheckTimes(const std::vector<base::Time>& times) {
  for (const base::Time time : times)
    if (base::ToUnixMs(time) < 0 || base::ToUnixMs(time) > kMaxTimeMs)
      return base::FieldError("arrivals", "not a time");
  return {};
}

template <class R>
const R& StoredFormOf(const R& record) {
  return record;
}

template <class R>
base::Result<Record> DecodeAs(const base::json::value& value) {
  if constexpr (std::is_same_v<R, MessageRecord>) {
    PARLEY_TRY(form, base::Decode<MessageForm>(value));
    MessageRecord record = RecordOf(std::move(form));
    PARLEY_CHECK(CheckTimes(record.arrivals));
    for (const RecipientCopies& copies : record.recipients)
      PARLEY_CHECK(CheckTimes(copies.arrivals));
    return Record(std::move(record));
  } else {
    PARLEY_TRY(record, base::Decode<R>(value));
    return Record(std::move(record));
  }
}

struct Decoder {
  std::string_view name;
  base::Result<Record> (*decode)(const base::json::value& value);
};

// One row per alternative of Record, made from the variant itself.
template <class... Records>
constexpr auto DecodersOf(std::variant<Records...>*) {
  return std::array{Decoder{Records::kName, &DecodeAs<Records>}...};
}
constexpr auto kDecoders = DecodersOf(static_cast<Record*>(nullptr));

std::string Describe(const base::Error& error) {
  std::string text(error.public_text());
  for (const base::FieldFault& fault : error.faults) text += "; " + fault.path + ": " + fault.text;
  return text;
}

}  // namespace

const std::vector<base::Time>& ArrivalsOf(const MessageRecord& record, Serial serial) {
  if (record.recipients.empty()) return record.arrivals;
  return record.recipients[serial.value - static_cast<std::uint64_t>(record.serial)].arrivals;
}

std::string EncodeRecord(const Record& record) {
  const auto encode = [](const auto& kind) {
    std::string out = "{\"record\":\"";
    out += std::decay_t<decltype(kind)>::kName;
    out += "\",";
    const std::string fields = base::EncodeText(StoredFormOf(kind));
    out.append(fields, 1);  // continues the object after its opening brace
    return out;
  };
  return std::visit(encode, record);
}

base::Result<Record> DecodeRecord(std::string_view payload) {
  unsigned char buffer[4096];
  base::json::monotonic_resource arena(buffer);
  auto value = base::ParseJson(payload, &arena);
  if (!value) return base::Error(base::ErrorCode::kInvalidState, Describe(value.error()));
  const base::json::object* object = value->if_object();
  const std::string_view name =
      object == nullptr ? std::string_view() : base::FindText(*object, "record");
  for (const Decoder& decoder : kDecoders) {
    if (decoder.name != name) continue;
    auto record = decoder.decode(*value);
    if (record) return record;
    return base::Error(base::ErrorCode::kInvalidState, Describe(record.error()));
  }
  return base::Error(base::ErrorCode::kInvalidState, "unknown record '" + std::string(name) + "'");
}

}  // namespace parley::sim::network
