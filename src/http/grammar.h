// The rules of HTTP's grammar that several files need (RFC 9110, section 5.6). All ASCII; no
// locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::http {

bool EqualIgnoringCase(std::string_view a, std::string_view b);
std::string LowerCase(std::string_view text);
// Without the blanks and tabs around it.
std::string_view Trim(std::string_view text);

// One or more characters of RFC 9110's `token`: what a method or a field name is made of.
bool IsToken(std::string_view text);
// No control character but tab: what a field value may hold, so that it cannot end its line.
bool IsFieldValue(std::string_view text);

// A field value like `form-data; name="a"; filename="b"`.
struct ParameterizedValue {
  std::string value;                                            // lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case

  // The first of that name (given in lower case), or nullptr.
  const std::string* Find(std::string_view name) const;
};
// nullopt when it is malformed. In a quoted string a backslash quotes only `"` and `\`.
std::optional<ParameterizedValue> ParseParameterized(std::string_view text);

}  // namespace parley::http
