// The first byte chooses the rules. Any document is either refused, with a path for every fault, or
// becomes a structure that keeps its bounds and survives being written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "base/fields.h"

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
  // What was written is read by the strict rules, to the same text. An empty string may count as
  // absent, so it is not left out of the rules here.
  const std::string written = base::EncodeText(*document);
  const auto again = base::DecodeText<Document>(written);
  if (!again || base::EncodeText(*again) != written) std::abort();
  return 0;
}
