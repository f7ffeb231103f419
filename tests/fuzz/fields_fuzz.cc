// The first byte chooses the rules. Any document is either refused, with a path for every fault, or
// becomes a structure that keeps its bounds and survives being written and read again.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "base/fields.h"
#include "base/json.h"

using namespace parley;
using base::FieldList;
using base::MaxLength;
using base::MinLength;
using base::Optional;
using base::Required;

namespace {

constexpr std::string_view kColours[] = {"red", "green"};

struct Part {
  std::string name;
  std::optional<std::int64_t> count;
  static constexpr auto Fields() {
    return FieldList(Required("name", &Part::name, MinLength(1), MaxLength(8)),
                     Optional("count", &Part::count, base::Range(-5, 5), base::Alias("n")));
  }
};

// A member of every type that a request uses.
struct Document {
  std::string text;
  std::optional<std::string> colour;
  std::optional<bool> flag;
  std::optional<double> ratio;
  std::optional<base::Time> at;
  std::optional<Part> part;
  std::optional<std::vector<Part>> parts;
  std::optional<std::vector<std::string>> list;
  std::optional<base::json::value> anything;
  static constexpr auto Fields() {
    using D = Document;
    return FieldList(Required("text", &D::text, MaxLength(16)),
                     Optional("colour", &D::colour, base::OneOf(kColours)),
                     Optional("flag", &D::flag), Optional("ratio", &D::ratio),
                     Optional("at", &D::at), Optional("part", &D::part),
                     Optional("parts", &D::parts, MaxLength(3)),
                     Optional("list", &D::list, MaxLength(3)), Optional("anything", &D::anything));
  }
};

// COMPAT: Boost.JSON 1.81 reads a decimal up to some units in the last place off, so a number that
// was written may be read as a neighbour. Everything else must come back as it was.
bool SameValue(const base::json::value& a, const base::json::value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.is_double()) {
    const double x = a.get_double(), y = b.get_double();
    return x == y || std::abs(x - y) <= 1e-14 * std::max(std::abs(x), std::abs(y));
  }
  if (a.is_array())
    return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(),
                      b.get_array().end(), SameValue);
  if (!a.is_object()) return a == b;
  const auto &x = a.get_object(), &y = b.get_object();
  return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& m, const auto& n) {
    return m.key() == n.key() && SameValue(m.value(), n.value());
  });
}

void CheckPart(const Part& part) {
  const std::size_t length = base::CountCodePoints(part.name);
  if (length < 1 || length > 8) std::abort();
  if (part.count && (*part.count < -5 || *part.count > 5)) std::abort();
}

void CheckBounds(const Document& document) {
  if (!base::IsUtf8(document.text) || base::CountCodePoints(document.text) > 16) std::abort();
  if (document.colour && *document.colour != "red" && *document.colour != "green") std::abort();
  if (document.part) CheckPart(*document.part);
  if (document.parts && document.parts->size() > 3) std::abort();
  if (document.list && document.list->size() > 3) std::abort();
  if (document.parts)
    for (const Part& part : *document.parts) CheckPart(part);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  base::DecodeRules rules;
  rules.empty_is_absent = (data[0] & 1) != 0;
  rules.text_for_numbers = (data[0] & 2) != 0;
  rules.numbers_for_text = (data[0] & 4) != 0;
  rules.json_in_text = (data[0] & 8) != 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = base::DecodeText<Document>(text, rules);
  if (!document) {
    const base::Error& error = document.error();
    if (error.code == base::ErrorCode::kMalformedBody) {
      if (error.text.empty()) std::abort();
      return 0;
    }
    if (error.code != base::ErrorCode::kInvalidFields || error.faults.empty()) std::abort();
    for (const base::FieldFault& fault : error.faults)
      if (fault.text.empty()) std::abort();
    return 0;
  }
  CheckBounds(*document);
  // What was written is read by the strict rules, to the same value. An empty string may count as
  // absent, so it is not left out of the rules here.
  const std::string written = base::EncodeText(*document);
  const auto again = base::DecodeText<Document>(written);
  if (!again) std::abort();
  if (!SameValue(*base::ParseJson(base::EncodeText(*again)), *base::ParseJson(written)))
    std::abort();
  return 0;
}
