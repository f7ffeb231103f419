#include "core/events.h"

#include <array>

namespace parley::core {

EventBody::EventBody() noexcept = default;
EventBody::EventBody(const EventBody&) = default;
EventBody::EventBody(EventBody&&) noexcept = default;
EventBody& EventBody::operator=(const EventBody&) = default;
EventBody& EventBody::operator=(EventBody&&) noexcept = default;
EventBody::~EventBody() = default;
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
constexpr auto BodyReadersOf(std::variant<Bodies...>*) {
  return std::array{BodyReader{Bodies::kName, &Read<Bodies>}...};
}
constexpr auto kBodyReaders = BodyReadersOf(static_cast<EventBody*>(nullptr));

}  // namespace

std::string_view NameOf(const EventBody& body) {
  return std::visit([](const auto& kind) { return std::decay_t<decltype(kind)>::kName; }, body);
}

std::vector<std::string_view> EventNames() {
  std::vector<std::string_view> names;
  for (const BodyReader& reader : kBodyReaders) names.push_back(reader.name);
  return names;
}

std::string EncodeEventBody(const EventBody& body) {
  std::string text;
  text.reserve(1024);
  std::visit([&](const auto& kind) { base::AppendJson(text, kind); }, body);
  return text;
}

base::Result<EventBody> DecodeEventBody(std::string_view name, std::string_view text) {
  for (const BodyReader& reader : kBodyReaders)
    if (reader.name == name) return reader.read(text);
  return base::Error(base::ErrorCode::kInternal, "", "unknown event " + std::string(name));
}

}  // namespace parley::core
