// The multipart part of forms.h.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "http/forms.h"
#include "http/grammar.h"

namespace parley::http {
namespace {

constexpr std::size_t kMaxBoundary = 70;  // RFC 2046, section 5.1.1

base::Error BrokenPart(std::size_t position, std::string_view why) {
  return base::Error(base::ErrorCode::kMalformedBody,
                     fmt::format("Invalid multipart form: {} at byte {}", why, position));
}

// RFC 8187: UTF-8''percent-encoded. nullopt for another charset or broken text.
std::optional<std::string> DecodeExtendedValue(std::string_view text) {
  const std::size_t charset_end = text.find('\'');
  if (charset_end == std::string_view::npos) return std::nullopt;
  const std::size_t language_end = text.find('\'', charset_end + 1);
  if (language_end == std::string_view::npos) return std::nullopt;
  if (!EqualIgnoringCase(text.substr(0, charset_end), "utf-8")) return std::nullopt;
  return PercentDecode(text.substr(language_end + 1), false);
}

// What Content-Disposition says about the part; a sentence when it is not usable.
std::string_view ReadDisposition(std::string_view value, FormPart& part) {
  const auto parsed = ParseParameterized(value);
  if (!parsed || parsed->value != "form-data") return "a Content-Disposition that is not form-data";
  const std::string* name = parsed->Find("name");
  if (name == nullptr) return "a part without a name";
  part.name = *name;
  if (const std::string* file_name = parsed->Find("filename")) {
    part.is_file = true;
    part.file_name = *file_name;
  }
  // COMPAT: urllib3 before 2.0 (Python's requests, since 2008) sends names outside ASCII this way,
  // although RFC 7578 rules it out.
  if (const std::string* extended = parsed->Find("filename*")) {
    auto file_name = DecodeExtendedValue(*extended);
    if (!file_name) return "a filename* that is not UTF-8''...";
    part.is_file = true;
    part.file_name = std::move(*file_name);
  }
  if (!base::IsUtf8(part.name) || !base::IsUtf8(part.file_name)) return "a name that is not UTF-8";
  return {};
}

// Reads the lines of a part's header; a sentence when they are not usable.
std::string_view ReadPartHeader(std::string_view header, FormPart& part) {
  bool has_disposition = false;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find("\r\n"), header.size());
    const std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 2, header.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)))
      return "a part header that is no field";
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = Trim(line.substr(colon + 1));
    if (!IsFieldValue(value)) return "a control character in a part header";
    if (EqualIgnoringCase(name, "Content-Disposition")) {
      const std::string_view fault = ReadDisposition(value, part);
      if (!fault.empty()) return fault;
      has_disposition = true;
    } else if (EqualIgnoringCase(name, "Content-Type")) {
      part.content_type = value;
    } else if (EqualIgnoringCase(name, "Content-Transfer-Encoding")) {
      // RFC 7578 deprecates it; taking encoded bytes as they are would spoil the file.
      if (!EqualIgnoringCase(value, "binary") && !EqualIgnoringCase(value, "8bit") &&
          !EqualIgnoringCase(value, "7bit"))
        return "an unsupported Content-Transfer-Encoding";
    }
  }
  return has_disposition ? std::string_view() : "a part without Content-Disposition";
}

base::Result<std::string> Boundary(std::string_view content_type) {
  const auto parsed = ParseParameterized(content_type);
  const std::string* boundary = parsed ? parsed->Find("boundary") : nullptr;
  if (boundary == nullptr || parsed->value != "multipart/form-data" || boundary->empty() ||
      boundary->size() > kMaxBoundary || !IsFieldValue(*boundary))
    return base::Error(base::ErrorCode::kMalformedBody,
                       "Invalid multipart form: the Content-Type has no usable boundary");
  return *boundary;
}

}  // namespace

base::Result<std::vector<FormPart>> ParseMultipart(std::string_view body,
                                                   std::string_view content_type) {
  PARLEY_TRY(boundary, Boundary(content_type));
  // The line break before a delimiter belongs to it; the first one may start the body.
  const std::string delimiter = "\r\n--" + boundary;
  const std::string_view opening = std::string_view(delimiter).substr(2);
  std::size_t at = 0;
  if (body.substr(0, opening.size()) == opening) {
    at = opening.size();
  } else {
    at = body.find(delimiter);
    if (at == std::string_view::npos) return BrokenPart(0, "no boundary");
    at += delimiter.size();
  }

  std::vector<FormPart> parts;
  while (body.substr(at, 2) != "--") {  // what follows the delimiter of the end
    at = std::min(body.find_first_not_of(" \t", at), body.size());
    if (body.substr(at, 2) != "\r\n") return BrokenPart(at, "a boundary without a line end");
    if (parts.size() == kMaxFormParts) return BrokenPart(at, "too many parts");
    // A header is at least one line, so its end is looked for from the line break on.
    const std::size_t header = at + 2;
    const std::size_t header_end = body.substr(0, header + kMaxPartHeader).find("\r\n\r\n", at);
    if (header_end == std::string_view::npos)
      return BrokenPart(header, "a part header without an end");
    FormPart part;
    const std::string_view lines =
        header_end < header ? std::string_view() : body.substr(header, header_end - header);
    const std::string_view fault = ReadPartHeader(lines, part);
    if (!fault.empty()) return BrokenPart(header, fault);
    // From two bytes before the data on, because an empty part's data ends where its header does.
    const std::size_t data = header_end + 4;
    const std::size_t end = body.find(delimiter, data - 2);
    if (end == std::string_view::npos) return BrokenPart(body.size(), "a part without an end");
    part.data = end < data ? std::string_view() : body.substr(data, end - data);
    parts.push_back(std::move(part));
    at = end + delimiter.size();
  }
  return parts;
}

}  // namespace parley::http
