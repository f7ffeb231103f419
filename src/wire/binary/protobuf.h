// Protocol Buffers as the small messages of the wire need them: fields one after the other, read in
// place and written in order (docs/decisions/0023-wire-protobuf.md).
//
//   FieldReader reader(bytes);
//   for (;;) {
//     PARLEY_TRY(field, reader.Next());
//     if (!field) break;
//     switch (field->number) { case 1: PARLEY_TRY(id, field->Number()); ...
//   }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/crypto/fault.h"
#include "wire/crypto/secret.h"

namespace parley::wire::binary {

enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

struct Field {
  std::uint32_t number = 0;
  WireType type = WireType::kVarint;
  std::uint64_t value = 0;  // of every type but kBytes
  std::string_view bytes;   // of kBytes; inside what is read

  // kMalformed when the field is of another type.
  Result<std::uint64_t> Number() const;
  Result<std::string_view> Bytes() const;
  // An uint32. As every reader does, takes the lower half of a larger one.
  Result<std::uint32_t> Number32() const;
};

// What it gives lies in `bytes`, which must stay. Groups, which nobody writes any more, are
// malformed.
class FieldReader {
 public:
  explicit FieldReader(std::string_view bytes) : rest_(bytes) {}
  // nullopt at the end.
  Result<std::optional<Field>> Next();

 private:
  Result<std::uint64_t> ReadVarint();
  Result<std::string_view> Cut(std::uint64_t size);

  std::string_view rest_;
};

// Also for keys: nothing of what was written is left in memory that is given back.
class FieldWriter {
 public:
  FieldWriter() = default;
  FieldWriter(const FieldWriter&) = delete;
  FieldWriter& operator=(const FieldWriter&) = delete;
  ~FieldWriter() { crypto::Wipe(out_); }
  FieldWriter& Number(std::uint32_t field, std::uint64_t value);
  FieldWriter& Bytes(std::uint32_t field, std::string_view bytes);
  std::string Take() { return std::move(out_); }

 private:
  void PutVarint(std::uint64_t value);
  // Makes room for that many more bytes.
  void Reserve(std::size_t more);

  std::string out_;
};

}  // namespace parley::wire::binary
