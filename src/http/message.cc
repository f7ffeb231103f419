#include "http/message.h"

#include <algorithm>

#include "base/encoding.h"
#include "http/forms.h"
#include "http/grammar.h"

namespace parley::http {
namespace {

// Most requests have no more fields than this, so that the list grows once.
constexpr std::size_t kUsualFields = 8;

// As it was written when an escape in it is broken or the bytes are no UTF-8: what a request says
// goes into answers and into the store as text.
std::string DecodedOrAsWritten(std::string_view text) {
  auto decoded = PercentDecode(text, true);
  return decoded && base::IsUtf8(*decoded) ? std::move(*decoded) : std::string(text);
}

}  // namespace

std::string_view Headers::Get(std::string_view name) const {
  for (const auto& [candidate, value] : fields_)
    if (EqualIgnoringCase(candidate, name)) return value;
  return {};
}

bool Headers::Has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [name](const auto& field) { return EqualIgnoringCase(field.first, name); });
}

void Headers::Add(std::string name, std::string value) {
  if (fields_.empty()) fields_.reserve(kUsualFields);
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::Set(std::string name, std::string value) {
  std::erase_if(fields_,
                [&name](const auto& field) { return EqualIgnoringCase(field.first, name); });
  Add(std::move(name), std::move(value));
}

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::optional<std::string> Request::Query(std::string_view name) const {
  std::string_view rest = query();
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (DecodedOrAsWritten(pair.substr(0, equals)) != name) continue;
    return DecodedOrAsWritten(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

std::string Request::content_type() const {
  const std::string_view value = headers.Get("Content-Type");
  return LowerCase(Trim(value.substr(0, value.find(';'))));
}

}  // namespace parley::http
