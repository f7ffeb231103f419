#include "wire/binary/protobuf.h"

#include <algorithm>

namespace parley::wire::binary {
namespace {

constexpr std::size_t kMaxVarint = 10;
constexpr std::uint64_t kMaxFieldNumber = (1 << 29) - 1;

const Fault kCutShort{FaultCode::kMalformed, "a protobuf cut short"};

std::uint64_t LittleEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

}  // namespace

Result<std::uint64_t> Field::Number() const {
  if (type == WireType::kBytes) return Fault{FaultCode::kMalformed, "bytes instead of a number"};
  return value;
}

Result<std::string_view> Field::Bytes() const {
  if (type != WireType::kBytes) return Fault{FaultCode::kMalformed, "a number instead of bytes"};
  return bytes;
}

Result<std::uint32_t> Field::Number32() const {
  PARLEY_TRY(number, Number());
  return static_cast<std::uint32_t>(number);
}

Result<std::optional<Field>> FieldReader::Next() {
  if (rest_.empty()) return std::optional<Field>();
  PARLEY_TRY(key, ReadVarint());
  Field field;
  if (key >> 3 == 0 || key >> 3 > kMaxFieldNumber)
    return Fault{FaultCode::kMalformed, "a field number that cannot be"};
  field.number = static_cast<std::uint32_t>(key >> 3);
  field.type = static_cast<WireType>(key & 7);
  switch (field.type) {
    case WireType::kVarint: {
      PARLEY_TRY(value, ReadVarint());
      field.value = value;
      break;
    }
    case WireType::kFixed64: {
      PARLEY_TRY(bytes, Cut(8));
      field.value = LittleEndian(bytes);
      break;
    }
    case WireType::kBytes: {
      PARLEY_TRY(size, ReadVarint());
      PARLEY_TRY(bytes, Cut(size));
      field.bytes = bytes;
      break;
    }
    case WireType::kFixed32: {
      PARLEY_TRY(bytes, Cut(4));
      field.value = LittleEndian(bytes);
      break;
    }
    default:
      return Fault{FaultCode::kMalformed, "a type of field that nobody writes"};
  }
  return std::optional<Field>(field);
}

Result<std::uint64_t> FieldReader::ReadVarint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) return kCutShort;
    const auto byte = static_cast<std::uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    if (shift == 63 && byte > 1) break;
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return Fault{FaultCode::kMalformed, "a number of more than 64 bits"};
}

Result<std::string_view> FieldReader::Cut(std::uint64_t size) {
  if (size > rest_.size()) return kCutShort;
  const std::string_view cut = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return cut;
}

FieldWriter& FieldWriter::Number(std::uint32_t field, std::uint64_t value) {
  PutVarint(static_cast<std::uint64_t>(field) << 3);
  PutVarint(value);
  return *this;
}

FieldWriter& FieldWriter::Bytes(std::uint32_t field, std::string_view bytes) {
  PutVarint(static_cast<std::uint64_t>(field) << 3 | static_cast<std::uint64_t>(WireType::kBytes));
  PutVarint(bytes.size());
  Reserve(bytes.size());
  out_ += bytes;
  return *this;
}

void FieldWriter::Reserve(std::size_t more) {
  if (out_.capacity() - out_.size() >= more) return;
  std::string larger;
  larger.reserve(std::max(2 * out_.capacity(), out_.size() + more));
  larger += out_;
  crypto::Wipe(out_);
  out_ = std::move(larger);
}

void FieldWriter::PutVarint(std::uint64_t value) {
  Reserve(kMaxVarint);
  for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
  out_ += static_cast<char>(value);
}

}  // namespace parley::wire::binary
