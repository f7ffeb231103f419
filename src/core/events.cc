#include "core/events.h"

#include <array>

namespace parley::core {
namespace {

template <class Body>
base::Result<EventBody> Read(std::string_view text) {
  PARLEY_TRY(body, base::DecodeText<Body>(text));
  return EventBody(std::move(body));
}

struct BodyReader {
  std::string_view name;
  base::Result<EventBody> (*read)(std::string_view text);
};

// One row per alternative of EventBody, made from the variant itself.
template <class... Bodies>
constexpr auto ReadersOf(std::variant<Bodies...>*) {
  return std::array{BodyReader{Bodies::kName, &Read<Bodies>}...};
}
constexpr auto kReaders = ReadersOf(static_cast<EventBody*>(nullptr));

}  // namespace

std::string_view NameOf(const EventBody& body) {
  return std::visit([](const auto& kind) { return std::decay_t<decltype(kind)>::kName; }, body);
}

std::string EncodeEventBody(const EventBody& body) {
  std::string text;
  text.reserve(1024);
  std::visit([&](const auto& kind) { base::AppendJson(text, kind); }, body);
  return text;
}

base::Result<EventBody> DecodeEventBody(std::string_view name, std::string_view text) {
  for (const BodyReader& reader : kReaders)
    if (reader.name == name) return reader.read(text);
  return base::Error(base::ErrorCode::kInternal, "", "unknown event " + std::string(name));
}

ChannelSnapshot SnapshotOf(const Channel& channel) {
  ChannelSnapshot snapshot;
  snapshot.id = channel.id;
  snapshot.phone = channel.phone;
  snapshot.label = channel.label;
  snapshot.code = channel.code;
  snapshot.link = channel.link;
  snapshot.state = channel.state;
  snapshot.state_reason = channel.state_reason;
  snapshot.created_at = channel.created_at;
  snapshot.updated_at = channel.updated_at;
  return snapshot;
}

ChatSnapshot SnapshotOf(const Chat& chat) {
  ChatSnapshot snapshot;
  snapshot.kind = chat.kind;
  snapshot.peer = chat.peer;
  snapshot.group = chat.group;
  return snapshot;
}

MessageSnapshot SnapshotOf(const Message& message) {
  MessageSnapshot snapshot;
  snapshot.id = message.id;
  snapshot.number = message.row.value;
  snapshot.direction = message.direction;
  snapshot.origin = message.origin;
  snapshot.content = message.content;
  snapshot.quoted = message.quoted;
  snapshot.status = message.status;
  snapshot.failure = message.failure;
  snapshot.link_id = message.link_id;
  if (message.sender) snapshot.sender = message.sender_peer;
  snapshot.at = message.at;
  snapshot.accepted_at = message.accepted_at;
  return snapshot;
}

}  // namespace parley::core
