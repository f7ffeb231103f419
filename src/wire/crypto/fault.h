// What can go wrong on the wire, as a value: the closed list of fault codes, and Result.
//
// These are not base::Error: none of them is ever answered to a caller of an API. What reads the
// wire acts on the code (answers a retry receipt, drops the connection) and logs `what`.
#pragma once

#include <array>
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace parley::wire {

enum class FaultCode : std::uint8_t {
  kNone,              // no fault: what error() of a Result with a value gives
  kMalformed,         // bytes that are not what the format says
  kTooLarge,          // over a bound of ours, whatever it holds
  kInvalidKey,        // not a key, or one with which every secret is the same
  kWrongMac,          // made with another key, or changed on the way
  kWrongSignature,    // the same of a signature
  kWrongCertificate,  // signed, but not for this: another key, serial or time
  kOldVersion,        // a version of a format that is not spoken
  kNoSession,         // no session of the record has the key of the message
  kDuplicate,         // the key of a message of that number was used: by this one or another
  kTooFarAhead,       // more messages are missing than a chain may skip
  kUnknownPreKey,     // the message names a pre-key that is not ours, or not any more
  kChangedIdentity,   // the sender's identity key is not the one that is trusted
  kInvalidState,      // a step that is not next: a bug of the caller, or an answer nobody asked for
};

struct FaultKind {
  FaultCode code;
  std::string_view name;  // stable, snake_case; for logs and metrics
};

// The one table, in the order of the enum.
inline constexpr auto kFaultKinds = std::to_array<FaultKind>({
    {FaultCode::kNone, "none"},
    {FaultCode::kMalformed, "malformed"},
    {FaultCode::kTooLarge, "too_large"},
    {FaultCode::kInvalidKey, "invalid_key"},
    {FaultCode::kWrongMac, "wrong_mac"},
    {FaultCode::kWrongSignature, "wrong_signature"},
    {FaultCode::kWrongCertificate, "wrong_certificate"},
    {FaultCode::kOldVersion, "old_version"},
    {FaultCode::kNoSession, "no_session"},
    {FaultCode::kDuplicate, "duplicate"},
    {FaultCode::kTooFarAhead, "too_far_ahead"},
    {FaultCode::kUnknownPreKey, "unknown_pre_key"},
    {FaultCode::kChangedIdentity, "changed_identity"},
    {FaultCode::kInvalidState, "invalid_state"},
});
static_assert(kFaultKinds.size() == static_cast<std::size_t>(FaultCode::kInvalidState) + 1);
static_assert([] {
  for (std::size_t i = 0; i < kFaultKinds.size(); ++i)
    if (static_cast<std::size_t>(kFaultKinds[i].code) != i) return false;
  return true;
}());

constexpr const FaultKind& KindOf(FaultCode code) {
  return kFaultKinds[static_cast<std::size_t>(code)];
}

struct Fault {
  FaultCode code;
  const char* what;  // a constant sentence for the log; holds nothing of the bytes
};

template <class T>
using Result = boost::system::result<T, Fault>;

// Called by Result::value() on a fault, which is a bug of the caller: check first.
[[noreturn]] inline void throw_exception_from_error(const Fault& fault,
                                                    const boost::source_location& where) {
  std::fprintf(stderr, "fatal: value() of a failed Result (%s) at %s:%d\n", fault.what,
               where.file_name(), static_cast<int>(where.line()));
  std::abort();
}

}  // namespace parley::wire
