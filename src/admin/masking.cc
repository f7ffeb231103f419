#include "admin/masking.h"

#include <algorithm>
#include <cctype>

namespace parley::admin {
namespace {

constexpr std::string_view kMask = "***";
// A name that is one of these, or ends in one behind "_", "-", "." or a change of case.
constexpr std::string_view kSecretNames[] = {"token",    "key",       "apikey", "secret",
                                             "password", "signature", "pat",    "pin"};
constexpr std::string_view kUploadLinks = "/api/media/";  // Wapio's: whoever has one may upload

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return lower;
}

bool IsSecret(std::string_view name) {
  const std::string lower = Lower(name);
  return std::any_of(std::begin(kSecretNames), std::end(kSecretNames), [&](std::string_view word) {
    if (!lower.ends_with(word)) return false;
    if (lower.size() == word.size()) return true;
    const auto first = static_cast<unsigned char>(name[name.size() - word.size()]);
    const char before = name[name.size() - word.size() - 1];
    return before == '_' || before == '-' || before == '.' || std::isupper(first) != 0;
  });
}

// Where the string that begins behind a quote ends: at its quote, or at the text's end.
std::size_t EndOfString(std::string_view json, std::size_t at) {
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at, json.size());
}

std::size_t SkipBlanks(std::string_view json, std::size_t at) {
  return std::min(json.find_first_not_of(" \t\r\n", at), json.size());
}

}  // namespace

std::string MaskForm(std::string_view form) {
  std::string out;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && IsSecret(pair.substr(0, equals)))
      out.append(pair.substr(0, equals + 1)).append(kMask);
    else
      out.append(pair);
    if (end < form.size()) out += '&';
    form.remove_prefix(std::min(end + 1, form.size()));
  }
  return out;
}

std::string MaskTarget(std::string_view target) {
  const std::size_t question = target.find('?');
  const std::string_view path = target.substr(0, question);
  std::string out(path);
  if (path.starts_with(kUploadLinks)) out = std::string(kUploadLinks) + std::string(kMask);
  if (question != std::string_view::npos) out += "?" + MaskForm(target.substr(question + 1));
  return out;
}

std::string MaskJson(std::string_view json) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = json.find('"', at)) < json.size();) {
    const std::size_t end = EndOfString(json, at + 1);
    const std::string_view name = json.substr(at + 1, end - at - 1);
    at = SkipBlanks(json, std::min(end + 1, json.size()));
    if (at >= json.size() || json[at] != ':') continue;  // a value, or an item of a list
    at = SkipBlanks(json, at + 1);
    if (at >= json.size() || json[at] != '"' || !IsSecret(name)) continue;
    const std::size_t value_end = EndOfString(json, at + 1);
    out.append(json.substr(copied, at + 1 - copied)).append(kMask);
    copied = value_end;
    at = std::min(value_end + 1, json.size());
  }
  out.append(json.substr(copied));
  return out;
}

}  // namespace parley::admin
