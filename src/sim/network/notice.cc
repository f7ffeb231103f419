#include "sim/network/notice.h"

#include <array>
#include <type_traits>

namespace parley::sim::network {

NoticeContent::NoticeContent() noexcept = default;
NoticeContent::NoticeContent(const NoticeContent&) = default;
NoticeContent::NoticeContent(NoticeContent&&) noexcept = default;
NoticeContent& NoticeContent::operator=(const NoticeContent&) = default;
NoticeContent& NoticeContent::operator=(NoticeContent&&) noexcept = default;
NoticeContent::~NoticeContent() = default;
namespace {

template <class N>
bool ReadAs(const base::json::value& value, NoticeContent& out) {
  auto content = base::Decode<N>(value);
  if (content) out = std::move(*content);
  return content.has_value();
}

struct NoticeReader {
  std::string_view name;
  bool (*read)(const base::json::value& value, NoticeContent& out);
};

// One row per alternative of NoticeContent, made from the variant itself.
template <class... Contents>
constexpr auto NoticeReadersOf(std::variant<Contents...>*) {
  return std::array{NoticeReader{Contents::kName, &ReadAs<Contents>}...};
}
constexpr auto kNoticeReaders = NoticeReadersOf(static_cast<NoticeContent*>(nullptr));

}  // namespace

std::string_view NameOf(const NoticeContent& content) {
  return std::visit([](const auto& kind) { return std::decay_t<decltype(kind)>::kName; }, content);
}

void AppendJsonForm(std::string& out, const NoticeContent& content) {
  out += "{\"kind\":";
  base::AppendText(out, NameOf(content));
  out += ',';
  const auto encode = [](const auto& kind) { return base::EncodeText(kind); };
  out.append(std::visit(encode, content), 1);  // continues the object after its opening brace
}

bool ReadJsonForm(const base::json::value& value, NoticeContent& out) {
  const base::json::object* object = value.if_object();
  if (object == nullptr) return false;
  for (const NoticeReader& reader : kNoticeReaders)
    if (reader.name == base::FindText(*object, "kind")) return reader.read(value, out);
  return false;
}

NoticeContent AsSeenBy(std::string_view number, NoticeContent content) {
  auto* changed = std::get_if<GroupChanged>(&content);
  if (changed != nullptr && !changed->group.IsAdmin(number)) changed->group.invite_code.clear();
  return content;
}

}  // namespace parley::sim::network
