// Any bytes as fields of a protobuf: what is read lies inside them, and written again it reads the
// same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "wire/binary/protobuf.h"

using namespace parley::wire;
using namespace parley::wire::binary;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

Result<std::vector<Field>> ReadAll(std::string_view bytes) {
  std::vector<Field> fields;
  FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return fields;
    fields.push_back(*field);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto fields = ReadAll(bytes);
  if (!fields) return 0;
  FieldWriter writer;
  for (const Field& field : *fields) {
    Check(field.number > 0);
    if (const auto inside = field.Bytes()) {
      Check(inside->empty() || (inside->data() >= bytes.data() &&
                                inside->data() + inside->size() <= bytes.data() + bytes.size()));
      writer.Bytes(field.number, *inside);
    } else {
      writer.Number(field.number, field.Number().value());
    }
  }
  const std::string written = writer.Take();
  const auto again = ReadAll(written);
  Check(again && again->size() == fields->size());
  for (std::size_t i = 0; i < fields->size(); ++i)
    Check((*again)[i].number == (*fields)[i].number && (*again)[i].bytes == (*fields)[i].bytes &&
          (*again)[i].value == (*fields)[i].value);
  return 0;
}
