#include "wire/noise/messages.h"

#include <optional>

#include "wire/binary/protobuf.h"

namespace parley::wire::noise {
namespace {

// Field numbers: of the message as a whole, and of its parts.
enum : std::uint32_t { kClientHello = 2, kServerHello = 3, kClientFinish = 4 };
enum : std::uint32_t { kHelloEphemeral = 1, kHelloStatic = 2, kHelloPayload = 3 };
enum : std::uint32_t { kFinishStatic = 1, kFinishPayload = 2 };

const Fault kIncomplete{FaultCode::kMalformed, "a message of the handshake without its fields"};

// The one part of a message, which must be `wanted`.
Result<std::string_view> ReadPart(std::string_view bytes, std::uint32_t wanted) {
  std::optional<std::string_view> part;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number < kClientHello || field->number > kClientFinish) continue;
    if (field->number != wanted || part)
      return Fault{FaultCode::kMalformed, "another message of the handshake"};
    PARLEY_TRY(inside, field->Bytes());
    part = inside;
  }
  if (!part) return kIncomplete;
  return *part;
}

// The bytes of fields 1 to 3; nullopt for one that is missing.
struct Parts {
  std::optional<std::string_view> of[4];
};

Result<Parts> ReadParts(std::string_view bytes) {
  Parts parts;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number > kHelloPayload) continue;
    PARLEY_TRY(inside, field->Bytes());
    parts.of[field->number] = inside;
  }
  return parts;
}

}  // namespace

std::string Encode(const ClientHello& hello) {
  return binary::FieldWriter()
      .Bytes(kClientHello,
             binary::FieldWriter().Bytes(kHelloEphemeral, hello.ephemeral.bytes()).Take())
      .Take();
}

std::string Encode(const ServerHello& hello) {
  return binary::FieldWriter()
      .Bytes(kServerHello, binary::FieldWriter()
                               .Bytes(kHelloEphemeral, hello.ephemeral.bytes())
                               .Bytes(kHelloStatic, hello.static_key)
                               .Bytes(kHelloPayload, hello.payload)
                               .Take())
      .Take();
}

std::string Encode(const ClientFinish& finish) {
  return binary::FieldWriter()
      .Bytes(kClientFinish, binary::FieldWriter()
                                .Bytes(kFinishStatic, finish.static_key)
                                .Bytes(kFinishPayload, finish.payload)
                                .Take())
      .Take();
}

Result<ClientHello> ReadClientHello(std::string_view bytes) {
  PARLEY_TRY(part, ReadPart(bytes, kClientHello));
  PARLEY_TRY(parts, ReadParts(part));
  if (!parts.of[kHelloEphemeral]) return kIncomplete;
  PARLEY_TRY(ephemeral, crypto::PublicKey::FromBytes(*parts.of[kHelloEphemeral]));
  return ClientHello{ephemeral};
}

Result<ServerHello> ReadServerHello(std::string_view bytes) {
  PARLEY_TRY(part, ReadPart(bytes, kServerHello));
  PARLEY_TRY(parts, ReadParts(part));
  if (!parts.of[kHelloEphemeral] || !parts.of[kHelloStatic] || !parts.of[kHelloPayload])
    return kIncomplete;
  PARLEY_TRY(ephemeral, crypto::PublicKey::FromBytes(*parts.of[kHelloEphemeral]));
  return ServerHello{ephemeral, std::string(*parts.of[kHelloStatic]),
                     std::string(*parts.of[kHelloPayload])};
}

Result<ClientFinish> ReadClientFinish(std::string_view bytes) {
  PARLEY_TRY(part, ReadPart(bytes, kClientFinish));
  PARLEY_TRY(parts, ReadParts(part));
  if (!parts.of[kFinishStatic] || !parts.of[kFinishPayload]) return kIncomplete;
  return ClientFinish{std::string(*parts.of[kFinishStatic]),
                      std::string(*parts.of[kFinishPayload])};
}

}  // namespace parley::wire::noise
