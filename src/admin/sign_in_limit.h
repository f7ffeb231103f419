// How often one address may show a wrong admin token: the token cannot be guessed, so this only
// keeps a program that tries from filling the log and the processor. Addresses are kept while they
// matter, a bounded number of them; when that is full, the one that has waited longest is
// forgotten.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/scheduler.h"

namespace parley::admin {

// Thread: its owner's.
class SignInLimit {
 public:
  static constexpr int kMaxFailures = 10;  // of one address within kWindow
  static constexpr std::chrono::seconds kWindow = std::chrono::minutes(5);
  static constexpr std::size_t kMaxAddresses = 1024;

  // How long the address has to wait before it may try again; nullopt when it may now.
  std::optional<std::chrono::seconds> WaitOf(std::string_view address,
                                             base::Microseconds now) const;
  void AddFailure(std::string_view address, base::Microseconds now);
  std::size_t addresses() const { return failures_.size(); }

 private:
  struct Failures {
    base::Microseconds since{0};  // the first one of the window
    int count = 0;
  };
  void MakeRoom(base::Microseconds now);

  std::map<std::string, Failures, std::less<>> failures_;
};

}  // namespace parley::admin
