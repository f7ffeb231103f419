#include "wire/noise/certificate.h"

#include <limits>
#include <optional>

#include "wire/binary/protobuf.h"
#include "wire/crypto/xeddsa.h"

namespace parley::wire::noise {
namespace {

// Field numbers.
enum : std::uint32_t { kLeaf = 1, kIntermediate = 2 };
enum : std::uint32_t { kDetails = 1, kSignature = 2 };
enum : std::uint32_t { kSerial = 1, kIssuerSerial = 2, kKey = 3, kNotBefore = 4, kNotAfter = 5 };

std::string EncodeCertificate(const Certificate& certificate) {
  return binary::FieldWriter()
      .Bytes(kDetails, certificate.details)
      .Bytes(kSignature, certificate.signature)
      .Take();
}

Result<Certificate> ReadCertificate(std::string_view bytes) {
  Certificate certificate;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number == kDetails) {
      PARLEY_TRY(details, field->Bytes());
      certificate.details = details;
    } else if (field->number == kSignature) {
      PARLEY_TRY(signature, field->Bytes());
      certificate.signature = signature;
    }
  }
  if (certificate.details.empty() || certificate.signature.empty())
    return Fault{FaultCode::kMalformed, "a certificate without details or signature"};
  return certificate;
}

struct Chain {
  Certificate leaf, intermediate;
};

Result<Chain> ReadChain(std::string_view bytes) {
  std::optional<Certificate> leaf, intermediate;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number != kLeaf && field->number != kIntermediate) continue;
    PARLEY_TRY(inside, field->Bytes());
    PARLEY_TRY(certificate, ReadCertificate(inside));
    (field->number == kLeaf ? leaf : intermediate) = std::move(certificate);
  }
  if (!leaf || !intermediate) return Fault{FaultCode::kMalformed, "a chain without both its parts"};
  return Chain{std::move(*leaf), std::move(*intermediate)};
}

Result<CertificateDetails> ReadDetails(std::string_view bytes) {
  CertificateDetails details;
  bool has_key = false;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    switch (field->number) {
      case kSerial: {
        PARLEY_TRY(serial, field->Number32());
        details.serial = serial;
        break;
      }
      case kIssuerSerial: {
        PARLEY_TRY(serial, field->Number32());
        details.issuer_serial = serial;
        break;
      }
      case kKey: {
        PARLEY_TRY(key_bytes, field->Bytes());
        PARLEY_TRY(key, crypto::PublicKey::FromBytes(key_bytes));
        details.key = key;
        has_key = true;
        break;
      }
      case kNotBefore: {
        PARLEY_TRY(seconds, field->Number());
        details.not_before = seconds;
        break;
      }
      case kNotAfter: {
        PARLEY_TRY(seconds, field->Number());
        details.not_after = seconds;
        break;
      }
    }
  }
  if (!has_key) return Fault{FaultCode::kMalformed, "a certificate without a key"};
  return details;
}

Result<void> CheckDates(const CertificateDetails& details, base::Time now) {
  const auto seconds = base::ToUnixSeconds(now);
  if (seconds < 0 || static_cast<std::uint64_t>(seconds) < details.not_before)
    return Fault{FaultCode::kWrongCertificate, "a certificate that is not valid yet"};
  if (static_cast<std::uint64_t>(seconds) > details.not_after)
    return Fault{FaultCode::kWrongCertificate, "a certificate that is not valid any more"};
  return {};
}

}  // namespace

std::string EncodeDetails(const CertificateDetails& details) {
  return binary::FieldWriter()
      .Number(kSerial, details.serial)
      .Number(kIssuerSerial, details.issuer_serial)
      .Bytes(kKey, details.key.bytes())
      .Number(kNotBefore, details.not_before)
      .Number(kNotAfter, details.not_after)
      .Take();
}

Certificate Issue(const crypto::PrivateKey& issuer, const CertificateDetails& details,
                  base::Random& random) {
  Certificate certificate;
  certificate.details = EncodeDetails(details);
  certificate.signature = crypto::Sign(issuer, certificate.details, random);
  return certificate;
}

std::string EncodeChain(const Certificate& leaf, const Certificate& intermediate) {
  return binary::FieldWriter()
      .Bytes(kLeaf, EncodeCertificate(leaf))
      .Bytes(kIntermediate, EncodeCertificate(intermediate))
      .Take();
}

Result<void> CheckChain(std::string_view bytes, const crypto::PublicKey& root,
                        const crypto::PublicKey& server, base::Time now) {
  PARLEY_TRY(chain, ReadChain(bytes));
  // Details are read only once their signature is known to be right.
  PARLEY_CHECK(crypto::Verify(root, chain.intermediate.details, chain.intermediate.signature));
  PARLEY_TRY(intermediate, ReadDetails(chain.intermediate.details));
  if (intermediate.issuer_serial != kRootSerial)
    return Fault{FaultCode::kWrongCertificate, "an intermediate certificate of another root"};
  PARLEY_CHECK(crypto::Verify(intermediate.key, chain.leaf.details, chain.leaf.signature));
  PARLEY_TRY(leaf, ReadDetails(chain.leaf.details));
  if (leaf.issuer_serial != intermediate.serial)
    return Fault{FaultCode::kWrongCertificate, "a leaf of another intermediate certificate"};
  if (leaf.key != server)
    return Fault{FaultCode::kWrongCertificate, "a certificate for another key"};
  PARLEY_CHECK(CheckDates(intermediate, now));
  return CheckDates(leaf, now);
}

}  // namespace parley::wire::noise
